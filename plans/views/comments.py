"""Saying something about an item or the whole plan, and taking one's own words back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from framework.models import Item
from kiv.http import not_repeated
from plans import rules
from plans.forms.comments import CommentForm
from plans.models import Assessment, Comment
from plans.services.comments import add_comment, remove_comment
from plans.services.editing import TooMany
from plans.views.check import show_item
from plans.views.fetching import assessment_or_404, may_or_404
from plans.views.history import show_history
from plans.views.submissions import is_first_time
from plans.workflow import Act


@require_http_methods(["GET", "HEAD", "POST"])
def comment_add(request, plan_id: int):
    """About the whole plan; the History tab shows it."""
    return _add(request, plan_id, None)


@require_http_methods(["GET", "HEAD", "POST"])
def item_comment_add(request, plan_id: int, code: str):
    """About one item; its page shows it."""
    return _add(request, plan_id, code)


@not_repeated("plans:check", "plan_id")
@require_POST
def comment_remove(request, plan_id: int, comment_id: int):
    """One's own; another's is not there."""
    assessment = assessment_or_404(request, plan_id)
    may_or_404(request, assessment.version, Act.COMMENT)
    comment = (
        Comment.objects.visible_to(request.user)
        .filter(assessment=assessment, pk=comment_id, by=request.user)
        .select_related("item")
        .first()
    )
    if comment is None:
        raise Http404
    comment.assessment = assessment
    try:
        remove_comment(comment=comment, by=request.user)
    except rules.WrongMoment as wrong:
        messages.info(request, str(wrong))
    else:
        messages.success(request, _("Your comment is removed."))
    return redirect(page_url(plan_id, comment.item.code if comment.item else None))


def page_url(plan_id: int, code: str | None) -> str:
    """Where the comments about an item, or about the whole plan, stand."""
    if code is None:
        return reverse("plans:history", args=[plan_id]) + "#comments"
    return reverse("plans:item", args=[plan_id, code]) + "#comments"


def _add(request, plan_id: int, code: str | None):
    """GET, as when this address is opened again, leads to the page that shows the comments."""
    assessment = assessment_or_404(request, plan_id)
    may_or_404(request, assessment.version, Act.COMMENT)
    item = _item_or_404(assessment, code)
    if request.method != "POST":
        return redirect(page_url(plan_id, code))
    form, status = CommentForm(request.POST), 200
    if form.is_valid():
        try:
            with transaction.atomic():
                if is_first_time(request):
                    add_comment(
                        assessment=assessment, item=item, text=form.cleaned_data["text"], by=request.user
                    )
        except rules.WrongMoment as wrong:
            # The version is gone: what was typed stands on the page of the one before it.
            form.add_error(None, str(wrong))
            assessment, status = assessment_or_404(request, plan_id), 409
        except TooMany as refusal:
            form.add_error(None, _("Here stand at most %(limit)s comments.") % {"limit": refusal.limit})
        except ValidationError as refusal:
            form.add_error("text", refusal)
        else:
            messages.success(request, _("Your comment is added."))
            return redirect(page_url(plan_id, code))
    if code is None:
        return show_history(request, assessment, comment_form=form, status=status)
    return show_item(request, assessment, code, comment_form=form, status=status)


def _item_or_404(assessment: Assessment, code: str | None) -> Item | None:
    """None for the whole plan."""
    if code is None:
        return None
    item = assessment.edition.items.filter(code=code).first()
    if item is None:
        raise Http404
    return item
