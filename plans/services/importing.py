"""Taking a plan file in: the content of a version becomes that of the file."""

from datetime import datetime

from django.db.models import Max

from kiv.audit.services import record
from plans.models import Assessment
from plans.planformat import PlanContent
from plans.services.content_rows import ContentRows
from plans.services.decisions import reopen
from plans.services.editing import StaleEdit, change_of
from plans.services.entries import items_of_edition
from plans.services.laying import settle_evidence


class PlanNotEmpty(Exception):
    """The version already has content and replacing it was not asked for."""


class OtherEdition(Exception):
    """The file was made for another edition than the one this plan is checked against."""


def import_plan(
    *,
    assessment: Assessment,
    content: PlanContent,
    by,
    replace: bool = False,
    seen: datetime | None = None,
) -> None:
    """Make the version's content that of the file. All or nothing.

    The file's header never decides where it goes. Raises OtherEdition, PlanNotEmpty (unless
    `replace`), StaleEdit when what would be replaced was changed after `seen`, and what `change_of`
    raises.
    """
    version = assessment.version
    if content.edition != assessment.edition.code:
        raise OtherEdition(content.edition)
    with change_of(version, by=by):
        if has_content(assessment):
            if not replace:
                raise PlanNotEmpty
            version.refresh_from_db(fields=["changed_at"])
            if seen is not None and version.changed_at != seen:
                raise StaleEdit(version)
        # Revisions go on counting, so that a choice read before the import is stale after it.
        last = assessment.choices.aggregate(last=Max("revision"))["last"] or 0
        _empty(assessment)
        rows = ContentRows()
        rows.add(assessment, content, items_of_edition(assessment), revision=last + 1)
        rows.save()
        for document in version.documents.all():
            settle_evidence(document, list(document.passages.order_by("position")))
        record(
            "plan.imported",
            by=by,
            on=version,
            zone_id=version.plan.zone_id,
            plan=version.plan_id,
            objectives=len(content.objectives),
            passages=len(content.passages),
            replaced=replace,
        )


def has_content(assessment: Assessment) -> bool:
    """Whether anything was entered, decided or accepted."""
    version = assessment.version
    return (
        version.objectives.exists()
        or version.diagnoses.exists()
        or assessment.choices.exists()
        or assessment.passages.exists()
    )


def _empty(assessment: Assessment) -> None:
    assessment.version.objectives.all().delete()
    assessment.version.diagnoses.all().delete()
    assessment.choices.all().delete()
    # Decisions on passages of documents go with the evidence they made.
    for suggestion in assessment.suggestions.filter(evidence__isnull=False):
        reopen([suggestion])
    assessment.passages.all().delete()
