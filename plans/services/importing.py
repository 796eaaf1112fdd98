"""Taking a plan file in: the content of a version becomes that of the file."""

from collections import defaultdict
from datetime import datetime

from django.db.models import Max

from kiv.audit.services import record
from plans.models import Assessment, Objective, PassageEvidence, PlanVersion
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
    keeps_passages: bool = False,
) -> None:
    """Make the version's content that of the file. All or nothing.

    `keeps_passages`: the file cannot hold accepted passages (a workbook). Those of the plan stay, on the
    objective that has the number of the one they hung on; where no objective has it they are loose.

    The file's header never decides where it goes. Raises OtherEdition, PlanNotEmpty (unless
    `replace`), StaleEdit when what would be replaced was changed after `seen`, and what `change_of`
    raises.
    """
    version = assessment.version
    if content.edition != assessment.edition.code:
        raise OtherEdition(content.edition)
    with change_of(version, by=by):
        last = 0
        hung = _hung_passages(version) if keeps_passages else {}
        if has_content(assessment, besides_passages=keeps_passages):
            if not replace:
                raise PlanNotEmpty
            version.refresh_from_db(fields=["changed_at"])
            if seen is not None and version.changed_at != seen:
                raise StaleEdit(version)
            # Revisions go on counting, so that a choice read before the import is stale after it.
            last = assessment.choices.aggregate(last=Max("revision"))["last"] or 0
            _empty(assessment, keeps_passages=keeps_passages)
        rows = ContentRows()
        objectives = rows.add(assessment, content, items_of_edition(assessment), revision=last + 1)
        rows.save()
        _hang_again(hung, objectives)
        for document in version.documents.all():
            settle_evidence(document, list(document.passages.order_by("position")))
        record(
            "plan.imported",
            by=by,
            on=version,
            zone_id=version.plan.zone_id,
            plan=version.plan_id,
            objectives=len(content.objectives),
            passages=assessment.passages.count() if keeps_passages else len(content.passages),
            replaced=replace,
        )


def has_content(assessment: Assessment, *, besides_passages: bool = False) -> bool:
    """Whether anything was entered, decided or accepted."""
    version = assessment.version
    return (
        version.objectives.exists()
        or version.diagnoses.exists()
        or assessment.choices.exists()
        or (not besides_passages and assessment.passages.exists())
    )


def _hung_passages(version: PlanVersion) -> dict[str, list[int]]:
    """Number of an objective → the passages that hang on it, under every edition."""
    hung: dict[str, list[int]] = defaultdict(list)
    passages = PassageEvidence.objects.filter(assessment__version=version, objective__isnull=False)
    for number, passage_id in passages.values_list("objective__number", "pk"):
        hung[number].append(passage_id)
    return hung


def _hang_again(hung: dict[str, list[int]], objectives: dict[str, Objective]) -> None:
    for number, passage_ids in hung.items():
        if number in objectives:
            PassageEvidence.objects.filter(pk__in=passage_ids).update(objective=objectives[number])


def _empty(assessment: Assessment, *, keeps_passages: bool) -> None:
    assessment.version.objectives.all().delete()
    assessment.version.diagnoses.all().delete()
    assessment.choices.all().delete()
    if keeps_passages:
        return
    # Decisions on passages of documents go with the evidence they made.
    for suggestion in assessment.suggestions.filter(evidence__isnull=False):
        reopen([suggestion])
    assessment.passages.all().delete()
