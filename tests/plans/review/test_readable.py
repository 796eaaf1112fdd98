"""Who reads which remark: what the database finds and what the pages hide are one rule, for everybody."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from plans.models import Reading, Remark, RemarkEntry
from plans.selectors.disclosure import reader_of
from plans.selectors.remarks import remark_of, remarks_of
from tests.plans.cast import Cast
from tests.plans.review.reading import Reviewed

pytestmark = pytest.mark.django_db

#: The plan; an open item; one with a confidential motivation; one that is confidential as a whole.
PLACES = (None, "P1", "P3", "T2")
EVERYTHING = set(product(PLACES, (False, True)))
SEEN_OUTSIDE = {(place, secret) for place, secret in EVERYTHING if place != "T2"}
#: Person → the remarks that exist for them, and those of them that they may read.
KNOWS = {
    **dict.fromkeys(Cast.INSIDE, (EVERYTHING, EVERYTHING)),
    "cleared": (SEEN_OUTSIDE, SEEN_OUTSIDE),
    "coordinator": (SEEN_OUTSIDE, {(None, False), ("P1", False)}),
}
PEOPLE = (*Cast.INSIDE, *Cast.READING_SHARED, *Cast.OUTSIDE, "visitor")


@pytest.fixture
def people(plan):
    return Cast(plan.zone)


def lay(plan: Reviewed, writers) -> dict[int, tuple]:
    """A remark of each sort, with a text of each writer: its key → what sort it is."""
    items = {item.code: item for item in plan.made.edition.items.all()}
    laid = {}
    for number, (place, secret) in enumerate(sorted(EVERYTHING, key=str), start=1):
        remark = Remark.objects.create(
            assessment=plan.made,
            number=number,
            item=items.get(place),
            is_confidential=secret,
            changed_at=timezone.now(),
        )
        for side, writer in writers:
            RemarkEntry.objects.create(
                remark=remark, side=side, text=f"of {writer.pk}", written_by=writer, written_at=timezone.now()
            )
        laid[remark.pk] = place, secret
    return laid


@pytest.mark.parametrize("who", PEOPLE)
def test_what_is_found_as_readable_is_what_pages_show(plan, people, who):
    user = AnonymousUser() if who == "visitor" else people[who]
    writers = [("reviewer", people.coordinator), ("reviewer", people.cleared), ("zone", people.lead)]
    laid = lay(plan, writers)
    exist, may_read = KNOWS.get(who, (set(), set()))
    reader = reader_of(user, plan.made.version.plan)
    shown = list(remarks_of(plan.assessment, user, reader))
    assert {laid[one.pk] for one in shown} == exist
    assert {laid[one.pk] for one in shown if not one.is_hidden} == may_read
    assert {laid[one.pk] for one in Remark.objects.readable_by(user)} == may_read
    assert {laid[one.pk] for one in shown if one.is_confidential} == exist - {(None, False), ("P1", False)}
    for one in shown:
        texts = {entry.text for entry in one.entries if not entry.is_hidden}
        own = {f"of {user.pk}"}
        everybody = {f"of {writer.pk}" for _side, writer in writers}
        assert texts == (own & everybody if one.is_hidden else everybody)
        assert all(entry.text == "" for entry in one.entries if entry.is_hidden)
        assert remark_of(Remark.objects.get(pk=one.pk), user, reader) == one


def test_who_still_reads_blind_finds_none(plan, people):
    laid = lay(plan, [("reviewer", people.coordinator)])
    blind = Reading.objects.create(
        assessment=plan.made, kind="second", reader=people.cleared, opened_at=timezone.now()
    )
    assert set(Remark.objects.readable_by(people.cleared)) == set()
    blind.completed_at = timezone.now()
    blind.save()
    found = Remark.objects.readable_by(people.cleared)
    assert {laid[one.pk] for one in found} == SEEN_OUTSIDE
