"""Links from coverage into plans: to the item as it stands under the edition that is asked for.

A plan that went on to a later edition has other items there, maybe under the same codes.
"""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from framework.enums import EditionStatus
from framework.models import Edition, Item


def know_successors(editions: Iterable[Edition]) -> None:
    """Tell all editions that are there which of them has a successor, so that none has to ask."""
    editions = list(editions)
    followed = {each.predecessor_id for each in editions if each.status == EditionStatus.PUBLISHED}
    for edition in editions:
        edition.successor_exists = edition.pk in followed


def item_address(plan_id: int, item: Item, **query: object) -> str:
    """The item in the plan; `item.edition` was fetched with it."""
    if getattr(item.edition, "successor_exists", False):
        query["edition"] = item.edition.code
    address = reverse("plans:item", args=[plan_id, item.code])
    return f"{address}?{urlencode(query)}" if query else address
