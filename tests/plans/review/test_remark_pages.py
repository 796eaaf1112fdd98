"""Remarks on the pages of both sides: written, answered, gone on about, closed; confidential; when."""

import pytest
from django.db import transaction

from plans.models import Remark, RemarkEntry
from plans.planformat.types import TEXT_LENGTH
from plans.selectors.waiting import Kind, waiting_for
from plans.services.remarks import (
    PartlyConfidential,
    answer_remark,
    ask_clarification,
    close_remark,
    reply_to_remark,
    withdraw_clarification,
    write_remark,
)
from plans.services.sharing import share_version
from plans.services.versions import start_version
from tests.plans import cast
from tests.plans.review.pages import item_address, tab, text_of
from tests.plans.review.reading import KNOWN, Reviewed

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(client_of):
    return cast.in_english(client_of)


def write(plan, item="P1", text="Since when?", by=None, **fields) -> Remark:
    return write_remark(assessment=plan.assessment, item=item, text=text, by=by or plan.reviewer, **fields)


def address_of(plan, remark: Remark) -> str:
    return f"{tab(plan)}remarks/{remark.pk}/"


def said(remark: Remark) -> list[tuple[str, str]]:
    return list(remark.entries.values_list("side", "text"))


def test_a_remark_from_question_to_close(plan, client_of):
    reviewer, editor = client_of(plan.reviewer), client_of(plan.editor)
    sent = {"version": "1", "submission": "once", "item": "P1", "text": "Since when?"}
    for _click in range(2):
        assert reviewer.post(f"{tab(plan)}remarks/new/", sent).status_code == 302
    remark = Remark.objects.get()
    assert "1 remark waits for your answer." in text_of(editor, tab(plan))
    for _click in range(2):
        editor.post(address_of(plan, remark), {"verdict": "answer", "submission": "a", "text": "Since May."})
    reviewer.post(address_of(plan, remark), {"verdict": "reply", "submission": "b", "text": "Of 2025?"})
    assert (said(remark), Remark.objects.get().status) == (
        [("reviewer", "Since when?"), ("zone", "Since May."), ("reviewer", "Of 2025?")],
        "open",
    )
    editor.post(address_of(plan, remark), {"verdict": "answer", "submission": "c", "text": "Of 2025."})
    assert "1 answer waits for you" in text_of(reviewer, tab(plan))
    for _click in range(2):
        reviewer.post(address_of(plan, remark), {"verdict": "close"})
    assert Remark.objects.get().status == "closed"
    page = text_of(reviewer, tab(plan))
    assert [words in page for words in ("waits for you", "wait for you")] == [False, False]
    answer = editor.post(address_of(plan, remark), {"verdict": "answer", "text": "Of 2026."})
    assert (answer.status_code, answer.context["form"]["text"].value()) == (409, "Of 2026.")
    assert remark.entries.count() == 4


def test_both_sides_read_who_wrote_beside_the_item(plan, client_of):
    remark = write(plan)
    answer_remark(remark=remark, text="Since May.", by=plan.editor)
    for person in (plan.editor, plan.reviewer):
        text = text_of(client_of(person), f"/plans/{plan.made.version.plan_id}/items/P1/")
        assert [words in text for words in ("Since when?", "Since May.", plan.reviewer.name)] == [True] * 3
    assert "Since when?" not in text_of(
        client_of(plan.editor), f"/plans/{plan.made.version.plan_id}/items/P2/"
    )


@pytest.mark.parametrize(
    "text", ["", "   ", "a\0b", "x" * (TEXT_LENGTH + 1)], ids=["empty", "blank", "nul", "long"]
)
def test_a_text_that_cannot_be_kept_is_asked_again(plan, client_of, text):
    remark = write(plan)
    for person, address, sent in (
        (plan.reviewer, f"{tab(plan)}remarks/new/", {"version": "1", "item": "P1"}),
        (plan.editor, address_of(plan, remark), {"verdict": "answer"}),
        (plan.reviewer, address_of(plan, remark), {"verdict": "reply"}),
    ):
        answer = client_of(person).post(address, sent | {"text": text})
        assert (answer.status_code, set(answer.context["form"].errors)) == (200, {"text"})
        assert answer.context["form"]["text"].value() == text
    assert RemarkEntry.objects.count() == 1


def test_who_may_do_what_with_a_remark(plan, client_of):
    remark = write(plan)
    refused = (
        (plan.reviewer, "answer"),
        (plan.editor, "reply"),
        (plan.editor, "close"),
        (plan.editor, "nonsense"),
    )
    for person, verdict in refused:
        for text in ("words", ""):
            sent = {"verdict": verdict, "text": text}
            assert client_of(person).post(address_of(plan, remark), sent).status_code == 404
    assert client_of(plan.editor).post(f"{tab(plan)}remarks/new/", {"text": "x"}).status_code == 404
    stranger = Reviewed()
    for person in (stranger.reviewer, stranger.editor):
        assert client_of(person).get(address_of(plan, remark)).status_code == 404
    # The number of one plan's remark opens nothing under another plan.
    assert client_of(plan.editor).get(f"{tab(stranger)}remarks/{remark.pk}/").status_code == 404
    assert said(remark) == [("reviewer", "Since when?")]


