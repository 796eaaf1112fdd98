"""What the views of a review share: the version under review, who may do what with it, and refusals."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext as _

from plans import rules
from plans.models import Assessment
from plans.selectors.disclosure import reader_of
from plans.services.concluding import NotComplete, ReadingsOpen
from plans.services.editing import StaleEdit
from plans.services.readings import AlreadyAsked, NotEligible
from plans.services.reviewing import PartlyConfidential, ReadingClosed
from plans.views.fetching import asked_version, plan_context, shared_assessment_or_404
from plans.workflow import Act, Part

REVIEW_ACTS = (Act.REVIEW, Act.FINISH_REVIEW, Act.REOPEN_REVIEW, Act.CLOSE_REMARK, Act.ANSWER)


def review_context(request, plan_id: int) -> dict[str, Any]:
    """The plan's context for the version under review: the latest that was shared, or the one asked for.

    An older version is only read; its remarks are answered and closed all the same.
    """
    assessment = shared_assessment_or_404(request, plan_id)
    version, user = assessment.version, request.user
    acts = rules.acts_now(user, version, *REVIEW_ACTS)
    is_reviewer = Part.REVIEWER in rules.parts_of(user, version.plan)
    newer = version.plan.versions.filter(number__gt=version.number)
    is_latest = asked_version(request) is None or not newer.filter(shared_at__isnull=False).exists()
    if not is_latest:
        acts &= {Act.CLOSE_REMARK, Act.ANSWER}
    context = plan_context(request, assessment, "review") | {
        "reader": reader_of(user, version.plan),
        "is_reviewer": is_reviewer,
        "may_review": Act.REVIEW in acts,
        "may_finish": Act.FINISH_REVIEW in acts,
        "may_reopen": Act.REOPEN_REVIEW in acts,
        "may_close": Act.CLOSE_REMARK in acts,
        "may_answer": Act.ANSWER in acts,
    }
    stay_under_edition(request, assessment)
    if context["reader"].is_inside and newer.exists():
        context["asked_version"] = version.number
    return context


def stay_under_edition(request, assessment: Assessment) -> None:
    """Where the plan went on to another edition, links about items lead to the items that were shared."""
    if assessment.is_left:
        request.kept_edition = assessment.edition.code


def reviewer_or_404(context: dict[str, Any]) -> None:
    """For pages that only reviewers have, whatever the moment."""
    if not context["is_reviewer"]:
        raise Http404


def version_as_read(request, context: dict[str, Any]) -> str:
    """Why what was posted is not about the version that is under review now; empty when it is.

    Judgements are about words: those of another version are not judged by accident.
    """
    if request.POST.get("version") == str(context["version"].number):
        return ""
    return _("The zone shared another version meanwhile. What you typed was not saved.")


def attempt(request, context: dict[str, Any], act: Callable[[], str]) -> None:
    """Take an act that a bare button asks for; say what was done, or why nothing was."""
    wrong = version_as_read(request, context)
    if not wrong:
        try:
            messages.success(request, act())
        except rules.NotAllowed:
            raise Http404 from None
        except rules.WrongMoment as moment:
            wrong = str(moment)
        except ReadingClosed:
            wrong = closed_sentence()
        except PartlyConfidential:
            wrong = confidential_sentence()
        except StaleEdit:
            wrong = _("Somebody else settled this meanwhile. Look at it below; nothing was changed.")
        except ReadingsOpen:
            wrong = _("Both readings must be complete before the review can be finished.")
        except AlreadyAsked:
            wrong = _("There is a second reading of this version already.")
        except NotEligible:
            wrong = _("Choose a colleague from the list: somebody who said nothing about this version yet.")
        except NotComplete as lacking:
            wrong = _("Not complete. Still lacking: %(items)s.") % {"items": ", ".join(lacking.items)}
    if wrong:
        messages.warning(request, wrong)


def confidential_sentence() -> str:
    return _("Part of this item is confidential: a reviewer with clearance reads it.")


def closed_sentence() -> str:
    return _("This reading is complete: nothing in it changes any more.")
