"""One item of a review: read on the left, decided on the right; saved, then the next that was not read."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from plans import rules
from plans.enums import ReadingKind
from plans.forms.reviewing import ItemReviewForm
from plans.models import ItemReview
from plans.review_sentences import read_sentence
from plans.selectors.element_values import with_values
from plans.selectors.remarks import remarks_of
from plans.selectors.review import Desk, ReadItem, ReviewLine, desk_of, read_item
from plans.selectors.second_readings import Difference
from plans.services.editing import StaleEdit, TooMany
from plans.services.reviewing import PartlyConfidential, ReadingClosed, review_item
from plans.views.entry_pages import read_revision
from plans.views.review_places import (
    closed_sentence,
    confidential_sentence,
    review_context,
    reviewer_or_404,
    version_as_read,
)
from plans.views.submissions import new_mark


@dataclass(frozen=True, slots=True)
class Sitting:
    """One item before one reviewer. `difference`: two readings of it are settled here, in the consensus."""

    desk: Desk
    line: ReviewLine
    difference: Difference | None

    @property
    def kind(self) -> str:
        return self.desk.kind if self.difference is None else ReadingKind.CONSENSUS.value

    @property
    def read(self) -> ReadItem | None:
        """What the reading that is written here says of the item already."""
        return self.line.read if self.difference is None else self.difference.settled

    @property
    def code(self) -> str:
        return self.line.row.item.code

    @property
    def is_open(self) -> bool:
        """Whether something can be written here; not over what the reviewer cannot read."""
        is_hidden = self.read is not None and self.read.is_hidden
        if is_hidden or self.line.is_unreadable:
            return False
        return self.difference is not None or not self.desk.is_complete

    def following(self, plan_id: int) -> str:
        """Where one goes on: the next item that was not read yet, or where all of them stand."""
        if self.difference is not None:
            return reverse("plans:review_differences", args=[plan_id]) + f"#item-{self.code}"
        after = self.desk.next_unread(self.code)
        if after is None:
            return reverse("plans:review", args=[plan_id]) + "#finish"
        return reverse("plans:review_item", args=[plan_id, after.row.item.code])


@require_http_methods(["GET", "HEAD", "POST"])
def review_item_page(request, plan_id: int, code: str):
    """For reviewers; a wholly confidential item has no page."""
    context = review_context(request, plan_id)
    reviewer_or_404(context)
    return item_page(request, context, code)


def item_page(request, context: dict, code: str, *, difference: Difference | None = None):
    desk = desk_of(context["assessment"], request.user, context["reader"])
    line = desk.line(code)
    if line is None:
        raise Http404
    sitting = Sitting(desk, line, difference)
    if request.method == "POST":
        return _save(request, context, sitting)
    return _show(request, context, sitting, _form(request, context, sitting))


def _form(request, context: dict, sitting: Sitting) -> ItemReviewForm:
    line, read = sitting.line, sitting.read
    return ItemReviewForm(
        request.POST if request.method == "POST" else None,
        line=line,
        read=read,
        has_clearance=context["reader"].has_clearance,
        asks_motivation=line.asks_motivation and sitting.difference is None,
        asked_already=read is not None and read.asks_clarification,
    )


def _show(
    request,
    context: dict,
    sitting: Sitting,
    form: ItemReviewForm,
    *,
    notice: str = "",
    conflict: list[dict[str, str]] | None = None,
    revision: int | None = None,
    status: int = 200,
):
    desk, line = sitting.desk, sitting.line
    at = desk.lines.index(line)
    remarks = remarks_of(context["assessment"], request.user, context["reader"])
    context |= {
        "desk": desk,
        "line": line,
        "row": with_values(line.row, context["assessment"]),
        "read": sitting.read,
        "difference": sitting.difference,
        "form": form,
        "place": at + 1,
        "previous": desk.lines[at - 1] if at else None,
        "next": desk.lines[at + 1] if at + 1 < len(desk.lines) else None,
        "remarks": remarks.about(line.row.item),
        "submission": new_mark(),
        "notice": notice,
        "conflict": conflict,
        "revision": (sitting.read.revision if sitting.read else 0) if revision is None else revision,
        "may_write": context["may_review"] and sitting.is_open,
    }
    return render(request, "plans/review_item.html", context, status=status)


def _save(request, context: dict, sitting: Sitting):
    """Save one item and go on; else show again everything that was typed, and why."""
    form = _form(request, context, sitting)

    def refuse(notice: str = "", status: int = 409, **shown):
        return _show(request, context, sitting, form, notice=notice, status=status, **shown)

    if wrong := version_as_read(request, context):
        return refuse(wrong)
    if sitting.line.is_unreadable:
        return refuse(confidential_sentence())
    if sitting.read is not None and sitting.read.is_hidden:
        return refuse(_("Only a reviewer with clearance can change this reading."))
    if not form.is_valid():
        return refuse(status=200)
    revision = read_revision(request)
    try:
        review = review_item(
            assessment=context["assessment"],
            item=sitting.code,
            # No number at all is never the revision that is stored.
            revision=-1 if revision is None else revision,
            kind=sitting.kind,
            by=request.user,
            **form.values,
        )
    except rules.NotAllowed:
        raise Http404 from None
    except rules.WrongMoment as wrong:
        context["may_review"] = False
        return refuse(str(wrong))
    except ReadingClosed:
        return refuse(closed_sentence())
    except PartlyConfidential:
        return refuse(confidential_sentence())
    except TooMany as refusal:
        notice = _("There are %(limit)s remarks already: close some, or talk to the zone.")
        return refuse(notice % {"limit": refusal.limit}, status=200)
    except StaleEdit as stale:
        return _conflict(context, sitting, form, stale.stored, refuse)
    except ValidationError as refusal:
        for name, errors in refusal.message_dict.items():
            form.add_error(name if name in form.fields else None, errors)
        return refuse(status=200)
    read = read_item(sitting.line.score, review, context["reader"])
    messages.success(request, read_sentence(sitting.code, sitting.line.row.level, read))
    return redirect(sitting.following(context["plan"].pk))


def _conflict(context: dict, sitting: Sitting, form: ItemReviewForm, stored: ItemReview, refuse):
    """Somebody else read the item meanwhile, or took it back; the next save replaces what is stored."""
    known = read_item(sitting.line.score, stored, context["reader"]) if stored.pk else None
    if known is not None and known.is_hidden:
        return refuse(_("A reviewer with clearance read this item meanwhile. What you typed is still here."))
    return refuse(conflict=form.differences(known), revision=known.revision if known else 0)
