"""How fast the matrix of a country is, against its bare queries and a plain join of the same cells; and
whether one plan's pages mind how many others there are.

Prints ratios within one run, on SQLite and, where a server is found, on PostgreSQL: the page at 176, 1,760
and 17,600 zones against the floor and against linear growth; the check page and one saved change; the size of
the page, and what Python holds at most while it makes one. The floor is the page's own queries for rows,
cells and counts through a bare cursor, and one join; it leaves out session, rights, form, words and frame.
"""

import os
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from time import perf_counter, process_time
from timeit import repeat

from benchmarks.documents import own_database

SIZES = (176, 1_760, 17_600)
PLAN = Path(__file__).parents[1] / "plans" / "demo" / "antwerpen-2026-2031.yaml"
EDITION = "kiv-2022-2024"
#: Where the assessment stands in what is found of a row.
ASSESSMENT = 16


def best_of(*functions: Callable[[], object], times: int, clock=perf_counter) -> list[float]:
    """Seconds of the fastest run of each, after one that is not counted; in turns, so that whatever else the
    machine does hits all of them."""
    spent: list[list[float]] = [[] for _function in functions]
    for _ in range(times + 1):
        for function, seconds in zip(functions, spent, strict=True):
            start = clock()
            function()
            seconds.append(clock() - start)
    return [min(seconds[1:]) for seconds in spent]


def make_people():
    """A coordinator of the country, and the lead of a zone with a real plan."""
    from framework.models import Edition
    from kiv.accounts.enums import Role
    from kiv.accounts.models import Membership, User
    from kiv.territory.models import PoliceZone, ZoneLineage
    from plans.models import Cycle
    from plans.planformat import read_plan
    from plans.selectors.scoring_input import published_items
    from plans.services.importing import import_plan
    from plans.services.plans import create_plan

    zone = PoliceZone.objects.create(name="PZ Own")
    ZoneLineage.objects.create(zone=zone, ancestor=zone)
    people = [User.objects.create(email=f"{n}@example.be", name=n) for n in ("coordinator", "lead")]
    Membership.objects.create(user=people[0], role=Role.COORDINATOR)
    Membership.objects.create(user=people[1], role=Role.ZONE_LEAD, zone=zone)
    cycle, edition = Cycle.objects.get(name="2026-2031"), Edition.objects.get(code=EDITION)
    assessment = create_plan(zone=zone, cycle=cycle, edition=edition, language="nl", by=None)
    import_plan(assessment=assessment, content=read_plan(PLAN.read_bytes(), published_items()), by=None)
    return people, assessment


def floors_of(user, scope) -> tuple[Callable[[], str], Callable[[], str]]:
    """One page's rows and cells by a bare cursor, joined without escaping or looking anything up; first with
    the counts of the columns, which are a part of the answer, then without."""
    from django.db import connection
    from django.db.models import Count

    from plans.reports.coverage_page import PAGE_LENGTH
    from plans.selectors import coverage

    heads_sql = coverage._zones_and_versions(user, scope).query.sql_with_params()
    shown = [row.assessment_id for row in coverage.row_heads(user, scope) if row.assessment_id]
    on_page = [
        row.assessment_id for row in coverage.row_heads(user, scope)[:PAGE_LENGTH] if row.assessment_id
    ]
    cells = coverage._shown_scores(on_page).values_list("assessment", "item", *coverage.CELL_FIELDS)
    counts = coverage._shown_scores(shown).values_list("item", *coverage.CELL_FIELDS).annotate(n=Count("pk"))
    cells_sql, counts_sql = cells.query.sql_with_params(), counts.query.sql_with_params()

    def join(*, counted: bool) -> str:
        with connection.cursor() as cursor:
            cursor.execute(*heads_sql)
            heads = cursor.fetchall()
            cursor.execute(*cells_sql)
            lines: dict[int, list[str]] = {}
            for assessment, _item, state, level, choice, reviewed in cursor.fetchall():
                lines.setdefault(assessment, []).append(f"<td>{state} {level} {choice} {reviewed}</td>")
            if counted:
                cursor.execute(*counts_sql)
                lines[0] = [f"<td>{count[-1]}</td>" for count in cursor.fetchall()]
        return "".join(
            f"<tr><th>{head[1]} {head[2]}</th>{''.join(lines.get(head[ASSESSMENT], ()))}</tr>"
            for head in heads[:PAGE_LENGTH]
        )

    return lambda: join(counted=True), lambda: join(counted=False)


