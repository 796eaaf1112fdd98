"""Beginning a draft: from nothing, or as a copy of an edition. From a file: loading."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from framework import rules
from framework.export import edition_as_data
from framework.models import CriterionText, Edition, Framework
from framework.parsing import EditionFile
from framework.services.storing import store_contents
from framework.texts import CRITERION_TEXTS, OURS
from kiv.audit.services import record


@transaction.atomic
def start_edition(
    *,
    code: str,
    framework: Framework,
    period: tuple[int, int],
    title: dict[str, str],
    by: Any,
    copied_from: Edition | None = None,
) -> Edition:
    """A new draft. With `copied_from` it holds what that edition says, and comes after it; else nothing but
    the criteria of the edition published last.

    A new edition's own title is ours until somebody says that it is official; attachments and the date of
    approval are not copied, nor is what became of items. Raises ValidationError when the code is taken.
    """
    rules.check_administrator(by)
    status = dict.fromkeys(title, OURS)
    try:
        with transaction.atomic():
            edition = Edition.objects.create(
                framework=framework,
                code=code,
                predecessor=copied_from,
                first_year=period[0],
                last_year=period[1],
                title=title,
                title_status=status,
            )
    except IntegrityError:
        raise ValidationError({"code": _("There is an edition with this code already.")}) from None
    if copied_from is None:
        _copy_criteria(edition)
    else:
        own = {"code": code, "predecessor": copied_from.code, "period": list(period), "approved": None}
        texts = {"title": title, "title_status": status, "attachments": [], "correspondences": None}
        content = edition_as_data(copied_from) | own | texts
        store_contents(edition, EditionFile.model_validate(content))
    record(
        "edition.started",
        by=by,
        on=edition,
        code=code,
        copied_from=copied_from.code if copied_from else "",
        items=edition.items.count(),
    )
    return edition


def _copy_criteria(edition: Edition) -> None:
    """What the method asks hardly differs between editions; without an earlier one it is written by hand."""
    latest = Edition.objects.latest_published()
    criteria = latest.criteria.all() if latest else ()
    CriterionText.objects.bulk_create(
        CriterionText(
            edition=edition,
            code=criterion.code,
            position=criterion.position,
            **{name: getattr(criterion, name) for name in CRITERION_TEXTS},
        )
        for criterion in criteria
    )
