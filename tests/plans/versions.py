"""Two versions of one plan, the second made from the first: for the tests of comparing.

older, newer = make_versions(old={"choices": {"P1": "retained"}}, new={...})     parts as in a plan file
"""

from django.urls import reverse
from django.utils import timezone

from plans.models import Assessment, Document
from plans.services.importing import import_plan
from plans.services.scores import store_scores
from plans.services.sharing import share_version
from plans.services.versions import start_version
from tests.factories.plans import AssessmentFactory, content_of


def make_versions(*, old=None, new=None, **place) -> tuple[Assessment, Assessment]:
    """The first is shared, the second in preparation; `new` left out: an equal copy."""
    first = AssessmentFactory(**place, **(old or {}), shared=True)
    return first, start_next(first, new)


def start_next(assessment: Assessment, parts=None) -> Assessment:
    """The next version of a shared one, its content replaced by `parts`."""
    started = start_version(version=assessment.version, kind="addendum", reason="A decision", by=None)
    second = fresh(started.assessments.get(edition=assessment.edition))
    if parts is not None:
        import_plan(assessment=second, content=content_of(second, **parts), by=None, replace=True)
    return fresh(second)


def share(assessment: Assessment) -> Assessment:
    share_version(version=assessment.version, by=None)
    return fresh(assessment)


def see_under(assessment: Assessment, edition) -> Assessment:
    """The version of this assessment under another edition too."""
    second = Assessment.objects.create(version=assessment.version, edition=edition)
    store_scores(assessment=second)
    return second


def fresh(assessment: Assessment) -> Assessment:
    """As another request would fetch it."""
    relations = ("edition", "version__plan__zone", "version__plan__municipality", "version__plan__cycle")
    return Assessment.objects.select_related(*relations).get(pk=assessment.pk)


def hold_document(assessment: Assessment, number: int, title: str, sha256: str, **values) -> Document:
    """A document as stored, without its text."""
    return Document.objects.create(
        version=assessment.version,
        number=number,
        title=title,
        filename=title,
        sha256=sha256,
        size=1,
        words=1,
        uploaded_at=timezone.now(),
        **values,
    )


def acts(response):
    """Which acts a page of versions offers."""
    plan_id = response.context["plan"].pk
    page = response.content.decode()
    names = {name: reverse(f"plans:{name}", args=[plan_id]) for name in ("version_start", "version_discard")}
    names["step_add"] = reverse("plans:step_add", args=[plan_id, 1])
    return {name for name, address in names.items() if f'"{address}"' in page}
