"""The wizard as people of the zone use it, from the check page to the end; and how others read the plan."""

import re

import pytest
from django.urls import reverse

from plans.models import Assessment, Carrying
from plans.selectors.looking import look_at
from plans.services.choices import ChoiceChange, save_choices
from plans.services.sharing import share_version
from plans.services.versions import start_version
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory, publish
from tests.plans.carrying.succeeding import CONTENT, carry, follow, fresh_carrying, look, make_plan_to_carry
from tests.plans.carrying.test_carrying_confidential import SECRETS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def page(name, assessment, *codes):
    return reverse(f"plans:{name}", args=[assessment.version.plan_id, *codes])


def text_of(response) -> str:
    """The words of the main part, without tags."""
    main = response.content.decode().partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def sent(response) -> dict:
    """What a browser would send back from the page of an item without touching it."""
    form = response.context["form"]
    values = {"mark": form.mark, "links": list(form.links), "evidence": list(form.evidence)}
    for field in form.row:
        value = field.value()
        if value is not None and value is not False and value != "":
            values[field.html_name] = "on" if value is True else value
    return values


@pytest.fixture
def assessment(plan_to_carry):
    return plan_to_carry


@pytest.fixture
def lead(assessment):
    return UserFactory(lead_of=assessment.version.plan.zone)


class TestFromBeginToEnd:
    def test_a_journey(self, assessment, lead, client_of):
        edition = follow(assessment.edition)
        browser = client_of(lead)
        check = browser.get(page("check", assessment))
        assert page("carrying", assessment) in check.content.decode()
        start = browser.get(page("carrying", assessment))
        assert "Holds as it is 2" in text_of(start)
        assert "Falls away 1" in text_of(start)
        for _click in range(2):
            done = browser.post(page("carrying", assessment), {"edition": edition.code})
            assert (done.status_code, done["Location"]) == (302, page("carrying", assessment))
        assert Carrying.objects.count() == 1
        overview = browser.get(page("carrying", assessment))
        assert "0 of 5 seen" in text_of(overview)
        seen = []
        where = page("carrying_item", assessment, "N2")
        while "/items/" in where:
            item = browser.get(where)
            seen.append(item.context["look"].item.code)
            where = browser.post(where, sent(item))["Location"]
        assert (seen, where) == (["N2", "N3", "N4", "N5", "M2"], page("carrying", assessment))
        assert "Everything was looked at" in text_of(browser.get(where))
        assert browser.post(page("carrying_finish", assessment)).status_code == 302
        quiet = text_of(browser.get(page("check", assessment)))
        assert "edition invented en replaced edition test-edition en for this plan." in quiet

    def test_it_begins_with_what_was_chosen(self, assessment, lead, client_of):
        carry(assessment)
        item = client_of(lead).get(page("carrying_item", assessment, "N3"))
        assert "Filled in from A3, not saved yet" in text_of(item)
        values = sent(item)
        assert (values["N3-choice"], values["N3-reason"], values["N3-line"]) == (
            "not_retained",
            "capacity",
            "No people",
        )
        assert not Assessment.objects.latest("pk").choices.filter(item__code="N3").exists()

    def test_it_can_be_left_and_gone_on_with(self, assessment, lead, client_of):
        carrying = carry(assessment)
        look(carrying, "N3", choice="retained")
        browser = client_of(lead)
        assert "1 of 5 seen" in text_of(browser.get(page("carrying", assessment)))
        assert "4 are still to be looked at." in text_of(browser.get(page("check", assessment)))
        again = sent(browser.get(page("carrying_item", assessment, "N3")))
        assert (again["N3-choice"], again["links"]) == ("retained", [])

    def test_finishing_too_early_is_told(self, assessment, lead, client_of):
        carry(assessment)
        browser = client_of(lead)
        done = browser.post(page("carrying_finish", assessment), follow=True)
        assert "Nobody looked at: N2, N3, N4, N5, M2." in text_of(done)

    def test_what_falls_away(self, assessment, lead, client_of):
        follow(assessment.edition)
        assert "A4" in text_of(client_of(lead).get(page("carrying_ended", assessment)))
        carry(assessment, assessment.edition.successors.get())
        assert "A4" in text_of(client_of(lead).get(page("carrying_ended", assessment)))


