"""The objects of a plan file, as pydantic models: bounded, strict about names, frozen.

What a field means stands in docs/plan-format.md. Checks that need the edition are in `read`.
"""

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    model_validator,
)

from plans.planformat.signs import has_forbidden_signs, is_blank
from plans.scoring import ChainLink, Choice, Element, Reason

FORMAT = "kiv-plan/1"
TITLE_LENGTH = 500
SHORT_LENGTH = 200
TEXT_LENGTH = 5_000
MAX_OBJECTIVES = 200
MAX_ON_OBJECTIVE = 100
MAX_PARTNERS = 50
MAX_DIAGNOSES = 500
MAX_PASSAGES = 2_000
#: As many as an edition can have.
MAX_ITEMS = 200
MAX_DOCUMENTS = 30
DIAGNOSIS_KINDS = ("figure", "perception", "mayors", "prosecutor", "governor", "dirco", "dirjud")


def as_text(value: Any) -> Any:
    """Numbers are welcome where text is asked (`due: 2027`, `baseline: 0`); what shows nothing is empty."""
    if value is None:
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        if has_forbidden_signs(value):
            raise ValueError("text without control characters")
        return "" if is_blank(value) else value.strip()
    return value


def is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and is_blank(value))


def as_list(value: Any) -> Any:
    """Nothing means an empty list; one value stands for a list of one."""
    if value is None:
        return []
    return [value] if isinstance(value, (str, int, dict)) and not isinstance(value, bool) else value


def as_ref(value: Any) -> Any:
    """`P6` is short for `{item: P6}`."""
    return {"item": value} if isinstance(value, (str, int)) and not isinstance(value, bool) else value


def text_of(length: int, *, required: bool = False):
    constraints = StringConstraints(min_length=1 if required else 0, max_length=length)
    return Annotated[str, constraints, BeforeValidator(as_text)]


Title = text_of(TITLE_LENGTH, required=True)
Line = text_of(TITLE_LENGTH)
Short = text_of(SHORT_LENGTH)
Text = text_of(TEXT_LENGTH)
Code = text_of(50, required=True)
AspectCode = text_of(60, required=True)
Number = text_of(20, required=True)


class Strict(BaseModel):
    """Every name is known; a field that holds nothing is a field that is not there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def empty_is_absent(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        return {
            name: value
            for name, value in values.items()
            if name not in cls.model_fields or not is_empty(value)
        }


class ItemRef(Strict):
    """An item an entry names, with the aspects of it that it ticks."""

    item: Code
    aspects: Annotated[tuple[AspectCode, ...], BeforeValidator(as_list), Field(max_length=MAX_ITEMS)] = ()


Items = Annotated[
    tuple[Annotated[ItemRef, BeforeValidator(as_ref)], ...],
    BeforeValidator(as_list),
    Field(max_length=MAX_ITEMS),
]
Links = Annotated[tuple[ChainLink, ...], BeforeValidator(as_list), Field(max_length=len(ChainLink))]


class IndicatorEntry(Strict):
    title: Title
    items: Items = ()
    target_value: Short = ""
    baseline: Short = ""
    source: Short = ""
    frequency: Short = ""


class ActionEntry(Strict):
    title: Title
    items: Items = ()
    target_group: Line = ""
    links: Links = ()
    responsible: Short = ""
    due: Short = ""
    capacity: Short = ""
    partners: Annotated[tuple[Title, ...], BeforeValidator(as_list), Field(max_length=MAX_PARTNERS)] = ()
    confidential: StrictBool = False


class ObjectiveEntry(Strict):
    """`number` is the plan's own; left out, it is the place in the list."""

    number: Number | None = None
    title: Title
    items: Items = ()
    result: Text = ""
    target_group: Line = ""
    due: Short = ""
    confidential: StrictBool = False
    actions: Annotated[
        tuple[ActionEntry, ...], BeforeValidator(as_list), Field(max_length=MAX_ON_OBJECTIVE)
    ] = ()
    indicators: Annotated[
        tuple[IndicatorEntry, ...], BeforeValidator(as_list), Field(max_length=MAX_ON_OBJECTIVE)
    ] = ()


