"""What the spreadsheet of 176 zones × 15 items costs beside the bare writer: at most five times as much.

The bare writer puts one such table of numbers into a file, without heads, formats or a cover. Ours has four
such tables with names, places and dates before them, the counts and a cover. No database.
"""

import os
from datetime import UTC, datetime
from io import BytesIO
from timeit import repeat

ZONES, ITEMS = 176, 15
#: Of ten zones: one without a plan, one in preparation, five shared, three reviewed.
STANDINGS = ("no_plan", "preparation", *["shared"] * 5, *["reviewed"] * 3)


def write_bare() -> None:
    from xlsxwriter import Workbook

    book = Workbook(BytesIO(), {"in_memory": True})
    page = book.add_worksheet()
    for row in range(ZONES):
        for column in range(ITEMS):
            page.write(row, column, (row + column) % 5)
    book.close()


def make_paper():
    """A paper as the reports make it, from objects that are in no database."""
    from framework.models import Edition, Item
    from kiv.territory.models import PoliceZone, Province
    from plans.models import Cycle
    from plans.reports.coverage import Coverage
    from plans.reports.coverage_paper import paper_of
    from plans.selectors.coverage import Cell, PlanRow, Scope, Standing

    moment = datetime(2026, 1, 5, 9, tzinfo=UTC)
    edition = Edition(code="kiv", title={"nl": "Kadernota"})
    items = tuple(
        Item(pk=n, code=f"I{n}", kind="theme" if n >= 10 else "priority", short={"nl": f"item {n}"})
        for n in range(ITEMS)
    )
    province = Province(code="p", name={"nl": "Provincie"})
    states = ("elaborated", "to_elaborate", "regular", "motivated", "open")
    cells = {
        Standing.SHARED: [Cell(state, at, "retained", None) for at, state in enumerate(states)],
        Standing.REVIEWED: [Cell(state, at, "retained", at) for at, state in enumerate(states)],
    }
    standings = [Standing(name) for name in STANDINGS]
    rows = tuple(
        PlanRow(
            zone=PoliceZone(pk=n, code=f"{5000 + n}", name=f"PZ {n}", province=province),
            municipality=None,
            plan_id=n,
            standing=standings[n % 10],
            version=1,
            shared_at=moment,
            assessment_id=n,
            cells=tuple(cells[standings[n % 10]][(n + at) % 5] for at in range(ITEMS))
            if standings[n % 10] in cells
            else (),
        )
        for n in range(ZONES)
    )
    scope = Scope(Cycle(name="2026-2031"), edition)
    return paper_of(Coverage(scope, items, rows), area="", made_at=moment)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiv.settings_test")
    import django

    django.setup()
    from plans.reports.coverage_xlsx import write_coverage_xlsx

    paper = make_paper()
    ours = min(repeat(lambda: write_coverage_xlsx(paper), number=1, repeat=9))
    bare = min(repeat(write_bare, number=1, repeat=9))
    print(f"XLSX of {ZONES} × {ITEMS}: {ours * 1000:.0f} ms, {ours / bare:.1f} × the bare writer")


if __name__ == "__main__":
    main()