class TestRefusals:
    def test_a_bad_value_keeps_everything_typed(self, assessment, lead, client_of):
        carry(assessment)
        browser = client_of(lead)
        where = page("carrying_item", assessment, "N2")
        typed = sent(browser.get(where)) | {"N2-choice": "perhaps", "N2-line": "typed words"}
        answer = browser.post(where, typed | {"links": typed["links"][:1]})
        assert answer.status_code == 200
        assert "typed words" in answer.content.decode()
        assert list(answer.context["form"].links) == typed["links"][:1]
        assert "Not saved yet" in text_of(answer)

    def test_a_stale_save_is_refused_with_both_values(self, assessment, lead, client_of):
        carrying = carry(assessment)
        browser = client_of(lead)
        where = page("carrying_item", assessment, "N2")
        typed = sent(browser.get(where)) | {"N2-choice": "regular", "N2-line": "mine"}
        look(carrying, "N2", choice="not_retained", line="theirs")
        answer = browser.post(where, typed)
        assert answer.status_code == 409
        assert "theirs" in text_of(answer)
        assert "mine" in answer.content.decode()
        again = sent(answer)
        assert again["N2-line"] == "mine"
        assert browser.post(where, again).status_code == 302
        assert carrying.assessment.choices.get(item__code="N2").line == "mine"

    def test_ticks_of_somebody_else_are_not_taken_away_unseen(self, assessment, lead, client_of):
        carrying = carry(assessment)
        browser = client_of(lead)
        where = page("carrying_item", assessment, "N2")
        offered = look_at(carrying, "N2")
        mine, *links = [one.key for one in offered.entries]
        evidence = [one.key for one in offered.passages]
        theirs = [*links, *evidence]
        assert theirs
        typed = sent(browser.get(where)) | {"links": [mine], "evidence": []}
        look(carrying, "N2", links=links, evidence=evidence)
        answer = browser.post(where, typed)
        assert answer.status_code == 409
        assert text_of(answer).count("ticked by somebody else meanwhile") == len(theirs)
        assert text_of(answer).count("not ticked by somebody else") == 1
        again = sent(answer)
        assert (again["links"], again["evidence"]) == ([mine, *links], evidence)
        assert browser.post(where, again).status_code == 302
        held = look_at(carrying, "N2")
        assert held.held((*held.entries, *held.passages)) == {mine, *theirs}

    def test_once_finished_typed_words_stay_on_the_page(self, assessment, lead, client_of):
        carrying = carry(assessment)
        browser = client_of(lead)
        where = page("carrying_item", assessment, "N2")
        typed = sent(browser.get(where)) | {"N2-line": "typed words"}
        share_version(version=carrying.assessment.version, by=None)
        answer = browser.post(where, typed)
        assert answer.status_code == 409
        assert "typed words" in answer.content.decode()
        assert "What you typed was not saved." in text_of(answer)
        assert browser.get(where).status_code == 302

    def test_nothing_to_carry_over_to(self, assessment, lead, client_of):
        answer = client_of(lead).get(page("carrying", assessment), follow=True)
        assert "There is no later edition to carry this plan over to." in text_of(answer)

    @pytest.mark.parametrize("code", ["", "unknown", "a-draft", "x" * 300, "\0"])
    def test_an_edition_that_is_not_there(self, assessment, lead, client_of, code):
        EditionFactory(code="a-draft", predecessor=assessment.edition)
        answer = client_of(lead).post(page("carrying", assessment), {"edition": code}, follow=True)
        assert "Nothing was carried over." in text_of(answer)
        assert not Carrying.objects.exists()

    def test_an_older_version_goes_on_in_the_newer_one(self, lead, assessment, client_of):
        share_version(version=assessment.version, by=None)
        carry(assessment)
        start_version(version=assessment.version, kind="addendum", reason="x", by=None)
        answer = client_of(lead).get(page("carrying", assessment))
        assert answer.context["version"].number == 2
        assert "0 of 5 seen" in text_of(answer)


