"""The files the fiction is made of: phrases per language, and how common things are."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from kiv.datafile import load, validate
from plans.planformat.types import DIAGNOSIS_KINDS
from plans.scoring import ChainLink, Criterion, Element, Reason

Share = Annotated[int, Field(ge=0, le=100)]
Words = Annotated[tuple[str, ...], Field(min_length=1)]
Range = tuple[int, int]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ObjectivePhrase(Strict):
    title: str
    result: str
    target: str
    aspects: tuple[str, ...] = ()


class ActionPhrase(Strict):
    title: str
    links: Annotated[tuple[ChainLink, ...], Field(min_length=1)]
    partners: Words


class IndicatorPhrase(Strict):
    title: str
    target: str
    baseline: str
    source: str
    count: Range


class DiagnosisPhrase(Strict):
    text: str
    figure: str
    source: str
    count: Range


class MotivationPhrase(Strict):
    reason: Reason
    pointer: str = ""
    line: str


class QuotePhrase(Strict):
    text: str
    elements: Annotated[tuple[Element, ...], Field(min_length=1)]
    links: tuple[ChainLink, ...] = ()


class ItemPhrases(Strict):
    """What plans say about one item. `words` are the one-word bullets that many plans leave it at."""

    name: str
    words: Words
    objectives: Annotated[tuple[ObjectivePhrase, ...], Field(min_length=1)]
    actions: Annotated[tuple[ActionPhrase, ...], Field(min_length=1)]
    indicators: Annotated[tuple[IndicatorPhrase, ...], Field(min_length=1)]
    diagnosis: Annotated[tuple[DiagnosisPhrase, ...], Field(min_length=1)]
    regular: Words
    motivations: Annotated[tuple[MotivationPhrase, ...], Field(min_length=1)]
    quotes: Annotated[tuple[QuotePhrase, ...], Field(min_length=1)]


class RemarkPhrase(Strict):
    """What a reviewer asks, and what the zone answers in the end."""

    ask: str
    answer: str


Remarks = Annotated[tuple[RemarkPhrase, ...], Field(min_length=1)]


class ReviewPhrases(Strict):
    """Why a digit is lowered or raised, what is asked of a motivation, of an item, of the whole plan."""

    lowered: dict[Criterion, Words]
    raised: dict[Criterion, Words]
    clarifications: dict[Reason, Remarks]
    remarks: Remarks
    general: Remarks


class Phrases(Strict):
    """One language. `expectations` are the kinds of diagnosis that say what somebody expects."""

    format: Literal["kiv-demo-phrases/1"]
    language: Literal["nl", "fr", "de"]
    document: str
    fictional: str
    responsible: Words
    due: Words
    frequencies: Words
    capacities: Words
    own_priorities: Words
    addenda: Words
    expectations: dict[Literal[DIAGNOSIS_KINDS], Words]
    review: ReviewPhrases
    items: dict[str, ItemPhrases]


class CycleShares(Strict):
    """How the zones stand in one cycle, of 100 zones; `ago` in days.

    Of 100 shared plans: `addendum`. Of 100 shared versions: `reviewed`, `in_review`. Of 100 zones with an
    item to show: `examples`.
    """

    name: str
    without_plan: Share
    in_preparation: Share
    addendum: Share
    reviewed: Share
    in_review: Share
    examples: Share
    ago: Range
    editions: dict[str, Share]


class Style(Strict):
    """A way of writing plans: how many of 100 zones have it, and how far it works items out (weights)."""

    share: Share
    depths: dict[int, Share]


class DemoData(Strict):
    """How common things are. `retained`: on how many of `lists` lists of priorities an item stands."""

    format: Literal["kiv-demo-zones/1"]
    cycles: tuple[CycleShares, ...]
    lists: int
    retained: dict[str, int]
    sensitive: frozenset[str]
    styles: dict[str, Style]


def read_phrases(folder: Path) -> dict[str, Phrases]:
    """The phrases of each language by its code. Raises FileRefused."""
    files = sorted((folder / "phrases").glob("*.yaml"))
    return {path.stem: validate(Phrases, load(path.read_bytes())) for path in files}


def read_data(folder: Path) -> DemoData:
    """Raises FileRefused."""
    return validate(DemoData, load((folder / "zones.yaml").read_bytes()))