def measure() -> None:
    from django.db import connection
    from django.test import Client

    from benchmarks.country import build_country
    from plans.models import ItemChoice
    from plans.selectors.coverage import Scope
    from plans.services.choices import ChoiceChange, save_choices

    (coordinator, lead), assessment = make_people()
    clients = {"coordinator": Client(), "lead": Client()}
    clients["coordinator"].force_login(coordinator)
    clients["lead"].force_login(lead)
    version = assessment.version
    scope = Scope(version.plan.cycle, assessment.edition)

    def fetch(who: str, address: str) -> bytes:
        response = clients[who].get(address)
        if response.status_code != 200:
            raise RuntimeError(f"{address}: {response.status_code}")
        return response.content

    def page() -> bytes:
        return fetch("coordinator", "/coverage/")

    def check() -> bytes:
        return fetch("lead", f"/plans/{version.plan_id}/")

    def change() -> None:
        stored = ItemChoice.objects.filter(assessment=assessment, item__code="P2").first()
        choice = "undecided" if stored and stored.choice == "retained" else "retained"
        wanted = ChoiceChange(item="P2", choice=choice, revision=stored.revision if stored else 0)
        save_choices(assessment=assessment, by=lead, changes=[wanted])

    matrix, others = {}, {}
    zones = 1
    for size in SIZES:
        build_country(size - zones, edition=assessment.edition, cycle=scope.cycle, seed=size)
        zones = size
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        times = 25 if size == SIZES[0] else 7
        # SQLite works in this process: its time is ours, whoever else is busy. PostgreSQL's is not.
        clock = process_time if connection.vendor == "sqlite" else perf_counter
        floors = floors_of(coordinator, scope)
        matrix[size], floor, bare = best_of(page, *floors, times=times, clock=clock)
        others[size] = best_of(check, change, times=15, clock=clock)
        tracemalloc.start()
        length = len(page())
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(
            f"{connection.vendor}, {size} zones: matrix {matrix[size] * 1000:.0f} ms, "
            f"floor {floor * 1000:.1f} ms, {matrix[size] / floor:.1f} × the floor "
            f"({matrix[size] / bare:.1f} × without its counts); "
            f"{length // 1024} KiB, at most {peak / 2**20:.0f} MiB held"
        )
    for small, large in pairwise(SIZES):
        growth = matrix[large] / matrix[small] / (large / small)
        print(f"{connection.vendor}, matrix {small} → {large} zones: {growth:.2f} × linear")
    for at, name in enumerate(("check page", "one saved change")):
        ratio = others[SIZES[-1]][at] / others[SIZES[0]][at]
        print(f"{connection.vendor}, {name} {SIZES[0]} → {SIZES[-1]} zones: {ratio:.2f} ×")


def main() -> None:
    """Each database in a process of its own; Django takes its settings once."""
    from benchmarks.scoring import make_plan
    from plans.scoring import score_plan
    from tasks.programs import POSTGRES_HINT, find_postgres

    plan = make_plan(40)
    seconds = min(repeat(lambda: score_plan(plan), timer=process_time, number=20, repeat=5)) / 20
    print(f"scoring, 40 objectives of 5 pieces: {1 / seconds:.0f} plans a second", flush=True)
    command = [sys.executable, "-m", "benchmarks.coverage", "measure"]
    without = {name: value for name, value in os.environ.items() if name != "TEST_DATABASE_URL"}
    subprocess.run(command, env=without, check=True)  # noqa: S603 (ourselves)
    if "TEST_DATABASE_URL" in os.environ:
        subprocess.run(command, check=True)  # noqa: S603
    elif binaries := find_postgres():
        from tests.postgres_cluster import PostgresCluster

        cluster = PostgresCluster(binaries)
        try:
            there = without | {"TEST_DATABASE_URL": cluster.url("postgres")}
            subprocess.run(command, env=there, check=True)  # noqa: S603
        finally:
            cluster.stop()
    else:
        print(f"not on PostgreSQL: {POSTGRES_HINT}")


if __name__ == "__main__":
    if sys.argv[1:] == ["measure"]:
        with tempfile.TemporaryDirectory() as folder, own_database(Path(folder)):
            measure()
    else:
        main()
