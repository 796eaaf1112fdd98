"""The Review tab and the page of one item: what each person sees there, and what a reviewer does there."""

import re

import pytest

from kiv.audit.models import AuditEvent
from plans.models import DigitJudgement, ItemReview, Remark
from plans.planformat.types import TEXT_LENGTH
from plans.services.sharing import share_version
from plans.services.versions import start_version
from tests.plans import cast
from tests.plans.review.pages import item_address, post, tab, text_of
from tests.plans.review.reading import KNOWN, Reviewed, judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(client_of):
    return cast.in_english(client_of)


def test_the_tab_says_where_the_review_stands(plan, client_of):
    plan.confirm("P1")
    plan.review("P3", motivation="clarification", clarification="Since when?")
    answer = client_of(plan.cleared).get(tab(plan))
    desk = answer.context["desk"]
    assert (desk.read, [line.row.item.code for line in desk.lines]) == (2, list(KNOWN))
    text = answer.content.decode()
    assert [words in text for words in ("2 of 4 items read", "1 clarification open", "Read P2")] == [True] * 3
    assert "Finish the review" not in text


def test_the_tab_is_there_once_something_was_shared(client_of):
    plan = Reviewed(shared=False)
    for person in (plan.editor, plan.reviewer):
        assert client_of(person).get(tab(plan)).status_code == 404
    assert tab(plan) not in text_of(client_of(plan.editor), f"/plans/{plan.made.version.plan_id}/")
    share_version(version=plan.assessment.version, by=plan.lead)
    for person in (plan.editor, plan.reviewer):
        assert tab(plan) in text_of(client_of(person), f"/plans/{plan.made.version.plan_id}/")
    # The next version is in preparation: the review of the one before it stays at hand.
    start_version(version=plan.assessment.version, kind="addendum", reason="More", by=plan.lead)
    assert client_of(plan.editor).get(tab(plan)).context["version"].number == 1
    assert tab(plan) in text_of(client_of(plan.editor), f"/plans/{plan.made.version.plan_id}/")


def test_one_step_confirms_and_leads_to_the_next_unread(plan, client_of):
    client = client_of(plan.cleared)
    answer = post(client, item_address(plan, "P1"))
    assert (answer.status_code, answer["Location"]) == (302, item_address(plan, "P2"))
    # A second click saves nothing more.
    events = AuditEvent.objects.count()
    assert post(client, item_address(plan, "P1"))["Location"] == item_address(plan, "P2")
    assert (ItemReview.objects.count(), AuditEvent.objects.count()) == (1, events)
    post(client, item_address(plan, "T1"))
    answer = post(client, item_address(plan, "P2"))
    assert answer["Location"] == item_address(plan, "P3")
    answer = post(client, item_address(plan, "P3"), motivation="no_remark")
    assert answer["Location"] == f"{tab(plan)}#finish"
    assert "Finish the review" in text_of(client, tab(plan))


def test_a_criterion_is_changed_with_a_reason(plan, client_of):
    client = client_of(plan.reviewer)
    answer = client.post(
        item_address(plan, "P1"),
        {"version": "1", "revision": "0", "verdict": "save", "digit_A": "1", "reason_A": "No target group"},
        follow=True,
    )
    assert "P1: level 4 → 2 by your reading." in answer.content.decode()
    assert DigitJudgement.objects.values_list("criterion", "digit", "reason", "quote").get() == (
        "A",
        1,
        "No target group",
        "",
    )
    form = client.get(item_address(plan, "P1")).context["form"]
    assert [(each.criterion, each.digit.value()) for each in form.criteria if each.reason.value()] == [
        ("A", "1")
    ]


