"""How every view of a plan gets its objects: through visibility, else 404."""

from typing import Any

from django.http import Http404, QueryDict

from framework.models import EDITION_CODE_LENGTH
from plans import rules
from plans.models import Assessment, Document, PlanVersion
from plans.selectors.readable import assessment_for
from plans.workflow import Act


def assessment_or_404(request, plan_id: int) -> Assessment:
    """The latest assessment of the latest version of the plan that this person may read. One query.

    With its version, plan, zone, municipality, cycle and edition. To read an older version its number is
    given in the address (`?version=1`).
    """
    return _or_404(assessment_for(request.user, plan_id, version=asked_version(request)))


def read_assessment_or_404(request, plan_id: int) -> Assessment:
    """The same for pages that are only read: also as it stood under an edition before (`?edition=CODE`).

    One query.
    """
    version, edition = asked_version(request), asked_edition(request)
    return _or_404(assessment_for(request.user, plan_id, version=version, edition=edition))


def shared_assessment_or_404(request, plan_id: int) -> Assessment:
    """The same of the latest version that was shared: what reviewers read and remark on."""
    return _or_404(assessment_for(request.user, plan_id, version=asked_version(request), is_shared=True))


def _or_404(assessment: Assessment | None) -> Assessment:
    if assessment is None:
        raise Http404
    return assessment


def asked_version(request) -> int | None:
    """The number of the version one asks to read; acts are always on the latest one."""
    typed = request.GET.get("version", "") if request.method in ("GET", "HEAD") else ""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else None


def asked_edition(request) -> str:
    """The code of the edition under which one asks to read; acts are always under the latest one."""
    return edition_code(request.GET) if request.method in ("GET", "HEAD") else ""


def edition_code(sent: QueryDict) -> str:
    """The code of an edition that was sent; empty for what none can have (PostgreSQL looks for no NUL)."""
    typed = sent.get("edition", "")
    return typed if len(typed) <= EDITION_CODE_LENGTH and "\0" not in typed else ""


def may_or_404(request, version: PlanVersion, act: Act) -> None:
    """For pages of whoever ever takes this act: to anybody else they do not exist, whatever the status."""
    try:
        rules.check_may(request.user, version.plan, act)
    except rules.NotAllowed:
        raise Http404 from None


def editor_or_404(request, version: PlanVersion) -> None:
    """For pages that only editors have."""
    may_or_404(request, version, Act.EDIT)


def document_or_404(request, assessment: Assessment, number: int) -> Document:
    """A document of this version whose words this person may read. One query."""
    document = (
        Document.objects.visible_to(request.user).filter(version=assessment.version_id, number=number).first()
    )
    if document is None:
        raise Http404
    document.version = assessment.version
    return document


def inside_or_404(request, assessment: Assessment) -> None:
    """For pages of the zone itself, such as suggestions that nobody decided on yet."""
    if not rules.is_inside(request.user, assessment.version.plan):
        raise Http404


def plan_context(request, assessment: Assessment, tab: str) -> dict[str, Any]:
    """What templates/plans/base_plan.html needs; `tab` is "check", "objectives", "choices", "documents",
    "review" or "history"; empty for pages beside the tabs."""
    version = assessment.version
    is_left = getattr(assessment, "is_left", False)
    return {
        "assessment": assessment,
        "version": version,
        "plan": version.plan,
        "edition": assessment.edition,
        "tab": tab,
        "asked_version": asked_version(request),
        "is_left": is_left,
        "may_edit": not is_left and rules.can_edit(request.user, version),
        "may_share": not is_left and rules.can_share(request.user, version),
        "may_answer": rules.can(request.user, version, Act.ANSWER),
        # A version after the first starts only once the one before it was shared.
        "has_review": version.shared_at is not None or version.number > 1,
    }