class DiagnosisEntry(Strict):
    kind: Literal[DIAGNOSIS_KINDS] = "figure"
    text: text_of(TEXT_LENGTH, required=True)
    items: Items = ()
    figure: Short = ""
    source: Short = ""
    confidential: StrictBool = False


class ChoiceEntry(Strict):
    """`confidential` hides the motivation, `item_confidential` the whole item, outside the zone.

    `clarification_open`: a reviewer asked something about the motivation that is not answered yet.
    """

    choice: Choice
    reason: Reason | None = None
    pointer: Short = ""
    line: Text = ""
    confidential: StrictBool = False
    item_confidential: StrictBool = False
    clarification_open: StrictBool = False


class PassageEntry(Strict):
    """One acceptance: one passage for one item. Naming links ticks the element chain_link.

    `no_longer_in_text`: a later file of the document does not hold the passage; it counts for nothing.
    """

    @model_validator(mode="before")
    @classmethod
    def links_tick_their_element(cls, values: Any) -> Any:
        if not isinstance(values, dict) or not values.get("links"):
            return values
        ticked = as_list(values.get("elements"))
        if not isinstance(ticked, (list, tuple)) or Element.CHAIN_LINK in ticked:
            return values
        return {**values, "elements": [*ticked, Element.CHAIN_LINK]}

    item: Code
    aspects: Annotated[tuple[AspectCode, ...], BeforeValidator(as_list), Field(max_length=MAX_ITEMS)] = ()
    elements: Annotated[
        tuple[Element, ...], BeforeValidator(as_list), Field(min_length=1, max_length=len(Element))
    ]
    links: Links = ()
    quote: text_of(TEXT_LENGTH, required=True)
    page: Annotated[int, Field(ge=1, le=100_000)] | None = None
    document: Short = ""
    objective: Number | None = None
    confidential: StrictBool = False
    no_longer_in_text: StrictBool = False

    @model_validator(mode="after")
    def links_are_named(self):
        if Element.CHAIN_LINK in self.elements and not self.links:
            raise ValueError(
                f"links: which of {', '.join(ChainLink)}, because elements ticks {Element.CHAIN_LINK}"
            )
        return self


Entry = ObjectiveEntry | ActionEntry | IndicatorEntry | DiagnosisEntry
#: Nothing was chosen or written about an item.
UNDECIDED = ChoiceEntry(choice=Choice.UNDECIDED)


class PlanHeader(Strict):
    """Whose plan this is, for people; an import never decides by it where the plan goes."""

    name: Title
    zone: Short = ""
    municipality: Short = ""
    cycle: Short = ""
    kind: Literal["zonal", "local"] = "zonal"
    language: Literal["nl", "fr", "de", "en"] = "nl"


def as_choice(value: Any) -> Any:
    """`P4: retained` is short for `P4: {choice: retained}`; nothing means undecided."""
    if is_empty(value):
        return {"choice": Choice.UNDECIDED}
    return {"choice": value} if isinstance(value, str) else value


class PlanContent(Strict):
    """A whole plan under one edition."""

    format: Literal[FORMAT] = FORMAT
    plan: PlanHeader
    edition: text_of(50, required=True)
    objectives: Annotated[
        tuple[ObjectiveEntry, ...], BeforeValidator(as_list), Field(max_length=MAX_OBJECTIVES)
    ] = ()
    diagnosis: Annotated[
        tuple[DiagnosisEntry, ...], BeforeValidator(as_list), Field(max_length=MAX_DIAGNOSES)
    ] = ()
    choices: Annotated[
        dict[Code, Annotated[ChoiceEntry, BeforeValidator(as_choice)]],
        BeforeValidator(lambda value: {} if value is None else value),
        Field(max_length=MAX_ITEMS),
    ] = {}
    passages: Annotated[
        tuple[PassageEntry, ...], BeforeValidator(as_list), Field(max_length=MAX_PASSAGES)
    ] = ()

    def objective_number(self, position: int) -> str:
        """The number of the objective at `position` (from 0)."""
        return self.objectives[position].number or str(position + 1)
