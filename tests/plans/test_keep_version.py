"""Links of a page of an older version stay in that version."""

import re
from collections import Counter

import pytest
from django.urls import resolve, reverse

from plans.middleware import keep_asked
from plans.services.sharing import share_version
from plans.services.versions import start_version
from tests.plans.papers import store_lexicon, upload
from tests.plans.world import make_world


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<a href="/plans/3/items/P1/">', '<a href="/plans/3/items/P1/?version=1">'),
        ('<a href="/plans/3/#item-P1">', '<a href="/plans/3/?version=1#item-P1">'),
        ('<a href="/plans/3/choices/?x=1#a">', '<a href="/plans/3/choices/?x=1&amp;version=1#a">'),
        ('<a href="/plans/3/?version=2">', '<a href="/plans/3/?version=2">'),
        ('<a data-latest href="/plans/3/">', '<a data-latest href="/plans/3/">'),
        ('<a href="/plans/3/versions/">', '<a href="/plans/3/versions/">'),
        ('<a href="/plans/33/items/P1/">', '<a href="/plans/33/items/P1/">'),
        ('<a href="/zones/">', '<a href="/zones/">'),
        (
            '<form class="x" method="get" action="/plans/3/">',
            '<form class="x" method="get" action="/plans/3/"><input type="hidden" name="version" value="1">',
        ),
        ('<form method="post" action="/plans/3/">', '<form method="post" action="/plans/3/">'),
    ],
)
def test_which_links_keep_the_number(before, after):
    assert keep_asked(before, 3, {"version": "1"}) == after


def test_the_edition_is_kept_beside_it():
    before = '<a href="/plans/3/items/P1/">'
    asked = {"version": "1", "edition": "kiv-2022-2024"}
    assert keep_asked(before, 3, asked) == '<a href="/plans/3/items/P1/?version=1&amp;edition=kiv-2022-2024">'


@pytest.mark.django_db
def test_every_link_of_an_older_version_leads_somewhere_in_it(client_of):
    """Two of each sort: the pages of two items, of two passages."""
    world = make_world()
    store_lexicon(world.edition)
    upload(world.assessment)
    share_version(version=world.assessment.version, by=world.lead)
    started = start_version(
        version=world.plan.versions.get(number=1), kind="addendum", reason="why", by=world.lead
    )
    started.objectives.all().delete()
    client, seen, sorts = client_of(world.lead), set(), Counter()
    waiting = [reverse("plans:check", args=[world.plan.pk]) + "?version=1"]
    own = re.compile(rf'href="(/plans/{world.plan.pk}/[^"#]*)')
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        assert response.status_code in (200, 302), address
        if response.status_code == 302 or "text/html" not in response.headers["Content-Type"]:
            continue
        html = response.content.decode()
        for found in own.findall(html):
            target = found.replace("&amp;", "&")
            view = resolve(target.partition("?")[0]).view_name
            if "version=1" in target and target not in seen and sorts[view] < 2:
                sorts[view] += 1
                seen.add(target)
                waiting.append(target)
    assert len(sorts) > 12
