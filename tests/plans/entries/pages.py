"""Short ways to addresses, entries and what a browser would send back."""

from django.urls import reverse

from plans.planformat import ItemRef
from plans.services.entries import add_entry

SLUGS = ("objectives", "actions", "indicators", "diagnosis")


def url(assessment, name: str, *args) -> str:
    return reverse(f"plans:{name}", args=[assessment.version.plan_id, *args])


def add(assessment, what="objective", items=(), on=None, **values):
    """Add an entry; `items` are codes or ItemRefs. Its words are "Drugs" unless told otherwise."""
    values = {"text" if what == "diagnosis" else "title": "Drugs"} | values
    refs = [item if isinstance(item, ItemRef) else ItemRef(item=item) for item in items]
    return add_entry(assessment=assessment, kind=what, by=None, values=values, items=refs, objective=on)


def named(assessment, **source) -> list[tuple]:
    links = assessment.links.filter(**source).order_by("item__position")
    return [(link.item.code, link.aspects) for link in links]


def typed(response) -> dict:
    """What a browser would send back from a form page without touching it."""
    form = response.context["form"]
    values = {field.html_name: field.value() for field in form}
    values = {name: value for name, value in values.items() if value not in (None, False, "")}
    hidden = {name: response.context[name] for name in ("revision", "submission")}
    return values | {name: value for name, value in hidden.items() if value is not None}


def typed_quick(response) -> dict:
    return {"submission": response.context["submission"], "then": "quick"}


def one_of_each(assessment) -> dict[str, object]:
    objective = add(assessment, items=["P1"], title="Drugs", number="7")
    return {
        "objectives": objective,
        "actions": add(assessment, "action", ["P1"], objective),
        "indicators": add(assessment, "indicator", ["P1"], objective),
        "diagnosis": add(assessment, "diagnosis", ["P1"]),
    }