def test_confidential_words_are_for_the_zone_and_the_cleared(plan, client_of):
    hidden = [
        write(plan, "P1", "SECRET remark", by=plan.cleared, is_confidential=True),
        # P3's motivation is confidential, so everything said about it is.
        write(plan, "P3", "SECRET question", by=plan.cleared),
    ]
    opened = write(plan, "P2", "An open remark")
    answer_remark(remark=hidden[1], text="SECRET answer", by=plan.editor)
    answer_remark(remark=opened, text="SECRET reply", is_confidential=True, by=plan.editor)
    item = f"/plans/{plan.made.version.plan_id}/items/"
    addresses = [tab(plan), *(f"{item}{code}/" for code in ("P1", "P2", "P3"))]
    addresses += [address_of(plan, remark) for remark in (*hidden, opened)]
    addresses += [item_address(plan, code) for code in ("P1", "P2", "P3")]
    for address in addresses:
        text = text_of(client_of(plan.reviewer), address)
        assert ("SECRET" in text, "confidential element" in text) == (False, True), address
    for person in (plan.cleared, plan.editor):
        text = text_of(client_of(person), tab(plan))
        assert [f"SECRET {word}" in text for word in ("remark", "question", "answer", "reply")] == [True] * 4


def test_who_may_not_read_an_answer_reads_their_own_words_and_closes_nothing(plan, client_of):
    remark = write(plan, "P1", "My own question")
    client, queue = client_of(plan.reviewer), "/review/"
    reply_to_remark(remark=remark, text="SECRET words of a colleague", by=plan.cleared)
    answer_remark(remark=remark, text="SECRET answer", is_confidential=True, by=plan.editor)
    for address in (tab(plan), address_of(plan, remark), item_address(plan, "P1")):
        text = text_of(client, address)
        found = [text.count(words) for words in ("My own question", "confidential element", "SECRET")]
        assert (found, 'value="close"' in text) == ([1, 2, 0], False), address
    assert "a reviewer with clearance reads it" in text_of(client, tab(plan))
    for who, answers in ((plan.reviewer, 0), (plan.cleared, 1)):
        page = text_of(client_of(who), tab(plan))
        (line,) = client_of(who).get(queue).context["lines"]
        assert (line.answered, "answer waits for you" in page) == (answers, bool(answers))
        waiting = [one.count for one in waiting_for(who) if one.kind == Kind.ANSWERS]
        assert waiting == [1] * answers
    for verdict, text in (("close", ""), ("reply", "What I typed")):
        answer = client.post(address_of(plan, remark), {"verdict": verdict, "text": text})
        assert answer.status_code == 409
        assert "a reviewer with clearance goes on about it" in answer.content.decode()
        assert answer.context["form"]["text"].value() == (text or None)
    assert (Remark.objects.get().status, remark.entries.count()) == ("answered", 3)
    client_of(plan.cleared).post(address_of(plan, remark), {"verdict": "close"})
    assert Remark.objects.get().status == "closed"


def test_who_did_not_read_what_was_written_meanwhile_sends_and_closes_nothing(plan, client_of):
    remark = write(plan)
    editor, reviewer, where = client_of(plan.editor), client_of(plan.reviewer), address_of(plan, remark)
    answer_remark(remark=remark, text="Since May.", by=plan.lead)
    typed = {"verdict": "answer", "text": "Since June.", "seen": "1"}
    page = editor.post(where, typed)
    assert page.status_code == 409
    assert "Somebody else wrote here meanwhile" in page.content.decode()
    assert page.context["form"]["text"].value() == "Since June."
    assert reviewer.post(where, {"verdict": "close", "seen": "1"}).status_code == 409
    assert (len(said(remark)), Remark.objects.get().status) == (2, "answered")
    # The page that comes back holds what was written; what one wrote oneself overtakes nobody.
    assert 'name="seen" value="2"' in page.content.decode()
    for text in ("Since June.", "The third."):
        assert editor.post(where, typed | {"text": text, "seen": "2"}).status_code == 302
    assert reviewer.post(where, {"verdict": "close", "seen": "4"}).status_code == 302
    assert (len(said(remark)), Remark.objects.get().status) == (4, "closed")


def test_a_clarification_is_not_taken_back_over_an_answer_that_one_may_not_read(plan):
    about = {"assessment": plan.assessment, "item": plan.score("P1").item}
    remark = ask_clarification(**about, text="Since when?", by=plan.reviewer)
    answer_remark(remark=remark, text="SECRET", is_confidential=True, by=plan.editor)
    with pytest.raises(PartlyConfidential):
        ask_clarification(**about, text="And by whom?", by=plan.reviewer)
    with pytest.raises(PartlyConfidential):
        withdraw_clarification(**about, by=plan.reviewer)
    assert (Remark.objects.get().status, remark.entries.count()) == ("answered", 2)
    withdraw_clarification(**about, by=plan.cleared)
    assert Remark.objects.get().status == "closed"


