"""What happened: the events of one plan, as far as a reader may know of them, and those of the whole site.

Inside the zone everything; a coordinator what is said of shared versions; a system administrator everything
of every zone, but of plans no details. Not here: the words (plans.history_sentences).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from framework.models import Edition
from kiv.accounts.access import access_of
from kiv.accounts.models import User
from kiv.audit.models import AuditEvent
from kiv.territory.models import PoliceZone
from plans.models import ItemChoice, Objective, Plan, PlanVersion
from plans.selectors.disclosure import Reader

#: Group → the first words of its events' names. Every event belongs to one group (tested).
PLAN_GROUPS: dict[str, tuple[str, ...]] = {
    "plan": ("plan", "version", "assessment", "example"),
    "steps": ("step",),
    "review": ("reading", "item", "remark"),
    "entries": ("objective", "action", "indicator", "diagnosis"),
    "choices": ("choices",),
    "work": ("assignment",),
    "comments": ("comment",),
    "documents": ("document",),
    "passages": ("passage",),
}
SITE_GROUPS: dict[str, tuple[str, ...]] = {
    "people": ("person", "membership", "token"),
    "zones": ("zone", "zones"),
    "framework": ("edition", "lexicon", "cycle"),
    "site": ("demo",),
}
GROUPS = PLAN_GROUPS | SITE_GROUPS
#: Of what the zone says among itself nobody else is told, not even that something was said.
NEVER_OUTSIDE = ("comments",)
TOLD_ADMINISTRATORS = {group: names for group, names in GROUPS.items() if group not in NEVER_OUTSIDE}
#: What is told outside the zone, of shared versions only. An event says its version's `number` for that;
#: without one, and whatever is not named here, it is the zone's own work.
TOLD_OUTSIDE = frozenset(
    {"version.shared", "version.reviewed", "version.review_reopened", "step.recorded", "step.removed"}
)
#: Besides, told to whoever reviews: that both sides said something of a version, never a word of it. Not to
#: who still reads blind, for whom remarks do not exist. Who read which item stays inside: readings are
#: independent.
TOLD_REVIEWERS = frozenset({"remark.written", "remark.answered", "remark.replied", "remark.closed"})
#: Details that name items, one or several.
ONE_ITEM, MANY_ITEMS = ("item", "moved_from"), ("items", "choices")
OPERATOR, FORMER = "operator", "former"
#: The event of which there is one for each item that is read: a day of reviewing would fill pages.
FOLDED = "item.reviewed"
#: The event that says who got items.
ASSIGNED = "assignment.set"


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter. `person`: an id, OPERATOR or FORMER; empty is everybody, as None is any day."""

    person: str = ""
    group: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class People:
    """Who did something: id → name, of people who are still known; `former` are the ids of the others."""

    names: Mapping[int, str]
    former: frozenset[int]
    has_operator: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as a reader may know it. `person` is a name, OPERATOR or FORMER as `is_named` says, and
    `person_id` tells people of one name apart.

    `number` is that of the objective it is about, as far as it is still there; `kinds` gives the kind of
    items by their codes. Whom it `concerns` (a name or FORMER): in a plan who got the items, on the site
    whose account or role it is. `zone` is filled in for the site's history only.
    """

    at: datetime
    event: str
    person: str
    is_named: bool
    data: Mapping[str, Any]
    number: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)
    zone: PoliceZone | None = None
    concerns: str = ""
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class PlanHistory:
    """Reading one plan's events. `hidden` are codes of items that this reader does not know of."""

    events: QuerySet
    edition: Edition
    hidden: frozenset[str] = frozenset()

    def entries(self, events: Iterable[AuditEvent], people: People) -> list[Entry]:
        """At most three queries, however many events."""
        events = list(events)
        if not events:
            return []
        numbers = _objective_numbers(events)
        kinds = dict(self.edition.items.values_list("code", "kind"))
        assigned = {event.pk: event.data["user_id"] for event in events if event.event == ASSIGNED}
        names = _names(assigned.values()) if assigned else {}
        return [
            Entry(
                at=event.at,
                event=event.event,
                **_actor(event, people),
                data=_without(event.data, self.hidden),
                number=numbers.get(event.on_id, "") if event.on_type == "plans.objective" else "",
                kinds=kinds,
                concerns=names.get(assigned[event.pk], FORMER) if event.pk in assigned else "",
            )
            for event in events
        ]


def history_of(plan: Plan, edition: Edition, reader: Reader) -> PlanHistory:
    """The plan's events, newest first. No query inside the zone, two for others."""
    events = AuditEvent.objects.filter(plan_id=plan.pk).order_by("-id")
    if reader.is_inside:
        return PlanHistory(events, edition)
    shared = PlanVersion.objects.filter(plan=plan, shared_at__isnull=False)
    hidden = ItemChoice.objects.filter(assessment__version__plan=plan, is_item_confidential=True)
    codes = sorted(set(hidden.order_by().values_list("item__code", flat=True)))
    named = TOLD_OUTSIDE if reader.is_blind else TOLD_OUTSIDE | TOLD_REVIEWERS
    told = events.filter(
        event__in=sorted(named), data__number__in=list(shared.values_list("number", flat=True))
    )
    if codes:
        for name in ONE_ITEM:
            told = told.filter(Q(**{f"data__{name}__isnull": True}) | ~Q(**{f"data__{name}__in": codes}))
    return PlanHistory(told, edition, frozenset(codes))


