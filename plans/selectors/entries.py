"""How one entry of a plan is found, addressed and read: objectives, actions, indicators, diagnosis.

Not here: what a reader is shown of them (entry_list).
"""

import re

from framework.models import Edition, Item
from plans.models import Action, Assessment, Diagnosis, Indicator, Objective, PlanVersion
from plans.planformat import ItemRef

#: Kind of entry → the word for it in addresses, and its model.
SLUGS = {"objective": "objectives", "action": "actions", "indicator": "indicators", "diagnosis": "diagnosis"}
KINDS_BY_SLUG = {slug: kind for kind, slug in SLUGS.items()}
MODELS = {"objective": Objective, "action": Action, "indicator": Indicator, "diagnosis": Diagnosis}

Entry = Objective | Action | Indicator | Diagnosis


def objective_anchor(number: str) -> str:
    """Where an objective stands on the page, by the plan's own number: links from elsewhere know that.

    An anchor holds no white space, and two numbers never share one: such signs become their code point.
    """
    return "objective-" + re.sub(r"[\s_%]", lambda sign: f"_{ord(sign.group()):x}_", number)


def diagnosis_anchor(position: str | int) -> str:
    """Where the diagnosis entry at this position of the plan (from 1) stands: evidence knows only that."""
    return f"diagnosis-number-{position}"


def anchor_of(entry: Entry) -> str:
    if isinstance(entry, Objective):
        return objective_anchor(entry.number)
    return f"{entry._meta.model_name}-{entry.pk}"


def edition_items(edition: Edition) -> list[Item]:
    """The items of an edition in its order, with their aspects. Two queries."""
    return list(edition.items.order_by("position").prefetch_related("aspects"))


def find_entry(version: PlanVersion, kind: str, pk: int) -> Entry | None:
    """The entry of this version, or None; actions and indicators come with their objective."""
    if kind in ("action", "indicator"):
        entries = MODELS[kind].objects.filter(objective__version=version).select_related("objective")
    else:
        entries = MODELS[kind].objects.filter(version=version)
    return entries.filter(pk=pk).first()


def item_refs(assessment: Assessment, entry: Entry) -> tuple[ItemRef, ...]:
    """The items an entry names under this edition, in the edition's order. One query."""
    links = assessment.links.filter(**{entry._meta.model_name: entry}).select_related("item")
    return tuple(
        ItemRef(item=link.item.code, aspects=link.aspects) for link in links.order_by("item__position")
    )
