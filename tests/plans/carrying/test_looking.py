"""Looking at what a new edition asks, item by item: what holds, what was seen, and being done with it."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from framework.models import Edition
from plans import rules
from plans.models import Assessment
from plans.selectors.looking import look_at
from plans.selectors.snapshots import verified_snapshots
from plans.services.choices import ChoiceChange, save_choices
from plans.services.looking import NotAllSeen, StaleLook, finish_carrying
from plans.services.scores import differences
from plans.services.versions import start_version
from tests.factories.accounts import UserFactory
from tests.plans.carrying.succeeding import carry, fates, follow, fresh_carrying, look, make_plan_to_carry
from tests.plans.carrying.test_carrying import rows_of_assessment
from tests.plans.documents.acting import accept, check_consistent
from tests.plans.papers import store_lexicon, upload
from tests.plans.services.acting import NOT_EDITORS, event_count, events_since
from tests.plans.services.versioning import lead_of, share, stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_inline")]


def named(assessment, code):
    """The entries that name an item, by their words."""
    links = assessment.links.filter(item__code=code).select_related("objective", "action", "diagnosis")
    return sorted(str(row.objective or row.action or row.diagnosis) for row in links)


def quotes(assessment, code):
    return list(assessment.passages.filter(item__code=code).values_list("quote", "elements"))


class TestWhatIsOffered:
    def test_old_beside_new(self, shared_to_carry):
        carrying = carry(shared_to_carry)
        seen = look_at(carrying, "N2")
        assert [
            (old.item.code, old.link.relation, old.choice.choice, old.score.level) for old in seen.olds
        ] == [("A2", "subset", "retained", 2)]
        assert [(one.kind, str(one.entry)) for one in seen.entries] == [
            ("objective", "1 Fewer break-ins"),
            ("action", "Advice"),
            ("objective", "2 Fewer knives"),
        ]
        assert [one.passage.quote for one in seen.passages] == ["We advise."]
        assert (seen.is_new, seen.is_seen, seen.was_hidden) == (False, False, False)

    def test_ticked_is_what_was_said_of_a_part_of_the_item(self, plan_to_carry):
        """Of an item that only touches it, nothing is: a person says what holds."""
        carrying = carry(plan_to_carry)
        for code, is_ticked in (("N2", True), ("N3", False), ("M2", False)):
            seen = look_at(carrying, code)
            assert {one.is_ticked for one in (*seen.entries, *seen.passages)} <= {is_ticked}, code
        assert look_at(carrying, "N3").entries

    def test_a_new_item_has_nothing_beside_it(self, plan_to_carry):
        seen = look_at(carry(plan_to_carry), "N5")
        assert (seen.is_new, seen.olds, seen.entries, seen.passages) == (True, (), (), ())

    def test_what_went_along_is_not_looked_at(self, plan_to_carry):
        carrying = carry(plan_to_carry)
        assert (look_at(carrying, "N1"), look_at(carrying, "A2")) == (None, None)

    def test_queries(self, django_assert_num_queries):
        for times in (1, 3):
            content = {
                "objectives": [{"title": "x", "items": ["A3"], "actions": [{"title": "y", "items": ["A3"]}]}]
                * times,
                "passages": [
                    {"item": "A3", "elements": ["action"], "quote": f"q{at}"} for at in range(times)
                ],
                "edition__code": f"edition-of-{times}",
            }
            assessment = make_plan_to_carry(**content)
            carrying = carry(assessment, follow(assessment.edition, code=f"after-{times}"))
            with django_assert_num_queries(25):
                look_at(carrying, "N3")


class TestLooking:
    @pytest.mark.parametrize("is_shared", [False, True])
    def test_what_was_decided_is_stored_and_scored(self, plan_to_carry, is_shared):
        carrying = carry(share(plan_to_carry) if is_shared else plan_to_carry)
        after = carrying.assessment
        before, at = rows_of_assessment(carrying.source), timezone.now()
        look(carrying, "N2", choice="retained", line="As before")
        assert named(after, "N2") == ["1 Fewer break-ins", "2 Fewer knives", "Advice"]
        assert quotes(after, "N2") == [("We advise.", ["action"])]
        assert after.passages.get().objective.number == "1"
        choice = after.choices.get(item__code="N2")
        assert (choice.choice, choice.line, choice.revision) == ("retained", "As before", 1)
        assert carrying.items.get(item__code="N2").seen_at >= at
        assert after.scores.get(item__code="N2").level == 2
        assert list(differences(fresh_carrying(carrying).assessment)) == []
        assert rows_of_assessment(carrying.source) == before

    def test_some_of_it_and_again(self, plan_to_carry):
        carrying = carry(plan_to_carry)
        after = carrying.assessment
        keys = {str(one.entry): one.key for one in look_at(carrying, "N2").entries}
        look(carrying, "N2", links=[keys["Advice"]], evidence=[])
        assert (named(after, "N2"), quotes(after, "N2")) == (["Advice"], [])
        assert [str(one.entry) for one in look_at(carrying, "N2").entries if one.is_ticked] == ["Advice"]
        look(carrying, "N2", links=[keys["2 Fewer knives"]])
        assert named(after, "N2") == ["2 Fewer knives"]

    def test_one_passage_for_two_old_items_is_one(self, plan_to_carry):
        """Two items become one: what was ticked for either is ticked."""
        carrying = carry(plan_to_carry, links_to_one())
        seen = look_at(carrying, "N2")
        assert [(one.passage.quote, len(one.rows)) for one in seen.passages] == [
            ("We advise.", 2),
            ("Twelve knives.", 1),
        ]
        look(carrying, "N2", evidence=[one.key for one in seen.passages])
        assert quotes(carrying.assessment, "N2") == [
            ("We advise.", ["action", "description"]),
            ("Twelve knives.", ["figure"]),
        ]
        assert list(carrying.assessment.passages.values_list("is_confidential", flat=True)) == [False, True]

    def test_the_text_shows_what_a_passage_is_held_for(self, plan_to_carry):
        store_lexicon(plan_to_carry.edition)
        accept(plan_to_carry, upload(plan_to_carry), "Het onthaal", "B2")
        carrying = carry(plan_to_carry)
        (one,) = look_at(carrying, "M2").passages
        look(carrying, "M2", evidence=[one.key])
        decision = carrying.assessment.suggestions.get(item__code="M2", verdict="accepted")
        assert decision.evidence == carrying.assessment.passages.get(item__code="M2")
        check_consistent(fresh_carrying(carrying).assessment)
        look(carrying, "M2", evidence=[])
        assert not carrying.assessment.suggestions.filter(item__code="M2", verdict="accepted").exists()
        check_consistent(fresh_carrying(carrying).assessment)

    def test_an_empty_look_counts_as_seen_and_stores_no_choice(self, plan_to_carry):
        carrying = carry(plan_to_carry)
        look(carrying, "N5")
        assert list(carrying.items.exclude(seen_at=None).values_list("item__code", flat=True)) == ["N5"]
        assert not carrying.assessment.choices.filter(item__code="N5").exists()

    def test_it_is_told_without_words(self, plan_to_carry):
        carrying = carry(plan_to_carry)
        lead, mark = lead_of(carrying.assessment), event_count()
        look(carrying, "N2", by=lead, choice="retained", line="SECRET")
        plan = carrying.assessment.version.plan
        data = {"plan": plan.pk, "number": 1, "edition": "invented", "item": "N2"}
        where = "plans.assessment", str(carrying.assessment_id), plan.zone_id
        assert events_since(mark) == [("assessment.looked_at", lead.pk, *where, data)]

    def test_a_second_click_changes_nothing(self, plan_to_carry):
        carrying = carry(plan_to_carry)
        mark = look_at(carrying, "N2").mark
        keys = [one.key for one in look_at(carrying, "N2").entries]
        look(carrying, "N2", links=keys, evidence=[], choice="retained", mark=mark)
        before = stored()
        look(carrying, "N2", links=keys, evidence=[], choice="retained", mark=mark)
        assert stored() == before

    def test_what_somebody_else_stored_meanwhile_is_not_overwritten(self, plan_to_carry):
        carrying = carry(plan_to_carry)
        mark = look_at(carrying, "N2").mark
        save_choices(
            assessment=carrying.assessment,
            by=None,
            changes=[ChoiceChange(item="N2", revision=0, choice="regular", line="x")],
        )
        before = stored()
        with pytest.raises(StaleLook) as stale:
            look(carrying, "N2", choice="retained", mark=mark)
        assert stale.value.look.choice.choice == "regular"
        assert stored() == before

    @pytest.mark.parametrize(
        "bad",
        [
            {"links": ["objective-0"]},
            {"evidence": ["0" * 64]},
            {"choice": "perhaps"},
            {"line": "NUL \0"},
            {"line": "x" * 100_001},
        ],
    )
    def test_bad_input_changes_nothing(self, plan_to_carry, bad):
        carrying = carry(plan_to_carry)
        before = stored()
        with pytest.raises(ValidationError):
            look(carrying, "N2", **bad)
        assert stored() == before

    @pytest.mark.parametrize("who", NOT_EDITORS)
    def test_others(self, shared_to_carry, who):
        carrying = carry(shared_to_carry)
        user = NOT_EDITORS[who](carrying.assessment.version.plan.zone)
        before = stored()
        with pytest.raises(rules.NotAllowed):
            look(carrying, "N2", by=user)
        with pytest.raises(rules.NotAllowed):
            finish_carrying(carrying=carrying, by=user)
        assert stored() == before

    def test_not_once_there_is_a_newer_version(self, shared_to_carry):
        carrying = carry(shared_to_carry)
        start_version(version=carrying.assessment.version, kind="addendum", reason="x", by=None)
        with pytest.raises(rules.WrongMoment, match="newer version"), override("en"):
            look(carrying, "N2")


class TestBeingDone:
    def see_all(self, carrying):
        for code, fate in fates(carrying).items():
            if fate != "carried":
                look(carrying, code)

    def test_not_before_all_was_seen(self, plan_to_carry):
        carrying = carry(plan_to_carry)
        look(carrying, "N3")
        before = stored()
        with pytest.raises(NotAllSeen) as refusal:
            finish_carrying(carrying=carrying, by=None)
        assert (refusal.value.items, stored()) == (("N2", "N4", "N5", "M2"), before)

    def test_a_shared_version_gets_its_snapshot(self, shared_to_carry):
        carrying = carry(shared_to_carry)
        self.see_all(carrying)
        lead = lead_of(carrying.assessment)
        mark = event_count()
        for _click in range(2):
            finish_carrying(carrying=fresh_carrying(carrying), by=lead)
        assert [event for event, *_rest in events_since(mark)] == ["assessment.carrying_finished"]
        assert [(one.edition, one.problems) for one in verified_snapshots()] == [
            ("test-edition", ()),
            ("invented", ()),
        ]
        with pytest.raises(rules.WrongMoment, match="finished"), override("en"):
            look(fresh_carrying(carrying), "N2", choice="retained")

    def test_a_version_in_preparation_gets_it_when_it_is_shared(self, plan_to_carry):
        carrying = carry(plan_to_carry)
        self.see_all(carrying)
        finish_carrying(carrying=carrying, by=UserFactory(editor_of=carrying.assessment.version.plan.zone))
        assert not hasattr(Assessment.objects.get(pk=carrying.assessment_id), "snapshot")


def links_to_one():
    """An edition in which A2 and A3 became one item."""
    links = (("A2", "N2", "subset", True), ("A3", "N2", "subset", True))
    return follow(Edition.objects.get(code="test-edition"), links=links)
