"""What one can ask the coverage for: cycles, editions, places; and the name of one's own area."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from framework.models import Edition
from kiv.accounts.access import access_of
from kiv.territory.models import JudicialDistrict, PoliceZone, Province
from plans.models import Cycle, Plan


@dataclass(frozen=True, slots=True)
class Offer:
    """Newest first. `cycle` and `edition` are shown unasked: the newest cycle with plans, else the newest;
    the edition that was published last. None when there is none at all.
    """

    cycles: tuple[Cycle, ...]
    editions: tuple[Edition, ...]
    provinces: tuple[Province, ...]
    districts: tuple[JudicialDistrict, ...]
    cycle: Cycle | None
    edition: Edition | None


def coverage_offer() -> Offer:
    """Four queries."""
    plans = Plan.objects.filter(cycle=OuterRef("pk"))
    cycles = tuple(Cycle.objects.annotate(is_used=Exists(plans)).order_by("-first_year", "name"))
    editions = tuple(
        Edition.objects.filter(published_at__isnull=False)
        .order_by("-published_at", "-pk")
        .only("code", "title", "status", "published_at")
    )
    return Offer(
        cycles=cycles,
        editions=editions,
        provinces=tuple(Province.objects.order_by("code")),
        districts=tuple(JudicialDistrict.objects.order_by("code")),
        cycle=next((cycle for cycle in cycles if cycle.is_used), cycles[0] if cycles else None),
        edition=_current(editions),
    )


def area_words(user) -> str:
    """The names of all that somebody coordinates. At most three queries."""
    scopes = access_of(user).coordinated_scopes()
    if scopes.is_country:
        return _("the whole country")
    names = []
    for model, ids in (
        (Province, scopes.province_ids),
        (JudicialDistrict, scopes.district_ids),
        (PoliceZone, scopes.zone_ids),
    ):
        if ids:
            names += [
                getattr(place, "label", None) or str(place) for place in model.objects.filter(pk__in=ids)
            ]
    return ", ".join(names)


def _current(editions: tuple[Edition, ...]) -> Edition | None:
    """As EditionQuerySet.latest_published; an archived one only where there is no other."""
    published = [edition for edition in editions if edition.status == "published"]
    return next(iter(published or editions), None)
