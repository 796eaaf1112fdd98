"""The texts of an edition one by one: where each stands, and where it comes from in each language.

Pure: takes the plain values of an edition file (export.edition_as_data). Knows no Django.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kiv.localized import LANGUAGES

MISSING = "missing"
OURS = "translation"
STEPS = ("diagnosis", "objective", "action", "indicator")
CRITERION_TEXTS = ("name", "question", "earns_one", "earns_two")
ITEM_TEXTS = ("short", "summary")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in all its languages. `part` and `field` are words of the file, `code` that of item,
    criterion or attachment; `statuses` is None for a text that is always the product's own.
    """

    part: str
    field: str
    words: Mapping[str, str]
    code: str = ""
    aspect: str = ""
    statuses: Mapping[str, str] | None = field(default=None)

    def status(self, language: str) -> str:
        """official, partial, translation (ours) or missing."""
        if not self.words.get(language):
            return MISSING
        return OURS if self.statuses is None else self.statuses.get(language, OURS)

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(language for language in LANGUAGES if self.status(language) == MISSING)


def list_texts(data: Mapping[str, Any]) -> Iterator[Text]:
    """Every text that the edition has, in the order of the file. What it leaves out altogether is no text."""
    yield from part_texts("edition", data)
    for attachment in data["attachments"]:
        yield from part_texts("attachment", attachment)
    for criterion in data["criteria"]:
        yield from part_texts("criterion", criterion)
    for item in data["items"]:
        yield from part_texts("item", item)
        for aspect in item["aspects"]:
            yield from part_texts("aspect", aspect, item=item["code"])


def part_texts(part: str, data: Mapping[str, Any], *, item: str = "") -> Iterator[Text]:
    """The texts of one part; an aspect is found by its `item`."""
    code = {"edition": "", "attachment": data.get("name", ""), "aspect": item}.get(part, data.get("code", ""))
    where = {"part": part, "code": code, "aspect": data["code"] if part == "aspect" else ""}
    if "title" in data:
        yield Text(field="title", words=data["title"], statuses=data["title_status"], **where)
    for name in {"item": ITEM_TEXTS, "criterion": CRITERION_TEXTS, "attachment": ("label",)}.get(part, ()):
        yield Text(field=name, words=data[name], **where)
    for name in ("subtitle", "introduction"):
        if data.get(name):
            yield Text(field=name, words=data[name], **where)
    for step in STEPS if data.get("example") else ():
        yield Text(field=f"example.{step}", words=data["example"].get(step, {}), **where)


def flatten(part: str, data: Mapping[str, Any], *, item: str = "") -> dict[tuple[str, str], str]:
    """(field, language) → words, and what is no text under the language "": for comparing two states."""
    found: dict[tuple[str, str], str] = {}
    for text in part_texts(part, data, item=item):
        found |= {(text.field, language): words for language, words in text.words.items()}
        if text.statuses is not None:
            # A title without a status is the product's own: saying so is no change.
            found |= {("title_status", language): text.status(language) for language in text.words}
    if part == "edition":
        found[("period", "")] = "-".join(map(str, data["period"]))
        found[("approved", "")] = data["approved"] or ""
    return found
