"""A second reading on the pages: asked, blind, completed, compared, settled; by whom and when."""

import pytest

from plans.models import Reading
from plans.services.readings import ask_second_reading
from plans.services.remarks import write_remark
from tests.plans import cast
from tests.plans.review.pages import item_address, post, tab, text_of
from tests.plans.review.reading import KNOWN, judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(client_of):
    return cast.in_english(client_of)


def act(client, plan, name: str, **fields):
    return client.post(tab(plan) + name, {"version": "1"} | fields)


def page_after(client, plan, name: str, **fields) -> str:
    """What the page says to which the act leads."""
    return client.post(tab(plan) + name, {"version": "1"} | fields, follow=True).content.decode()


def ask(plan) -> None:
    ask_second_reading(assessment=plan.assessment, reader=plan.colleague, by=plan.reviewer)


def test_from_asking_to_finishing(plan, client_of):
    first, second = client_of(plan.reviewer), client_of(plan.colleague)
    plan.review("P1", judged("A", 1, reason="FIRST reason"))
    for _click in range(2):
        act(first, plan, "second/ask/", reader=str(plan.colleague.pk))
    assert Reading.objects.filter(kind="second").count() == 1
    assert "Your second, blind reading" in text_of(second, tab(plan))
    post(second, item_address(plan, "P1"), verdict="save", digit_A="0", reason_A="SECOND reason")
    for person, kind in ((first, "first"), (second, "second")):
        act(person, plan, "confirm/", items=list(KNOWN))
        assert f"{tab(plan)}complete/" in text_of(person, tab(plan)), kind
        for _click in range(2):
            act(person, plan, "complete/")
    assert Reading.objects.filter(completed_at=None).count() == 0

    text = text_of(first, f"{tab(plan)}differences/")
    assert [words in text for words in ("FIRST reason", "SECOND reason", plan.colleague.name)] == [True] * 3
    assert "Finish the review" not in text_of(first, tab(plan))
    for _click in range(2):
        act(second, plan, "differences/P1/settle/", like="second")
    assert "All are settled" in text_of(first, f"{tab(plan)}differences/")
    act(first, plan, "finish/")
    assert (plan.assessment.version.status, plan.score("P1").reviewed_digits["A"]) == ("reviewed", 0)


def test_a_consensus_of_ones_own_is_saved_and_refused_like_any_reading(plan, client_of):
    ask(plan)
    plan.review("P1", judged("A", 1))
    for kind, by in (("first", plan.cleared), ("second", plan.colleague)):
        plan.read(*KNOWN, kind=kind, by=by)
        act(client_of(by), plan, "complete/")
    client, address = client_of(plan.reviewer), f"{tab(plan)}differences/P1/"
    answer = post(client, address, verdict="save", digit_A="0")
    assert (answer.status_code, set(answer.context["form"].errors)) == (200, {"reason_A"})
    answer = post(client, address, verdict="save", digit_A="0", reason_A="we agree")
    assert answer["Location"] == f"{tab(plan)}differences/#item-P1"
    answer = post(client, address, verdict="save", digit_A="1", reason_A="no, one")
    assert (answer.status_code, answer.context["form"]["reason_A"].value()) == (409, "no, one")
    # Where they do not differ there is nothing to settle.
    assert client.get(f"{tab(plan)}differences/T1/").status_code == 404