class TestReadingTheEditionBefore:
    def test_the_check_stays_to_be_read(self, shared_to_carry, client_of):
        assessment = shared_to_carry
        zone = assessment.version.plan.zone
        for user in (UserFactory(lead_of=zone), UserFactory(coordinator_of=zone)):
            browser = client_of(user)
            before = {
                name: browser.get(page(name, assessment)) for name in ("check", "objectives", "choices")
            }
            items = [item.code for item in assessment.edition.items.all()]
            pages = {code: browser.get(page("item", assessment, code)) for code in items}
            if not Carrying.objects.exists():
                self.before, _done = before, carry(assessment)
            check = browser.get(page("check", assessment))
            assert "?version=1&amp;edition=test-edition" in check.content.decode()
            for name in before:
                old = browser.get(page(name, assessment) + "?edition=test-edition")
                assert old.status_code == 200
                assert "You are reading how this plan stands against edition test-edition en." in text_of(old)
                assert old.context["assessment"] == assessment
            for code in pages:
                old = browser.get(page("item", assessment, code) + "?edition=test-edition")
                assert (old.status_code, old.context["row"].item.code) == (200, code)
                assert not old.context["offer"]

    def test_nothing_is_changed_there(self, assessment, lead, client_of):
        carry(assessment)
        browser = client_of(lead)
        choices = browser.get(page("choices", assessment) + "?edition=test-edition")
        assert "A2" in text_of(choices)
        assert b"<textarea" not in choices.content
        objectives = browser.get(page("objectives", assessment) + "?edition=test-edition")
        assert not objectives.context["may_edit"]
        for bad in ("?edition=unknown", "?edition=%00"):
            assert browser.get(page("check", assessment) + bad).status_code in (200, 404)

    def test_the_versions_name_the_editions_before(self, lead, assessment, client_of):
        carry(assessment)
        versions = client_of(lead).get(page("versions", assessment)).content.decode()
        assert f"{page('check', assessment)}?version=1&amp;edition=test-edition" in versions


class TestSharing:
    def test_what_was_not_looked_at_is_said_before(self, assessment, lead, client_of):
        carrying = carry(assessment)
        look(carrying, "N3")
        share = text_of(client_of(lead).get(page("share", assessment)))
        assert "Not looked at under the new edition 4" in share
        share_version(version=carrying.assessment.version, by=None)
        assert fresh_carrying(carrying).is_finished

    def test_nothing_is_said_without(self, assessment, lead, client_of):
        assert "Not looked at" not in text_of(client_of(lead).get(page("share", assessment)))


def test_what_was_wholly_confidential_is_said_beside_the_ticks(client_of):
    assessment = make_plan_to_carry(edition__code="edition-of-secrets", **SECRETS)
    carry(assessment)
    lead = UserFactory(lead_of=assessment.version.plan.zone)
    item = client_of(lead).get(page("carrying_item", assessment, "N2"))
    assert "What this comes from was wholly confidential." in text_of(item)
    values = sent(item)
    assert (values["N2-is_item_confidential"], values["N2-is_motivation_confidential"]) == ("on", "on")


def test_queries(client_of, django_assert_num_queries):
    for times in (1, 3):
        assessment = make_plan_to_carry(
            edition__code=f"edition-of-{times}", objectives=CONTENT["objectives"][:1] * times
        )
        carry(assessment, follow(assessment.edition, code=f"after-{times}"))
        browser = client_of(UserFactory(editor_of=assessment.version.plan.zone))
        browser.get(page("check", assessment))
        with django_assert_num_queries(19):
            browser.get(page("carrying", assessment))
        with django_assert_num_queries(39):
            browser.get(page("carrying_item", assessment, "N2"))


def test_over_two_editions_the_plan_goes_to_the_last(assessment, lead, client_of):
    middle = follow(assessment.edition)
    publish(EditionFactory(code="last", predecessor=middle, items=("N1",)))
    save_choices(
        assessment=assessment, by=None, changes=[ChoiceChange(item="A1", revision=0, choice="retained")]
    )
    start = client_of(lead).get(page("carrying", assessment))
    assert start.context["next_edition"].code == "last"
