"""The words of the edition before, as a draft for the one that follows begins with them. Never writes."""

from typing import Any

from framework.correspondences import correspondences_between
from framework.models import Edition, Item, LexiconVersion
from plans import matching


def version_before(edition: Edition) -> LexiconVersion | None:
    """What is in force for the edition that this one follows, without its words. At most one query more
    than fetching that edition."""
    if edition.predecessor is None:
        return None
    versions = LexiconVersion.objects.in_force_first().filter(edition=edition.predecessor)
    return versions.defer("content").first()


def words_led_over(version: LexiconVersion, edition: Edition) -> dict[str, Any]:
    """The words of a version of the predecessor's lexicon under the items of `edition`.

    By what is decided of its items, and where nothing is decided yet by what the program proposes: words are
    no evidence, and a person looks at each list before it is put in force.
    """
    succession = correspondences_between(version.edition, edition)
    leads: dict[str, list[str]] = {}
    for link in succession.links:
        if link.new is not None:
            leads.setdefault(link.old, []).append(link.new)
    return matching.lead_over(
        version.content, leads=leads, items=[_new_item(item) for item in succession.news]
    )


def _new_item(item: Item) -> matching.NewItem:
    return matching.NewItem(
        code=item.code,
        aspects=frozenset(aspect.code for aspect in item.aspects.all()),
        titles=item.title,
    )