def folded(entries: Iterable[Entry]) -> list[tuple[Entry, ...]]:
    """The entries in their order; what one person read of one review on one day, in a row, as one group."""

    def same(entry: Entry) -> tuple[Any, ...]:
        if entry.event != FOLDED:
            return (id(entry),)
        about = (entry.data.get("number"), entry.data.get("reading"))
        return (FOLDED, *about, entry.person_id, localtime(entry.at).date())

    return [tuple(group) for _same, group in groupby(list(entries), key=same)]


def groups_told(reader: Reader) -> list[str]:
    """The groups of a plan's events that a reader may ask for."""
    return [group for group in PLAN_GROUPS if reader.is_inside or group not in NEVER_OUTSIDE]


def site_history(user) -> QuerySet:
    """Every event but what stays inside a zone, newest first, for system administrators; for others none."""
    if not access_of(user).is_system_administrator:
        return AuditEvent.objects.none()
    events = AuditEvent.objects.order_by("-id")
    for group in NEVER_OUTSIDE:
        events = events.exclude(_of_group(group))
    return events


def site_entries(events: Iterable[AuditEvent], people: People) -> list[Entry]:
    """Two queries. Of what happened in plans no details: administering a site opens no plan."""
    events = list(events)
    concerned = {event.pk: pk for event in events if (pk := _concerned_id(event)) is not None}
    names = _names(concerned.values())
    zones = PoliceZone.objects.in_bulk({event.zone_id for event in events if event.zone_id})
    return [
        Entry(
            at=event.at,
            event=event.event,
            **_actor(event, people),
            data={} if group_of(event.event) in PLAN_GROUPS or event.plan_id else event.data,
            zone=zones.get(event.zone_id),
            concerns=names.get(concerned[event.pk], FORMER) if event.pk in concerned else "",
        )
        for event in events
    ]


def people_in(events: QuerySet) -> People:
    """Everybody who did one of these. Two queries."""
    ids = set(events.order_by().values_list("actor_id", flat=True).distinct())
    names = _names(ids - {None})
    return People(names, frozenset(ids - {None} - names.keys()), None in ids)


def narrow(events: QuerySet, asked: Asked, people: People) -> QuerySet:
    """The events that the filter asks for. Days are those of the site's time zone, both included."""
    if asked.person == OPERATOR:
        events = events.filter(actor_id=None)
    elif asked.person == FORMER:
        events = events.filter(actor_id__in=sorted(people.former))
    elif asked.person:
        events = events.filter(actor_id=int(asked.person))
    if asked.group:
        events = events.filter(_of_group(asked.group))
    if asked.since:
        events = events.filter(at__date__gte=asked.since)
    if asked.until:
        events = events.filter(at__date__lte=asked.until)
    return events


def group_of(event: str) -> str:
    """The group of an event; empty for a name that the product no longer knows."""
    subject = event.partition(".")[0]
    return next((group for group, subjects in GROUPS.items() if subject in subjects), "")


def _of_group(group: str) -> Q:
    named = Q()
    for subject in GROUPS[group]:
        named |= Q(event__startswith=f"{subject}.")
    return named


def _names(ids: Iterable[int]) -> dict[int, str]:
    """Who of them is still known, by name."""
    known = User.objects.filter(pk__in=sorted(set(ids)), erased_at=None).order_by("name", "pk")
    return {user.pk: str(user) for user in known.only("name", "email")}


def _concerned_id(event: AuditEvent) -> int | None:
    """The person whose account or membership an event is about."""
    if event.on_type == "accounts.user":
        return int(event.on_id)
    owned = ("accounts.membership", "accounts.apitoken")
    return event.data.get("user_id") if event.on_type in owned else None


def _actor(event: AuditEvent, people: People) -> dict[str, Any]:
    if event.actor_id is None:
        return {"person": OPERATOR, "is_named": False}
    name = people.names.get(event.actor_id)
    return {"person": name or FORMER, "is_named": name is not None, "person_id": event.actor_id}


def _objective_numbers(events: Iterable[AuditEvent]) -> dict[str, str]:
    ids = {event.on_id for event in events if event.on_type == "plans.objective"}
    rows = Objective.objects.filter(pk__in=sorted(map(int, ids))).values_list("pk", "number")
    return {str(pk): number for pk, number in rows}


def _without(data: Mapping[str, Any], hidden: frozenset[str]) -> dict[str, Any]:
    """The details without the items that this reader does not know of."""
    if not hidden:
        return dict(data)
    kept = {name: value for name, value in data.items() if name not in ONE_ITEM or value not in hidden}
    for name in MANY_ITEMS:
        if isinstance(value := kept.get(name), dict):
            kept[name] = {code: choice for code, choice in value.items() if code not in hidden}
        elif isinstance(value, list):
            kept[name] = [code for code in value if code not in hidden]
    return kept
