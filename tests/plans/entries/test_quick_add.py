"""The quick way in by HTMX: one answer holds what the page would show."""

import pytest

from plans.models import Objective
from tests.plans.cast import share
from tests.plans.entries.pages import typed_quick, url

pytestmark = pytest.mark.django_db


def quick(editing, assessment, **data):
    """Posted as htmx does: the fields, and the button that was pressed; an own priority unless said."""
    data = {"items": "own", "then": "quick"} | data
    return editing.post(url(assessment, "objective_add"), data, headers={"HX-Request": "true"})


def part(html: str, start: str, end: str) -> str:
    """One element as text without the spaces between lines."""
    piece = html[html.index(start) :]
    return " ".join(piece[: piece.index(end) + len(end)].split())


def test_a_quick_add_answers_with_what_the_page_would_show(editing, assessment):
    answer = quick(editing, assessment, title="Drugs & co", items="P1").content.decode()
    page = editing.get(url(assessment, "objectives")).content.decode()
    entry = part(answer, '<li class="entry panel"', "\n</li>")
    assert entry == part(page, '<li class="entry panel"', "\n</li>")
    assert 'id="objective-1"' in entry
    assert "<html" not in answer
    assert 'data-hx-swap-oob="beforeend:#objectives"' in answer
    assert "Added: 1 Drugs &amp; co" in answer


def test_a_quick_add_comes_back_empty_with_the_focus_on_the_title(editing, assessment):
    before = editing.get(url(assessment, "objectives"))
    answer = quick(editing, assessment, title="Drugs", items="P1")
    form = part(answer.content.decode(), '<form class="quick-add"', "</form>")
    fresh = {"autofocus": "", answer.context["submission"]: before.context["submission"]}
    for ours, theirs in fresh.items():
        assert form.count(ours) == 1
        form = form.replace(f" {ours}" if ours == "autofocus" else ours, theirs)
    assert without_token(form) == without_token(
        part(before.content.decode(), '<form class="quick-add"', "</form>")
    )
    assert "autofocus" not in before.content.decode()


def without_token(form: str) -> str:
    start = form.index('name="csrfmiddlewaretoken"')
    return form[:start] + form[form.index(">", start) :]


def test_a_refused_quick_add_keeps_what_was_typed(editing, assessment):
    answer = quick(editing, assessment, title="a\x07b", items="P2")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert '<option value="P2" selected>' in html
    assert 'aria-invalid="true" aria-describedby="quick-title-error"' in html
    assert "<li" not in html


@pytest.mark.usefixtures("in_english")
def test_a_quick_add_asks_what_it_is_about(editing, assessment):
    html = quick(editing, assessment, title="Drugs", items="").content.decode()
    assert "Choose a priority or theme, or say that it is an own priority." in html
    assert 'value="Drugs"' in html
    assert 'aria-describedby="quick-item-error"' in html
    assert not Objective.objects.exists()


def test_a_quick_add_sent_twice_adds_once(editing, assessment):
    data = typed_quick(editing.get(url(assessment, "objectives"))) | {"title": "Drugs"}
    quick(editing, assessment, **data)
    answer = quick(editing, assessment, **data).content.decode()
    assert "This was already added." in answer
    assert "<li" not in answer
    assert Objective.objects.count() == 1


def test_a_quick_add_to_a_plan_shared_meanwhile_keeps_what_was_typed(editing, assessment):
    share(assessment)
    answer = quick(editing, assessment, title="Drugs")
    assert answer.status_code == 409
    html = answer.content.decode()
    assert 'value="Drugs"' in html
    assert html.count("This version was shared for review") == 1
    assert not Objective.objects.exists()
