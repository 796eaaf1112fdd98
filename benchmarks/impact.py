"""How long the impact of an edition takes on a country, and how much memory, against the plan alone.

Prints on SQLite, within one run: seconds and time a plan at 176 and 1,760 zones, the ratio of both, the ratio
to scoring the same content alone, and what Python holds at most at each size. Every zone has the same real
plan, shared; the draft is the invented edition of the tests.
"""

import tempfile
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

from benchmarks.documents import own_database

ROOT = Path(__file__).parents[1]
SIZES = (176, 1_760)
PLAN = ROOT / "plans" / "demo" / "antwerpen-2026-2031.yaml"
DRAFT = ROOT / "tests" / "framework" / "data" / "kiv-2027-invented.yaml"
BATCH = 500


def share_plans(zones: int, *, edition, cycle, text: str) -> None:
    """`zones` zones more in ten provinces, each with a shared plan of which `text` is the snapshot."""
    from kiv.territory.models import PoliceZone, Province
    from plans.models import Assessment, Plan, PlanVersion, Snapshot
    from plans.services.sharing import snapshot_values

    moment = datetime(2026, 3, 2, 9, tzinfo=UTC)
    provinces = [Province.objects.get_or_create(code=f"province-{n}")[0] for n in range(10)]
    first = PoliceZone.objects.count()
    made = PoliceZone.objects.bulk_create(
        PoliceZone(name=f"PZ {at:05}", province=provinces[at % len(provinces)], languages=["nl"])
        for at in range(first, first + zones)
    )
    plans = Plan.objects.bulk_create(
        Plan(zone=zone, cycle=cycle, kind="zonal", language="nl") for zone in made
    )
    versions = PlanVersion.objects.bulk_create(
        PlanVersion(plan=plan, number=1, status="shared", shared_at=moment) for plan in plans
    )
    assessments = Assessment.objects.bulk_create(
        Assessment(version=version, edition=edition, rubric="1") for version in versions
    )
    values = snapshot_values(text, moment)
    snapshots = (Snapshot(assessment=each, **values) for each in assessments)
    Snapshot.objects.bulk_create(snapshots, batch_size=BATCH)


def measure() -> None:
    from django.core.management import call_command

    from framework.models import Edition
    from plans.models import Cycle
    from plans.planformat import read_plan, scoring_input
    from plans.planformat.snapshot import make_snapshot
    from plans.reports.impact import impact_of
    from plans.scoring import score_plan
    from plans.selectors.impact import ImpactScope
    from plans.selectors.scoring_input import published_items, scoring_items

    call_command("load_edition", str(DRAFT), verbosity=0)
    draft = Edition.objects.select_related("predecessor").get(code="kiv-2027-invented")
    content = read_plan(PLAN.read_bytes(), published_items())
    items = scoring_items(draft.predecessor)
    text = make_snapshot(content, items, has_successor=False)
    cycle = Cycle.objects.get(name="2026-2031")
    scope = ImpactScope(draft, (cycle,))

    start, rounds = process_time(), 100
    for _ in range(rounds):
        score_plan(scoring_input(content, items))
    alone = (process_time() - start) / rounds

    zones, spent, held = 0, {}, {}
    for size in SIZES:
        share_plans(size - zones, edition=draft.predecessor, cycle=cycle, text=text)
        zones = size
        impact_of(scope)
        start = process_time()
        if impact_of(scope).plans != size:
            raise RuntimeError("not every plan was counted")
        spent[size] = process_time() - start
        tracemalloc.start()
        impact_of(scope)
        held[size] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        each = spent[size] / size
        print(
            f"sqlite, {size} zones: {spent[size]:.1f} s, {each * 1000:.1f} ms a plan "
            f"({each / alone:.1f} × scoring it), at most {held[size] / 2**20:.1f} MiB held",
            flush=True,
        )
    small, large = SIZES
    growth = spent[large] / spent[small] / (large / small)
    print(
        f"sqlite, {small} → {large} zones: time {growth:.2f} × linear, "
        f"memory {held[large] / held[small]:.2f} ×"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, own_database(Path(folder)):
        measure()


if __name__ == "__main__":
    main()
