"""Drafts of a lexicon and the versions that stay: services, and the database underneath them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from framework import rules
from framework.models import LexiconVersion
from kiv.audit.models import AuditEvent
from kiv.datafile import FileRefused
from plans import matching
from plans.selectors.lexicon_content import ITEMS, PartName, part_digest
from plans.selectors.lexicon_findings import find_all
from plans.services.editing import StaleEdit
from plans.services.lexicon_drafts import change_part, put_in_force, remove_draft, start_draft, take_in_files
from plans.services.lexicons import FOLDER
from tests.factories.accounts import UserFactory
from tests.factories.framework import CorrespondenceFactory, EditionFactory, publish
from tests.plans.papers import LEXICON, store_lexicon

pytestmark = pytest.mark.django_db
LITTER = PartName(ITEMS, "A4")
SHIPPED = sorted(FOLDER.glob("lexicon-*.yaml"))


@pytest.fixture
def edition():
    return EditionFactory(code="listed", items=("A1", "A2", "A3", "A4", "B1", "B2"))


@pytest.fixture
def in_force(edition):
    return store_lexicon(edition)


@pytest.fixture
def admin():
    return UserFactory(is_framework_administrator=True)


@pytest.fixture
def draft(edition, in_force, admin):
    return start_draft(edition=edition, by=admin, copied_from=in_force)


def stored() -> list[tuple]:
    return list(LexiconVersion.objects.order_by("number").values_list())


def terms(version) -> dict[str, list[str]]:
    """The Dutch ones of each item."""
    items = version.content["nl"]["items"].items()
    return {code: [term for group in groups for term in group["terms"]] for code, groups in items}


def change(draft, admin, *terms: str, seen: str | None = None):
    seen = part_digest(draft.content, LITTER) if seen is None else seen
    values = {"nl": [{"terms": list(terms), "weight": 50}]}
    return change_part(draft=draft, by=admin, name=LITTER, seen=seen, values=values)


ACTS = {
    "start": lambda draft, by: start_draft(edition=draft.edition, by=by, copied_from=draft),
    "change": lambda draft, by: change(draft, by, "afval"),
    "files": lambda draft, by: take_in_files(draft=draft, by=by, files=[]),
    "remove": lambda draft, by: remove_draft(draft=draft, by=by),
    "force": lambda draft, by: put_in_force(draft=draft, by=by, seen=draft.sha256, note="New."),
}


@pytest.mark.parametrize("act", ACTS)
def test_only_a_framework_administrator_acts(draft, act):
    before, events = stored(), AuditEvent.objects.count()
    with pytest.raises(rules.NotAllowed):
        ACTS[act](draft, UserFactory())
    assert (stored(), AuditEvent.objects.count()) == (before, events)


def test_a_draft_holds_the_words_of_its_version_under_the_next_number(draft, in_force):
    assert (draft.number, draft.based_on, draft.is_draft) == (2, 1, True)
    assert draft.content["nl"]["items"] == in_force.content["nl"]["items"]
    assert draft.content["nl"]["version"] == 2


def test_a_second_draft_is_not_started(draft, edition, in_force, admin):
    with pytest.raises(rules.WrongMoment):
        start_draft(edition=edition, by=admin, copied_from=in_force)
    assert LexiconVersion.objects.count() == 2


class TestTheEditionBefore:
    """A draft that begins with the words of the edition before."""

    @pytest.fixture
    def following(self, edition):
        """A1 stayed, A2 and A3 became C1, A4 and B2 ended, B1 became D1 and D2; E1 is new."""
        codes = ("A1", "C1", "D1", "D2", "E1")
        following = EditionFactory(code="following", items=codes, predecessor=edition)
        for old, new, relation in (
            ("A1", "A1", "equal"),
            ("A2", "C1", "subset"),
            ("A3", "C1", "subset"),
            ("A4", None, "none"),
            ("B1", "D1", "superset"),
            ("B1", "D2", "superset"),
            ("B2", None, "none"),
        ):
            CorrespondenceFactory(
                edition=following, old=old, new=new, relation=relation, is_decided=old != "A2"
            )
        return following

    def test_each_item_gets_the_terms_of_what_leads_to_it(self, following, in_force, admin):
        draft = start_draft(edition=following, by=admin, copied_from=in_force)
        old = terms(in_force)
        assert terms(draft) == {
            "A1": old["A1"],
            "C1": [*old["A2"], *old["A3"]],
            "D1": old["B1"],
            "D2": old["B1"],
        }
        assert draft.content["nl"]["edition"] == "following"
        assert draft.content["nl"]["titles"]["C1"] == following.items.get(code="C1").title["nl"]
        assert (draft.number, draft.based_on, draft.based_on_edition) == (1, 1, in_force.edition)

    def test_what_both_parts_of_an_item_claim_is_to_be_solved_and_what_has_no_terms_is_told(
        self, following, in_force, admin
    ):
        draft = start_draft(edition=following, by=admin, copied_from=in_force)
        found = {(one.finding.code, *one.finding.path[:2]) for one in find_all(draft)}
        assert {("claimed_twice", "items", "D2"), ("no_terms", "items", "E1")} <= found
        with pytest.raises(rules.WrongMoment):
            put_in_force(draft=draft, by=admin, seen=draft.sha256, note="As before.")

    def test_another_edition_than_the_one_before_gives_nothing(self, in_force, admin):
        unrelated = EditionFactory(code="unrelated", items=("A1",))
        before = stored()
        with pytest.raises(ValidationError):
            start_draft(edition=unrelated, by=admin, copied_from=in_force)
        assert stored() == before


def test_a_stale_change_is_refused(draft, admin):
    old = part_digest(draft.content, LITTER)
    change(draft, admin, "afval")
    with pytest.raises(StaleEdit):
        change(draft, admin, "vuilnis", seen=old)
    draft.refresh_from_db()
    assert draft.content["nl"]["items"]["A4"][0]["terms"] == ["afval"]


def test_the_note_says_what_changed_and_has_an_end(draft, admin):
    draft = change(draft, admin, "afval")
    for note in (" ", "x" * 501, "nul\x00"):
        with pytest.raises(ValidationError):
            put_in_force(draft=draft, by=admin, seen=draft.sha256, note=note)
    assert LexiconVersion.objects.get(number=2).is_draft


def test_what_was_not_looked_at_or_changes_nothing_does_not_come_in_force(draft, admin):
    with pytest.raises(rules.WrongMoment):
        put_in_force(draft=draft, by=admin, seen=draft.sha256, note="Nothing.")
    changed = change(draft, admin, "afval")
    with pytest.raises(StaleEdit):
        put_in_force(draft=changed, by=admin, seen=draft.sha256, note="Unseen.")
    assert LexiconVersion.objects.get(number=2).is_draft


def test_twice_in_force_is_once_and_then_nothing_changes(draft, admin):
    draft = change(draft, admin, "afval")
    for _ in range(2):
        put_in_force(draft=draft, by=admin, seen=draft.sha256, note="New.")
    assert AuditEvent.objects.filter(event="lexicon.put_in_force").count() == 1
    before = stored()
    for act in ("change", "files", "remove"):
        with pytest.raises(rules.WrongMoment):
            ACTS[act](draft, admin)
    assert stored() == before


def test_one_bad_file_keeps_the_good_one_out_too(draft, admin):
    good = (LEXICON % {"edition": "listed"}).replace("zwerfvuil", "afval").encode()
    bad = [good.replace(b"edition: listed", b"edition: other"), b"\xff\xfe", b"format: kiv-lexicon/1"]
    before = stored()
    with pytest.raises(FileRefused) as refused:
        take_in_files(
            draft=draft,
            by=admin,
            files=[("good", good), *((f"bad{number}", data) for number, data in enumerate(bad))],
        )
    assert {problem.place.split(":")[0] for problem in refused.value.problems} == {"bad0", "bad1", "bad2"}
    assert stored() == before


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_file_comes_out_as_it_went_in(path):
    """The bytes are ours, as comments are not kept; what they say is what was shipped."""
    file = matching.parse_lexicon_file(path.read_bytes())
    written = matching.language_as_yaml(file.model_dump(mode="json"))
    again = matching.parse_lexicon_file(written)
    assert matching.content_of([again]) == matching.content_of([file])
    assert matching.language_as_yaml(again.model_dump(mode="json")) == written


class TestTheDatabase:
    def is_refused(self, act) -> None:
        before = stored()
        with pytest.raises(DatabaseError, match="cannot change"), transaction.atomic():
            act()
        assert stored() == before

    def test_what_is_in_force_is_not_changed(self, in_force):
        rows = LexiconVersion.objects.filter(pk=in_force.pk)
        self.is_refused(lambda: rows.update(note="Other"))
        self.is_refused(lambda: rows.update(in_force_since=None))
        self.is_refused(lambda: rows.update(content={}))

    def test_it_goes_with_a_draft_edition_only(self, in_force, edition):
        publish(edition)
        self.is_refused(in_force.delete)

    def test_it_does_go_with_a_draft_edition(self, in_force):
        in_force.delete()
        assert stored() == []

    def test_a_draft_is_changed_and_removed(self, draft, edition):
        publish(edition)
        assert LexiconVersion.objects.filter(pk=draft.pk).update(note="Other") == 1
        draft.delete()
        assert LexiconVersion.objects.count() == 1

    @pytest.mark.sqlite
    def test_a_draft_does_not_take_its_place(self, draft, in_force):
        table = LexiconVersion._meta.db_table

        def replace(column: str, value: int) -> None:
            with connection.cursor() as cursor:
                cursor.execute(
                    f"UPDATE OR REPLACE {table} SET {column} = %s WHERE id = %s",  # noqa: S608
                    [value, draft.pk],
                )

        self.is_refused(lambda: replace("id", in_force.pk))
        self.is_refused(lambda: replace("number", in_force.number))
