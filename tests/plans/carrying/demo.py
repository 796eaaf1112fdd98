"""An invented edition after one of the product's own, and every figure of a plan under the old one."""

from framework.models import Edition
from plans.models import Assessment, ItemChoice, ItemLink, ItemScore, PassageEvidence, Snapshot, Suggestion
from plans.scoring import score_as_json
from plans.services.scores import score_of
from tests.factories.framework import (
    AspectFactory,
    CorrespondenceFactory,
    EditionFactory,
    ItemFactory,
    publish,
)

HANGING = (ItemLink, ItemChoice, PassageEvidence, Suggestion, ItemScore, Snapshot)


def invent(old: Edition, code: str = "invented") -> Edition:
    """The first item splits, the last becomes part of another, the second ends, one is new; other codes."""
    new = EditionFactory(
        code=code, predecessor=old, first_year=old.last_year + 1, last_year=old.last_year + 4
    )
    first, second, *others = old.items.order_by("position").prefetch_related("aspects")
    last = others.pop()
    for item in others:
        made = ItemFactory(edition=new, code=f"N{item.position}", kind=item.kind)
        for aspect in item.aspects.all():
            AspectFactory(item=made, code=aspect.code)
        CorrespondenceFactory(edition=new, old=item.code, new=made.code)
    changed = (("S1", first, "superset"), ("S2", first, "superset"), ("L1", last, "subset"))
    for made, source, relation in changed:
        ItemFactory(edition=new, code=made, kind=source.kind)
        CorrespondenceFactory(edition=new, old=source.code, new=made, relation=relation)
    ItemFactory(edition=new, code="X1", kind=first.kind)
    CorrespondenceFactory(edition=new, old=second.code, new=None)
    publish(new)
    return new


def figures(assessments: list[int]) -> dict[str, list]:
    """All that is stored of these assessments, and what the scorer says of them now."""
    rows = {
        model.__name__: list(model.objects.filter(assessment__in=assessments).order_by("pk").values())
        for model in HANGING
    }
    related = "edition", "version__plan__zone", "version__plan__municipality", "version__plan__cycle"
    found = Assessment.objects.filter(pk__in=assessments).order_by("pk")
    scores = [score_as_json(score_of(one)) for one in found.select_related(*related)]
    return rows | {"Assessment": list(found.values()), "scores": scores}