def test_a_clarification_leads_the_zone_to_its_answer(plan, client_of):
    plan.review("P3", motivation="clarification", clarification="Since when?")
    remark = Remark.objects.get()
    check = f"/plans/{plan.made.version.plan_id}/"
    target = f"{tab(plan)}#clarification-P3"
    for address in (check, f"{check}items/P3/"):
        assert f'href="{target}"' in text_of(client_of(plan.editor), address)
        assert f'href="{target}"' not in text_of(client_of(plan.reviewer), address)
    assert 'id="clarification-P3"' in text_of(client_of(plan.editor), tab(plan))
    assert plan.score("P3").state == "open"
    client_of(plan.editor).post(address_of(plan, remark), {"verdict": "answer", "text": "Since May."})
    assert plan.score("P3").state == "motivated"
    assert target not in text_of(client_of(plan.editor), check)


def test_a_clarification_is_loud_only_while_it_waits_for_the_zone(plan, client_of):
    plan.review("P3", motivation="clarification", clarification="Since when?")
    remark = Remark.objects.get()

    def marks() -> list[tuple[bool, bool]]:
        """(loud, answered) on the list and beside the item, for the reviewer."""
        texts = [text_of(client_of(plan.cleared), where) for where in (tab(plan), item_address(plan, "P3"))]
        return [("clarification asked" in text, "clarification answered" in text) for text in texts]

    assert marks() == [(True, False)] * 2
    answer_remark(remark=remark, text="Since May.", by=plan.editor)
    assert marks() == [(False, True)] * 2
    reply_to_remark(remark=remark, text="Of which year?", by=plan.cleared)
    assert marks() == [(True, False)] * 2
    close_remark(remark=remark, by=plan.cleared)
    assert marks() == [(False, False)] * 2


def test_a_new_question_is_not_taken_for_a_second_click(plan):
    ask = {"motivation": "clarification", "clarification": "Since when?"}
    plan.review("P3", **ask)
    plan.review("P3", **ask)
    assert said(Remark.objects.get()) == [("reviewer", "Since when?")]
    plan.review("P3", **ask | {"clarification": "And by whom?"}, revision=1)
    assert said(Remark.objects.get()) == [("reviewer", "Since when?"), ("reviewer", "And by whom?")]


def test_remarks_of_an_older_version_are_still_answered(plan, client_of):
    remark = write(plan)
    start_version(version=plan.assessment.version, kind="addendum", reason="More", by=plan.lead)
    editor = client_of(plan.editor)
    editor.post(address_of(plan, remark), {"verdict": "answer", "text": "Since May."})
    assert Remark.objects.get().status == "answered"
    share_version(version=plan.made.version.plan.versions.get(number=2), by=plan.lead)
    assert "Since May." not in text_of(editor, tab(plan))
    assert "Since May." in text_of(editor, f"{tab(plan)}?version=1")
    client_of(plan.reviewer).post(address_of(plan, remark), {"verdict": "close"})
    assert Remark.objects.get().status == "closed"


def test_after_the_review_the_zone_answers_and_nobody_writes(plan, client_of):
    remark = write(plan)
    plan.read(*KNOWN)
    plan.finish()
    sent = {"version": "1", "item": "P1", "text": "One more"}
    answer = client_of(plan.reviewer).post(f"{tab(plan)}remarks/new/", sent)
    assert (answer.status_code, answer.context["form"]["text"].value()) == (409, "One more")
    answer = client_of(plan.reviewer).post(address_of(plan, remark), {"verdict": "reply", "text": "More"})
    assert (answer.status_code, Remark.objects.count(), remark.entries.count()) == (409, 1, 1)
    client_of(plan.editor).post(address_of(plan, remark), {"verdict": "answer", "text": "Since May."})
    client_of(plan.reviewer).post(address_of(plan, remark), {"verdict": "close"})
    assert (said(remark)[1], Remark.objects.get().status) == (("zone", "Since May."), "closed")


def test_nothing_is_kept_of_an_act_that_cannot_be_recorded(plan, monkeypatch):
    remark = write(plan)

    def fail(*args, **kwargs):
        raise RuntimeError("no record")

    monkeypatch.setattr("plans.services.remarks.record", fail)
    acts = (
        lambda: write(plan),
        lambda: answer_remark(remark=remark, text="Since May.", by=plan.editor),
        lambda: reply_to_remark(remark=remark, text="More", by=plan.reviewer),
        lambda: close_remark(remark=remark, by=plan.reviewer),
    )
    for act in acts:
        with pytest.raises(RuntimeError), transaction.atomic():
            act()
    assert (Remark.objects.values_list("status").get(), RemarkEntry.objects.count()) == (("open",), 1)
