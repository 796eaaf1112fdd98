"""A plan that colleagues work on: for the tests of who has which item and of comments.

Words and names that must stay in the zone carry the mark INSIDE.
"""

from plans.models import Assessment
from plans.services.assignments import assign_items
from plans.services.comments import add_comment
from tests.factories.accounts import UserFactory


def give(assessment: Assessment, person, *codes: str, by=None) -> list[str]:
    """Give items to somebody (None: take them back), whoever has them now."""
    now = holders(assessment)
    pk = person.pk if person else None
    return assign_items(
        assessment=assessment, items={code: now.get(code) for code in codes}, person_id=pk, by=by
    )


def holders(assessment: Assessment) -> dict[str, int]:
    """Code → the id of who has the item."""
    return dict(assessment.assignments.values_list("item__code", "person"))


def say(assessment: Assessment, by, text: str, code: str | None = None):
    """A comment about an item, or without a code about the whole plan."""
    item = assessment.edition.items.get(code=code) if code else None
    return add_comment(assessment=assessment, item=item, text=text, by=by)


def said(assessment: Assessment) -> list[tuple]:
    """(item, writer, text) of every comment in its order."""
    return list(assessment.comments.values_list("item__code", "by", "text"))


def make_colleague(zone, name: str = "Inge INSIDE"):
    return UserFactory(name=name, editor_of=zone)
