"""The name of the area that somebody coordinates."""

from django.utils.translation import gettext as _

from kiv.accounts.access import access_of
from kiv.territory.models import JudicialDistrict, PoliceZone, Province


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