@pytest.mark.parametrize(
    ("code", "typed", "wrong"),
    [
        ("P1", {"digit_A": "1"}, {"reason_A"}),
        ("P2", {"digit_G": "2", "reason_G": "It says when"}, {"quote_G"}),
        ("P1", {"digit_A": "7", "reason_A": "odd"}, {"digit_A"}),
        ("P1", {"reason_A": "typed, but which digit?"}, {"digit_A"}),
        ("P1", {"digit_A": "1", "reason_A": "x" * (TEXT_LENGTH + 1)}, {"reason_A"}),
        ("P1", {"digit_A": "1", "reason_A": "a\0b"}, {"reason_A"}),
        ("P1", {"digit_A": "1", "reason_A": "why", "verdict": "confirm"}, {"__all__"}),
        ("P3", {"motivation": ""}, {"motivation"}),
        ("P3", {"motivation": "clarification"}, {"clarification"}),
    ],
)
def test_what_is_refused_stays_typed_and_changes_nothing(plan, client_of, code, typed, wrong):
    sent = {"verdict": "save"} | ({"motivation": "no_remark"} if code == "P3" else {}) | typed
    answer = post(client_of(plan.cleared), item_address(plan, code), **sent)
    assert (answer.status_code, set(answer.context["form"].errors)) == (200, wrong)
    assert answer.context["form"]["reason_A"].value() == sent.get("reason_A")
    assert (ItemReview.objects.count(), Remark.objects.count()) == (0, 0)


def test_a_stale_save_is_refused_with_everything_typed_kept(plan, client_of):
    plan.review("P1", judged("A", 0, reason="Mine was first"), by=plan.colleague)
    client = client_of(plan.reviewer)
    typed = {"verdict": "save", "digit_A": "1", "reason_A": "Only a title"}
    answer = post(client, item_address(plan, "P1"), **typed)
    assert answer.status_code == 409
    assert [(row["typed"], row["stored"]) for row in answer.context["conflict"]] == [
        ("1", "0"),
        ("Only a title", "Mine was first"),
    ]
    assert answer.context["form"]["reason_A"].value() == "Only a title"
    assert DigitJudgement.objects.get().digit == 0
    answer = post(client, item_address(plan, "P1"), **typed, revision=str(answer.context["revision"]))
    assert (answer.status_code, DigitJudgement.objects.get().digit) == (302, 1)


def test_what_was_read_in_another_version_judges_nothing(plan, client_of):
    plan.confirm("P1")
    start_version(version=plan.assessment.version, kind="addendum", reason="More", by=plan.lead)
    newer = plan.made.version.plan.versions.get(number=2)
    share_version(version=newer, by=plan.lead)
    client = client_of(plan.reviewer)
    typed = {"verdict": "save", "digit_A": "1", "reason_A": "Only a title"}
    answer = post(client, item_address(plan, "P1"), **typed)
    assert (answer.status_code, answer.context["version"].number) == (409, 2)
    assert answer.context["form"]["reason_A"].value() == "Only a title"
    post(client, f"{tab(plan)}confirm/", items=["P1", "P2"])
    assert ItemReview.objects.values_list("reading__assessment__version__number").get() == (1,)


def test_ticked_items_are_confirmed_together_once(plan, client_of):
    client = client_of(plan.cleared)
    assert "1 motivation is left: read it by itself." in text_of(client, tab(plan))
    said = []
    for _click in range(2):
        answer = client.post(f"{tab(plan)}confirm/", {"version": "1", "items": ["P1", "P3"]})
        assert answer["Location"] == tab(plan)
        said += [str(message) for message in client.get(tab(plan)).context["messages"]]
    assert said == [
        "1 item confirmed. Motivations are read one by one: P3.",
        "The ticked items are read already.",
    ]
    assert ItemReview.objects.values_list("item__code", "motivation").get() == ("P1", "")
    assert client.post(f"{tab(plan)}confirm/", {"version": "1", "items": ["P2", "T2"]}).status_code == 404
    assert ItemReview.objects.count() == 1


def test_only_what_can_be_confirmed_together_has_a_tick(plan, client_of):
    ticks = {
        name: re.findall(r'name="items" value="(\w+)"', text_of(client_of(person), tab(plan)))
        for name, person in (("reviewer", plan.reviewer), ("cleared", plan.cleared))
    }
    assert ticks == {"reviewer": ["P1", "T1"], "cleared": ["P1", "P2", "T1"]}


def test_taking_back_opens_the_item_again(plan, client_of):
    plan.review("P3", motivation="clarification", clarification="Since when?")
    client = client_of(plan.cleared)
    for _click in range(2):
        answer = client.post(f"{item_address(plan, 'P3')}back/", {"version": "1"})
        assert answer["Location"] == item_address(plan, "P3")
    assert (ItemReview.objects.count(), Remark.objects.get().status) == (0, "closed")


