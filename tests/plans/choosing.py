"""How a browser uses the Choices tab: for the tests of that page."""

from django.urls import reverse

from plans.services.choices import ChoiceChange, save_choices


def address(assessment) -> str:
    return reverse("plans:choices", args=[assessment.version.plan_id])


def shown_values(response) -> dict:
    """What a browser would send back from the page without touching it."""
    values = {}
    table = response.context["table"]
    for form in [*table.forms, table.bulk]:
        for field in form:
            value = field.value()
            if value is not None and value is not False and value != "":
                values[field.html_name] = "on" if value is True else value
    return values


def decide(assessment, by, code, choice, **values) -> None:
    row = assessment.choices.filter(item__code=code).first()
    change = ChoiceChange(item=code, revision=row.revision if row else 0, choice=choice, **values)
    save_choices(assessment=assessment, by=by, changes=[change])


def stored(assessment) -> dict[str, tuple]:
    rows = assessment.choices.select_related("item").order_by("item__position")
    return {row.item.code: (row.choice, row.reason, row.pointer, row.line) for row in rows}


def states(assessment) -> dict[str, str]:
    return dict(assessment.scores.values_list("item__code", "state"))


def texts(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]
