"""Small editions for tests of the file format, as `read_plan` wants them."""

from pathlib import Path

import yaml

from plans.scoring import Item, ItemKind

ROOT = Path(__file__).resolve().parents[3]

EDITION = (
    Item("P1", ItemKind.PRIORITY, 1, ("north", "south")),
    Item("P2", ItemKind.PRIORITY, 2),
    Item("T1", ItemKind.THEME, 3),
)
EDITIONS = {"small": EDITION}


def shipped_editions() -> dict[str, tuple[Item, ...]]:
    """The editions of the product, read without its database."""
    editions = {}
    for path in sorted((ROOT / "framework" / "data").glob("kiv-*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        editions[data["code"]] = tuple(
            Item(
                item["code"],
                ItemKind(item["kind"]),
                position,
                tuple(aspect["code"] for aspect in item.get("aspects", ())),
            )
            for position, item in enumerate(data["items"])
        )
    return editions
