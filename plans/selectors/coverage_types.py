"""What coverage is made of, as dataclasses: what is asked, the rows and their cells.

`plans.selectors.coverage` fills them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from framework.models import Edition, Item
from kiv.territory.models import Municipality, PoliceZone
from plans.enums import PlanKind
from plans.models import Cycle


class Basis(StrEnum):
    """Which version of a plan is shown: the latest shared, or the latest of which the review is finished."""

    SHARED = "shared"
    REVIEWED = "reviewed"


class Standing(StrEnum):
    """What is known of a zone's plan in a cycle."""

    NO_PLAN = "no_plan"
    PREPARATION = "preparation"
    SHARED = "shared"
    REVIEWED = "reviewed"


#: Standings of a plan that its zone has shared, whatever became of it since.
SHARED_STANDINGS = frozenset({Standing.SHARED, Standing.REVIEWED})


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked: one cycle under one edition, and which zones of the area.

    `counts_open` asks for `PlanRow.open_items`, `item` for `PlanRow.item_state`: both cost time per row.
    """

    cycle: Cycle
    edition: Edition
    basis: Basis = Basis.SHARED
    kind: str = PlanKind.ZONAL
    province_id: int | None = None
    district_id: int | None = None
    words: str = ""
    counts_open: bool = False
    item: Item | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """An item of a plan. `reviewed` is the level that review gave it; None until the review is finished."""

    state: str
    level: int
    choice: str
    reviewed: int | None

    @property
    def shift(self) -> int | None:
        """Reviewed less derived level."""
        return None if self.reviewed is None else self.reviewed - self.level


#: (item's id, cell) → in how many plans.
Tallies = Mapping[tuple[int, Cell], int]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan, or a zone without one (`plan_id` None).

    `cells` in the order of the edition's items; None for an item that is wholly confidential. Without cells
    there is nothing to show: no plan, in preparation, or checked under `other_edition` only. `standing` is
    that of the plan's latest shared version, whatever the basis; `version` is the number of the one shown,
    and `shared_at` belongs to that version, or to the latest shared one where none is shown.
    """

    zone: PoliceZone
    municipality: Municipality | None
    plan_id: int | None
    standing: Standing
    version: int | None = None
    shared_at: datetime | None = None
    assessment_id: int | None = None
    other_edition: str = ""
    open_items: int = 0
    item_state: str = ""
    cells: tuple[Cell | None, ...] = ()

    @property
    def place_name(self) -> str:
        return self.municipality.name if self.municipality else self.zone.label
