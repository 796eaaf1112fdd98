"""An invented "KIV 2027" from its file to the zones: decided, foreseen, published by two, looked at.

On a site of its own: from here on every plan of it stands on another edition.
"""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Site, assert_accessible
from tests.e2e.people import demo_person, make_framework_administrator

ROOT = Path(__file__).parents[2]
FILE = ROOT / "tests" / "framework" / "data" / "kiv-2027-invented.yaml"
OLD, NEW = "kiv-2022-2024", "kiv-2027-invented"
CYCLES = ("2020-2025", "2026-2031")
#: One item that the file decides is left to a person.
UNDECIDED = FILE.read_text().replace("  decided: true\n", "  decided: false\n", 1)
CODES = re.findall(r"^- code: (A\d+|X-\d+)$", UNDECIDED, re.MULTILINE)


#: The coverage of the old edition as a spreadsheet's program would read it, of both cycles and both bases.
COUNT = """
import json
from io import StringIO
from pathlib import Path
from django.core.management import call_command
found = []
for cycle in {cycles!r}:
    for basis in ("shared", "reviewed"):
        out = StringIO()
        call_command("coverage", edition={edition!r}, cycle=cycle, basis=basis, stdout=out)
        found.append(json.loads(out.getvalue()))
Path({path!r}).write_text(json.dumps(found))
"""


def figures(site: Site, path: Path) -> list[dict]:
    """Every figure of the old edition, but when it was counted."""
    site.resident.run(COUNT.format(cycles=CYCLES, edition=OLD, path=str(path)))
    found = json.loads(path.read_text())
    for told in found:
        del told["made_at"], told["shown"]["Opgemaakt op"]
        for row in told["plans"]:
            # Of a plan that is not checked against the old edition: against which one it is now.
            row.pop("other_edition")
    return found


def take_in(page: Page) -> None:
    page.goto("/editions/new/file/")
    page.set_input_files(
        "[name=file]", {"name": FILE.name, "mimeType": "application/yaml", "buffer": UNDECIDED.encode()}
    )
    page.get_by_role("button", name="Take in the file").click()
    page.wait_for_url(f"**/editions/{NEW}/edit/")


def decide(page: Page) -> None:
    """The one item that nobody decided; the page names it, and all is decided afterwards."""
    page.goto(f"/framework/{NEW}/")
    page.goto(f"/editions/{NEW}/correspondences/?show=undecided")
    assert_accessible(page)
    page.get_by_role("checkbox", name="P1: Decided").check()
    page.get_by_role("button", name="Save what became of the items").last.click()
    expect(page.locator(".message--success")).to_be_visible()
    expect(page.get_by_text("Every item is decided.")).to_be_visible()


def look_at_everything(page: Page) -> int:
    """Press through the items that ask for a look, as they are proposed; how many there were."""
    page.locator(".notice a.button--primary").click()
    page.wait_for_url("**/carrying/")
    assert_accessible(page)
    asked = page.locator("main table tbody tr").count()
    page.locator(".carry-next a.button--primary").click()
    assert_accessible(page)
    for seen in range(1, asked + 1):
        if page.locator("select[name$=choice]").input_value() == "not_retained":
            page.locator("select[name$=reason]").select_option("capacity")
        page.get_by_role("button", name="Save and go on").click()
        if seen < asked:
            expect(page.locator(".review-head__place")).to_contain_text(f"{seen} of {asked} seen")
    page.get_by_role("button", name="Finish").click()
    expect(page.locator(".message--success")).to_be_visible()
    return asked


@pytest.mark.each_database
def test_an_edition_is_published_and_every_plan_led_over_to_it(open_own_page, own_site, tmp_path):
    before = figures(own_site, tmp_path / "figures.json")
    admin, other = demo_person("framework"), make_framework_administrator(own_site)
    lead, coordinator = demo_person("lead.liege"), demo_person("coordinator.liege")

    page = open_own_page()
    admin.sign_in(page, "en")
    take_in(page)
    decide(page)
    page.goto(f"/editions/{NEW}/impact/?cycle=all")
    expect(page.locator(".impact-figures")).to_be_visible(timeout=60_000)
    assert_accessible(page)
    page.goto(f"/editions/{NEW}/edit/publish/")
    page.get_by_role("button", name="Ask for publication").click()
    expect(page.locator(".message--success")).to_be_visible()

    second = open_own_page()
    other.sign_in(second, "en")
    second.goto(f"/editions/{NEW}/edit/publish/")
    second.get_by_role("button", name="Confirm and publish this edition").click()
    expect(second.locator(".message--success")).to_be_visible()

    # The page goes on by itself; then there is nothing left to carry over.
    second.goto(f"/editions/{NEW}/carrying/")
    assert_accessible(second)
    second.get_by_role("button", name="Carry all plans over").click()
    expect(second.get_by_text("All plans that can go along are carried over.").first).to_be_visible(
        timeout=240_000
    )
    again = json.loads(own_site.manage("carry_over", "--edition", NEW, "--json"))
    assert (again["plans"], again["versions"]) == (0, 0)
    assert again["skipped"]["already"] > 300
    assert figures(own_site, tmp_path / "figures.json") == before

    zone = open_own_page()
    lead.sign_in(zone, "en")
    assert look_at_everything(zone) == len(CODES) - carried_items(zone)
    assert figures(own_site, tmp_path / "figures.json") == before
    # A shared version has a snapshot for each edition once everything was looked at; none is broken.
    assert json.loads(own_site.manage("verify_snapshots", "--json"))["problems"] == []

    reader = open_own_page()
    coordinator.sign_in(reader, "en")
    reader.goto(f"/coverage/?edition={NEW}")
    assert_accessible(reader)
    heads = reader.locator("thead th .code, thead th a")
    shown = [text.strip().split()[0] for text in heads.all_inner_texts() if text.strip()]
    assert [code for code in shown if code in CODES] == CODES
    reader.goto(f"/coverage/lists/carrying/?edition={NEW}")
    assert_accessible(reader)


def carried_items(page: Page) -> int:
    """How many items went along as they were, as the page of the carrying says it."""
    page.goto(page.url.rstrip("/").split("/carrying")[0] + "/carrying/")
    words = page.locator("details summary", has_text="went along").inner_text()
    return int(re.search(r"\d+", words)[0])