def test_finishing_says_what_lacks_then_finishes_then_opens_again(plan, client_of):
    client = client_of(plan.cleared)
    plan.confirm("P1", "T1")
    answer = client.post(f"{tab(plan)}finish/", {"version": "1"}, follow=True)
    assert "Not complete. Still lacking: P2, P3." in answer.content.decode()
    plan.read(*KNOWN)
    for _click in range(2):
        answer = client.post(f"{tab(plan)}finish/", {"version": "1"}, follow=True)
        assert [str(message) for message in answer.context["messages"]] == [
            "The review is finished. The zone now sees what it changed."
        ]
    assert plan.assessment.version.status == "reviewed"
    answer = post(
        client, item_address(plan, "P1"), verdict="save", digit_A="1", reason_A="late", revision="1"
    )
    assert (answer.status_code, answer.context["form"]["reason_A"].value()) == (409, "late")
    assert DigitJudgement.objects.count() == 0
    client.post(f"{tab(plan)}reopen/", {"version": "1"})
    assert plan.assessment.version.status == "shared"


def test_only_reviewers_have_the_page_of_an_item(plan, client_of):
    for person in (plan.editor, plan.lead):
        client = client_of(person)
        assert client.get(item_address(plan, "P1")).status_code == 404
        assert post(client, item_address(plan, "P1")).status_code == 404
        for act in ("confirm/", "finish/", "reopen/", "items/P1/back/"):
            assert client.post(tab(plan) + act, {"version": "1"}).status_code == 404
    for code in ("T2", "P9"):
        assert client_of(plan.cleared).get(item_address(plan, code)).status_code == 404


def test_the_zone_sees_what_was_judged_once_it_is_finished(plan, client_of):
    plan.review("P1", judged("A", 1, reason="REASON of a reviewer", quote="QUOTED"))
    plan.read(*KNOWN)
    client = client_of(plan.editor)
    text = text_of(client, tab(plan))
    assert ["REASON" in text, "Reviewers are reading this version." in text] == [False, True]
    plan.finish()
    answer = client.get(tab(plan))
    assert [(item.code, level, read.standing.level) for item, level, read in answer.context["changed"]] == [
        ("P1", 4, 2)
    ]
    text = answer.content.decode()
    assert ["REASON of a reviewer" in text, "QUOTED" in text, plan.reviewer.name in text] == [
        True,
        True,
        False,
    ]


def test_confidential_words_of_a_reading_are_for_the_zone_and_the_cleared(plan, client_of):
    plan.review(
        "P2",
        judged("G", 2, reason="SECRET reason", quote="SECRET quote"),
        is_confidential=True,
        by=plan.cleared,
    )
    plan.read(*KNOWN)
    addresses = (tab(plan), item_address(plan, "P2"))
    for address in addresses:
        assert "SECRET" not in text_of(client_of(plan.reviewer), address)
    assert "SECRET reason" in text_of(client_of(plan.cleared), item_address(plan, "P2"))
    # Who cannot read it does not write over it.
    answer = post(client_of(plan.reviewer), item_address(plan, "P2"), verdict="save", revision="1")
    assert (answer.status_code, DigitJudgement.objects.get().reason) == (409, "SECRET reason")
    assert "SECRET" not in answer.content.decode()
    plan.finish()
    assert "SECRET reason" in text_of(client_of(plan.editor), tab(plan))
    assert "SECRET" not in text_of(client_of(plan.reviewer), item_address(plan, "P2"))


def test_only_the_cleared_decide_that_words_are_confidential(plan, client_of):
    forms = [
        client_of(who).get(item_address(plan, "P2")).context["form"] for who in (plan.reviewer, plan.cleared)
    ]
    assert ["is_confidential" in form.fields for form in forms] == [False, True]
    # Something confidential stands there: keeping the words secret is the first proposal.
    assert forms[1]["is_confidential"].value() is True


@pytest.mark.parametrize("read", [1, 3])
def test_as_many_queries_however_much_was_read(plan, client_of, django_assert_num_queries, read):
    for code in KNOWN[:read]:
        plan.read(code)
    client = client_of(plan.reviewer)
    with django_assert_num_queries(23):
        client.get(tab(plan))
    with django_assert_num_queries(25):
        client.get(item_address(plan, "P1"))
