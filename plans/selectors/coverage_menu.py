"""What the coverage pages offer to ask for: cycles, editions with their items, and one's own saved views."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import BooleanField, CharField, Exists, OuterRef, Value

from framework.enums import EditionStatus
from framework.models import Edition, Item
from plans.models import Cycle, Plan, SavedView
from plans.selectors.coverage_links import know_successors


@dataclass(frozen=True, slots=True)
class Menu:
    """Newest first. `items`: edition's code → its items in order. `cycle` and `edition` are shown unasked;
    None when there are none at all.
    """

    cycles: tuple[Cycle, ...]
    editions: tuple[Edition, ...]
    items: Mapping[str, tuple[Item, ...]]
    views: tuple[SavedView, ...]
    cycle: Cycle | None
    edition: Edition | None


def coverage_menu(user) -> Menu:
    """Two queries. The newest cycle in which there are plans comes first, else the newest; the edition that
    was published last."""
    items: dict[str, list[Item]] = {}
    editions: dict[str, Edition] = {}
    shown = Item.objects.visible_to(user).filter(edition__published_at__isnull=False)
    # Without the long texts, which no coverage page shows.
    shown = shown.select_related("edition").defer(
        "summary",
        "example",
        "title_status",
        "edition__introduction",
        "edition__subtitle",
        "edition__title_status",
    )
    for item in shown.order_by("-edition__published_at", "-edition", "position"):
        edition = editions.setdefault(item.edition.code, item.edition)
        items.setdefault(edition.code, []).append(item)
    cycles, views, used = _cycles_and_views(user)
    know_successors(editions.values())
    return Menu(
        cycles=cycles,
        editions=tuple(editions.values()),
        items={code: tuple(listed) for code, listed in items.items()},
        views=views,
        cycle=next((cycle for cycle in cycles if cycle.pk in used), cycles[0] if cycles else None),
        edition=_current(editions.values()),
    )


def _current(editions) -> Edition | None:
    """As EditionQuerySet.latest_published; an archived one only where there is no other."""
    editions = list(editions)
    published = [edition for edition in editions if edition.status == EditionStatus.PUBLISHED]
    return next(iter(published or editions), None)


def _cycles_and_views(user) -> tuple[tuple[Cycle, ...], tuple[SavedView, ...], set[int]]:
    """Two short lists of names, read together; and the cycles in which there are plans."""
    columns = ("is_view", "pk", "name", "query", "first_year", "last_year", "is_used")
    a_cycle = Cycle.objects.annotate(
        is_view=Value(False, BooleanField()),
        query=Value("", CharField()),
        is_used=Exists(Plan.objects.filter(cycle=OuterRef("pk"))),
    )
    a_view = SavedView.objects.filter(user=user).annotate(
        is_view=Value(True, BooleanField()),
        first_year=Value(0),
        last_year=Value(0),
        is_used=Value(False, BooleanField()),
    )
    cycles, views, used = [], [], set()
    for is_view, pk, name, query, first, last, is_used in (
        a_cycle.order_by().values_list(*columns).union(a_view.order_by().values_list(*columns), all=True)
    ):
        if is_view:
            views.append(SavedView(pk=pk, name=name, query=query))
            continue
        cycles.append(Cycle(pk=pk, name=name, first_year=first, last_year=last))
        if is_used:
            used.add(pk)
    cycles.sort(key=lambda cycle: (-cycle.first_year, cycle.name))
    views.sort(key=lambda view: view.name.casefold())
    return tuple(cycles), tuple(views), used
