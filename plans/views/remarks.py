"""Remarks on a shared version: a reviewer writes, the zone answers, the reviewer goes on or closes.

One page per remark, which also takes what the forms beside an item and on the Review tab post.
"""

import re

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from kiv.http import safe_next
from plans import rules
from plans.forms.remarks import EntryTextForm, RemarkForm
from plans.models import Assessment, Remark
from plans.selectors.disclosure import reader_of
from plans.selectors.remarks import remark_of
from plans.selectors.reviewed import judgeable_items
from plans.services.editing import TooMany
from plans.services.remarks import (
    Overtaken,
    PartlyConfidential,
    RemarkClosed,
    answer_remark,
    close_remark,
    reply_to_remark,
    write_remark,
)
from plans.views.fetching import plan_context
from plans.views.review_places import review_context, reviewer_or_404, stay_under_edition, version_as_read
from plans.views.submissions import is_first_time, new_mark
from plans.workflow import Act

ANSWER, REPLY, CLOSE = "answer", "reply", "close"
#: How many texts stood under the remark when its page was made.
SEEN = re.compile("[0-9]{1,4}")


@require_http_methods(["GET", "HEAD", "POST"])
def remark_add(request, plan_id: int):
    """For reviewers who do not read blind; to anybody else this page does not exist."""
    context = review_context(request, plan_id)
    reviewer_or_404(context)
    if context["reader"].is_blind:
        raise Http404
    assessment = context["assessment"]
    items = [score.item for score in judgeable_items(assessment)]
    form = RemarkForm(
        request.POST if request.method == "POST" else None,
        items=items,
        has_tick=context["reader"].has_clearance,
        initial={"item": request.GET.get("item", "")},
    )
    status, notice = 200, ""
    if request.method == "POST" and (notice := version_as_read(request, context)):
        status = 409
    elif request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                if is_first_time(request):
                    write_remark(
                        assessment=assessment,
                        item=form.cleaned_data["item"] or None,
                        text=form.cleaned_data["text"],
                        is_confidential=form.cleaned_data.get("is_confidential", False),
                        by=request.user,
                    )
        except rules.NotAllowed:
            raise Http404 from None
        except rules.WrongMoment as wrong:
            status, notice = 409, str(wrong)
        except TooMany as refusal:
            notice = _("There are %(limit)s remarks already: close some, or talk to the zone.")
            notice %= {"limit": refusal.limit}
        except ValidationError as refusal:
            form.add_error("text", refusal.messages)
        else:
            messages.success(request, _("The remark is sent: the zone reads it and answers."))
            return redirect(_back(request, plan_id))
    context |= {"form": form, "notice": notice, "submission": new_mark(), "next": safe_next(request)}
    return render(request, "plans/remark_add.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def remark_page(request, plan_id: int, remark_id: int):
    """One remark with everything that was said, for whoever it exists for, and what comes next."""
    later = Assessment.objects.filter(version=OuterRef("assessment__version"), pk__gt=OuterRef("assessment"))
    remark = (
        Remark.objects.visible_to(request.user)
        .filter(pk=remark_id, assessment__version__plan=plan_id)
        .select_related(
            "item",
            "assessment__edition",
            "assessment__version__plan__zone",
            "assessment__version__plan__municipality",
            "assessment__version__plan__cycle",
        )
        .annotate(is_left=Exists(later))
        .first()
    )
    if remark is None:
        raise Http404
    remark.assessment.is_left = remark.is_left
    stay_under_edition(request, remark.assessment)
    version = remark.assessment.version
    reader = reader_of(request.user, version.plan)
    form = EntryTextForm(
        request.POST if request.POST.get("verdict") in (ANSWER, REPLY) else None,
        label="" if reader.is_inside else str(_("What you still want to say")),
        has_tick=reader.is_inside and not remark.is_confidential,
    )
    notice = ""
    if request.method == "POST":
        notice = _act(request, remark, form)
        if notice is None:
            return redirect(_back(request, plan_id))
    acts = rules.acts_now(request.user, version, Act.ANSWER, Act.REVIEW, Act.CLOSE_REMARK)
    context = plan_context(request, remark.assessment, "review") | {
        "reader": reader,
        "remark": remark_of(remark, request.user, reader),
        "form": form,
        "notice": notice,
        "may_answer": Act.ANSWER in acts,
        "may_review": Act.REVIEW in acts,
        "may_close": Act.CLOSE_REMARK in acts,
        "submission": new_mark(),
        "next": safe_next(request),
    }
    return render(request, "plans/remark.html", context, status=409 if notice else 200)


def _act(request, remark: Remark, form: EntryTextForm) -> str | None:
    """Do what was asked; None when it is done, else why not (empty: the form says it)."""
    verdict, seen = request.POST.get("verdict"), request.POST.get("seen", "")
    asked = {"remark": remark, "by": request.user, "seen": int(seen) if SEEN.fullmatch(seen) else None}
    try:
        if verdict == CLOSE:
            close_remark(**asked)
            messages.success(request, _("Remark %(n)s is closed.") % {"n": remark.number})
            return None
        if verdict not in (ANSWER, REPLY):
            raise Http404
        if not form.is_valid():
            # Who may not act learns nothing from the form either.
            rules.check_may(request.user, remark.assessment.version.plan, _act_of(verdict))
            return ""
        text, tick = form.cleaned_data["text"], form.cleaned_data.get("is_confidential", False)
        with transaction.atomic():
            if is_first_time(request):
                if verdict == ANSWER:
                    answer_remark(**asked, text=text, is_confidential=tick)
                else:
                    reply_to_remark(**asked, text=text)
    except rules.NotAllowed:
        raise Http404 from None
    except rules.WrongMoment as wrong:
        return str(wrong)
    except Overtaken:
        return _(
            "Somebody else wrote here meanwhile: read it above. Nothing was sent or closed yet; do it again "
            "if it is still right."
        )
    except PartlyConfidential:
        return _("This remark is confidential: a reviewer with clearance goes on about it or closes it.")
    except RemarkClosed:
        return _("This remark was closed meanwhile. What you typed was not saved; you can copy it.")
    except TooMany as refusal:
        return _("A remark holds at most %(limit)s texts.") % {"limit": refusal.limit}
    except ValidationError as refusal:
        form.add_error("text", refusal.messages)
        return ""
    said = _("Your answer is sent.") if verdict == ANSWER else pgettext("remark", "Your words are sent.")
    messages.success(request, said)
    return None


def _act_of(verdict: str) -> Act:
    return Act.ANSWER if verdict == ANSWER else Act.REVIEW


def _back(request, plan_id: int) -> str:
    return safe_next(request, reverse("plans:review", args=[plan_id]) + "#remarks")
