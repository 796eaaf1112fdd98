"""Remarks and clarifications of an area that wait for an answer of the zone, and since when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from framework.models import Item
from plans.enums import RemarkSide, RemarkStatus
from plans.models import ItemChoice, Remark, RemarkEntry
from plans.selectors.coverage import PlanRow
from plans.selectors.coverage_area import Area

#: "Over a month" in days.
MONTH = 30


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """`item` None: about the whole plan. `days` since the zone was asked; the text is empty when hidden."""

    row: PlanRow
    version: int
    remark: int
    number: int
    item: Item | None
    kind: str
    since: datetime
    days: int
    text: str
    is_hidden: bool


def remark_entries(
    area: Area, item: Item | None = None, *, over_days: int | None = None, now: datetime | None = None
) -> list[RemarkLine]:
    """What waits longest comes first; of every shared version of the plans, under the edition asked for.

    Two queries. Waiting since the reviewer's first words after the last answer. `over_days`: more days than
    these, counted from moment to moment.
    """
    now = now or timezone.now()
    hidden = ItemChoice.objects.filter(
        assessment=OuterRef("assessment"), item=OuterRef("item"), is_item_confidential=True
    )
    entries = RemarkEntry.objects.filter(remark=OuterRef("pk"))
    answers = entries.filter(side=RemarkSide.ZONE).order_by("-pk").values("pk")[:1]
    asked = entries.filter(side=RemarkSide.REVIEWER, pk__gt=OuterRef("answered")).order_by("pk")
    remarks = (
        Remark.objects.visible_to(area.user)
        .filter(
            status=RemarkStatus.OPEN,
            assessment__edition=area.scope.edition,
            assessment__version__plan__in=list(area.by_plan),
            assessment__version__shared_at__isnull=False,
        )
        # Also for somebody who besides belongs to the zone: lists are as readers outside see them.
        .exclude(Exists(hidden))
        .annotate(answered=Coalesce(Subquery(answers), Value(0), output_field=IntegerField()))
        .annotate(since=Subquery(asked.values("written_at")[:1]), words=Subquery(asked.values("text")[:1]))
        .select_related("assessment__version")
        .order_by("since", "pk")
    )
    items = {each.pk: each for each in area.items}
    lines = []
    for remark in remarks:
        version = remark.assessment.version
        row, about = area.by_plan[version.plan_id], items.get(remark.item_id)
        if about is not None and row.cells and area.cell(row, about.pk) is None:
            continue  # made wholly confidential in a later version
        if item not in (None, about) or (
            over_days is not None and now - remark.since <= timedelta(days=over_days)
        ):
            continue
        is_hidden = remark.is_confidential and row.plan_id not in area.cleared
        lines.append(
            RemarkLine(
                row=row,
                version=version.number,
                remark=remark.pk,
                number=remark.number,
                item=about,
                kind=remark.kind,
                since=remark.since,
                days=(now - remark.since).days,
                text="" if is_hidden else remark.words,
                is_hidden=is_hidden,
            )
        )
    return lines