def test_a_blind_reader_sees_nothing_of_the_others(plan, client_of):
    plan.review("P1", judged("A", 0, reason="FIRST reason", quote="FIRST quote"))
    plan.review("P3", motivation="clarification", clarification="ASKED")
    write_remark(assessment=plan.assessment, item="P2", text="REMARKED", by=plan.reviewer)
    ask(plan)
    base = f"/plans/{plan.made.version.plan_id}/"
    addresses = [base, tab(plan), f"{base}history/", f"{base}chapters/", f"{base}choices/", "/review/"]
    addresses += [f"{base}items/{code}/" for code in KNOWN] + [item_address(plan, code) for code in KNOWN]
    leaks = ("FIRST", "ASKED", "REMARKED", plan.reviewer.name, "clarification", "4 → 1", "1 waits")
    told = "Give the clarification that a reviewer asked"
    client = client_of(plan.colleague)
    for address in addresses:
        text = text_of(client, address)
        assert [words for words in (*leaks, told) if words in text] == [], address
    assert client.get(f"{tab(plan)}differences/").status_code == 404
    assert client.get(f"{tab(plan)}remarks/new/").status_code == 404
    remark = plan.assessment.remarks.first()
    assert client.get(f"{tab(plan)}remarks/{remark.pk}/").status_code == 404
    check = client.get(base).context["check"]
    assert (check.row("P3").state, check.worth_a_look) == ("motivated", ())
    # To those who read along it is open.
    assert client_of(plan.cleared).get(base).context["check"].row("P3").state == "open"


def test_a_first_reader_sees_nothing_of_the_second(plan, client_of):
    ask(plan)
    plan.review("P1", judged("A", 0, reason="SECOND reason"), kind="second", by=plan.colleague)
    plan.read(*KNOWN, kind="second", by=plan.colleague)
    act(client_of(plan.colleague), plan, "complete/")
    plan.read(*KNOWN)
    for person in (plan.reviewer, plan.cleared, plan.editor):
        client = client_of(person)
        assert "SECOND" not in text_of(client, tab(plan))
        assert client.get(f"{tab(plan)}differences/").status_code == 404
    assert "SECOND" not in text_of(client_of(plan.reviewer), item_address(plan, "P1"))
    assert "Both readings must be complete" in page_after(client_of(plan.reviewer), plan, "finish/")


def test_asking_is_refused_with_a_reason(plan, client_of):
    client = client_of(plan.reviewer)
    plan.confirm("P1", by=plan.colleague)
    for chosen in (str(plan.colleague.pk), str(plan.editor.pk), "", "x", "9" * 30):
        assert "Choose a colleague from the list" in page_after(client, plan, "second/ask/", reader=chosen)
    plan.read(*KNOWN)
    plan.finish()
    assert "This version is not under review now." in page_after(
        client, plan, "second/ask/", reader=str(plan.cleared.pk)
    )
    assert Reading.objects.filter(kind="second").count() == 0
    for person in (plan.editor, plan.lead):
        for name in ("second/ask/", "second/withdraw/", "complete/", "differences/P1/settle/"):
            assert act(client_of(person), plan, name, like="first").status_code == 404


def test_only_somebody_with_clearance_settles_what_is_partly_confidential(plan, client_of):
    ask(plan)
    plan.review("P2", judged("G", 0, reason="no goal"))
    for kind, by in (("first", plan.cleared), ("second", plan.colleague)):
        plan.read(*KNOWN, kind=kind, by=by)
        act(client_of(by), plan, "complete/")
    client, address = client_of(plan.reviewer), f"{tab(plan)}differences/"
    text = text_of(client, address)
    assert "Part of this item is confidential: a reviewer with clearance settles it." in text
    assert "Settle as the first" not in text
    assert "Part of this item is confidential" in page_after(
        client, plan, "differences/P2/settle/", like="first"
    )
    answer = post(client, f"{address}P2/", verdict="save", digit_G="1", reason_G="typed")
    assert (answer.status_code, answer.context["form"]["reason_G"].value()) == (409, "typed")
    assert Reading.objects.filter(kind="consensus", items__isnull=False).count() == 0
    act(client_of(plan.cleared), plan, "differences/P2/settle/", like="first")
    assert Reading.objects.filter(kind="consensus", items__item__code="P2").count() == 1


def test_withdrawing_twice_is_withdrawing_once(plan, client_of):
    ask(plan)
    for _click in range(2):
        act(client_of(plan.reviewer), plan, "second/withdraw/")
    assert Reading.objects.filter(kind="second").count() == 0
