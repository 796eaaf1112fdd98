"""The frame of every page, and the pages for when something is in the way."""

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.views import defaults

from tests.markup import find_faults


@pytest.mark.parametrize(
    "answer", [defaults.server_error, lambda request: defaults.bad_request(request, None)]
)
def test_pages_without_any_context_are_sound(answer):
    with translation.override("fr"):
        html = answer(HttpRequest()).content.decode()

    assert find_faults(html) == []
    assert '<html lang="fr">' in html
    assert html.count("<h1>") == 1


@pytest.mark.parametrize("name", ["403.html", "404.html", "base.html"])
def test_frame_stands_without_context_processors(name):
    html = render_to_string(name)

    assert find_faults(html) == []
    assert 'href="#main"' in html
    assert '<main id="main"' in html
    assert "csrf-token" not in html


def test_frame_keeps_htmx_within_the_policy():
    html = render_to_string("base.html")

    assert (
        '{"includeIndicatorStyles":false,"allowEval":false,"allowScriptTags":false,"selfRequestsOnly":true'
        in html
    )


@pytest.mark.django_db
def test_stranger_is_offered_to_sign_in_and_four_languages(client):
    html = client.get(reverse("accounts:login")).content.decode()

    assert 'name="csrf-token"' not in html
    for code, name in [("nl", "Nederlands"), ("fr", "Français"), ("de", "Deutsch"), ("en", "English")]:
        assert f'lang="{code}" hreflang="{code}"' in html
        assert f">{name}</a>" in html
