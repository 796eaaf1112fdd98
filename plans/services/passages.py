"""Correcting what is known of one passage: its language, and whether it is confidential."""

from django.core.exceptions import ValidationError

from kiv.audit.services import record
from plans.models import Assessment, Passage
from plans.models.document import TEXT_LANGUAGES
from plans.selectors.suggestions import language_by_hand, language_of
from plans.services.editing import StaleEdit, change_of
from plans.services.laying import settle_evidence
from plans.services.suggesting import suggest_for_document


def change_passage(
    *,
    assessment: Assessment,
    passage: Passage,
    language: str,
    is_confidential: bool,
    seen_language: str | None,
    seen_confidential: bool | None,
    by,
) -> Passage:
    """Set language ("" leaves it to the program) and confidentiality of a passage.

    `seen_language` ("" when nobody had set one) and `seen_confidential` are what the person had before them.
    Another language means that the document is matched again. Evidence taken from it follows. Raises
    StaleEdit when the passage is gone or is not what was seen, and what `change_of` raises.
    """
    if language and language not in dict(TEXT_LANGUAGES):
        raise ValidationError(f"{language}: no language of a plan")
    version = assessment.version
    with change_of(version, by=by):
        stored = (
            Passage.objects.select_related("document")
            .filter(pk=passage.pk, document__version=version)
            .first()
        )
        if stored is None:
            raise StaleEdit(passage)
        if (language_by_hand(stored), stored.is_confidential) != (seen_language, seen_confidential):
            raise StaleEdit(stored)
        before = language_of(stored.document, stored)
        if language:
            stored.language, stored.is_language_by_hand = language, True
        stored.is_confidential = is_confidential
        stored.save()
        if language_of(stored.document, stored) != before:
            for one in version.assessments.select_related("edition"):
                suggest_for_document(assessment=one, document=stored.document)
        settle_evidence(stored.document, [stored])
        record(
            "passage.changed",
            by=by,
            on=stored,
            zone_id=version.plan.zone_id,
            plan=version.plan_id,
            language=stored.language,
            confidential=is_confidential,
        )
    return stored
