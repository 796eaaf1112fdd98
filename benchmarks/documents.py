"""How long a document takes from file to stored suggestions, against reading and matching the same file.

Prints seconds and ratios for the made-up PDF of 84,000 words: put into a plan, replaced by itself with its
pages in another order (every passage moves), and the part of each during which others wait for the lock.
In a SQLite file of its own, or in a new database beside TEST_DATABASE_URL.
"""

import os
import random
import re
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from benchmarks.extraction import make_pdf

PAGES = 200
EDITION = "kiv-2022-2024"
ROOT = Path(__file__).parents[1]


def shuffle_pages(data: bytes) -> bytes:
    """The same PDF with its pages in another order; no byte moves but those of the list of pages."""
    listed = re.search(rb"/Kids \[([^\]]*)\]", data)
    pages = listed[1].split(b" 0 R")[:-1]
    random.Random(7).shuffle(pages)  # noqa: S311 (an order, no secret)
    order = b"".join(number.strip() + b" 0 R " for number in pages).rstrip()
    return data[: listed.start(1)] + order + data[listed.end(1) :]


@contextmanager
def own_database(folder: Path) -> Iterator[None]:
    """A database that nothing else uses, with the shipped edition, its lexicon and a zone."""
    os.environ |= {
        "KIV_DATA_DIR": str(folder),
        "DATABASE_URL": os.environ.get("TEST_DATABASE_URL", f"sqlite:///{folder / 'kiv.sqlite3'}"),
        "DJANGO_SETTINGS_MODULE": "kiv.settings_test",
    }
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    is_file = connection.vendor == "sqlite"
    name = str(folder / "bench.sqlite3") if is_file else f"bench_kiv_{uuid.uuid4().hex[:12]}"
    connection.settings_dict["TEST"]["NAME"] = name
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        for path in sorted((ROOT / "framework" / "data").glob("kiv-*.yaml")):
            call_command("load_edition", str(path), publish=True, verbosity=0)
        call_command("load_cycles", verbosity=0)
        call_command("load_lexicon", EDITION, verbosity=0)
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


@contextmanager
def clock(spent: dict[str, float], name: str) -> Iterator[None]:
    start = perf_counter()
    try:
        yield
    finally:
        spent[name] = perf_counter() - start


def measure() -> dict[str, float]:
    """Seconds by step."""
    from framework.models import Edition
    from kiv.territory.models import PoliceZone, ZoneLineage
    from plans import extraction
    from plans.models import Cycle, Document
    from plans.selectors.lexicons import lexicon_in_force
    from plans.selectors.suggestions import match_rows
    from plans.services import documents
    from plans.services.laying import make_rows
    from plans.services.plans import create_plan

    zone = PoliceZone.objects.create(name="PZ")
    ZoneLineage.objects.create(zone=zone, ancestor=zone)
    edition, cycle = Edition.objects.get(code=EDITION), Cycle.objects.latest("first_year")
    version = create_plan(zone=zone, cycle=cycle, edition=edition, language="nl", by=None).version
    lexicon, spent = lexicon_in_force(edition).compiled, {}
    data = make_pdf(PAGES)
    change_of = documents.change_of

    @contextmanager
    def timed_change(*args, **kwargs):
        with clock(spent, "locked"), change_of(*args, **kwargs):
            yield

    documents.change_of = timed_change
    with clock(spent, "extraction"):
        extracted = extraction.extract(data, name="plan.pdf")
    document = Document(version=version)
    with clock(spent, "matching"):
        match_rows(document, make_rows(document, extracted), lexicon)
    with clock(spent, "upload"):
        document = documents.add_document(
            version=version, kind="plan", filename="plan.pdf", data=data, by=None
        )
    spent["upload locked"] = spent.pop("locked")
    with clock(spent, "replace"):
        documents.replace_document(
            document=document, filename="plan.pdf", data=shuffle_pages(data), revision=1, by=None
        )
    spent["replace locked"] = spent.pop("locked")
    spent["passages"] = document.passages.count()
    spent["suggestions"] = version.assessments.get().suggestions.count()
    return spent


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, own_database(Path(folder)):
        spent = measure()
    reading = spent["extraction"] + spent["matching"]
    print(f"PDF of {PAGES} pages: {spent['passages']} passages, {spent['suggestions']} suggestions")
    print(f"extraction {spent['extraction']:.2f} s, matching {spent['matching']:.2f} s")
    for name in ("upload", "replace"):
        print(
            f"{name}: {spent[name]:.2f} s, {spent[name] / reading:.2f} × reading and matching; "
            f"others wait {spent[f'{name} locked']:.2f} s, {spent[f'{name} locked'] / reading:.2f} ×"
        )


if __name__ == "__main__":
    main()
