"""Questions to the zones that other layers ask with plain ids."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q


class PoliceZoneQuerySet(models.QuerySet):
    def within(
        self,
        *,
        zone_ids: Iterable[int] = (),
        province_ids: Iterable[int] = (),
        district_ids: Iterable[int] = (),
    ) -> "PoliceZoneQuerySet":
        """The zones meant by these ids, and every zone they were formed from, however long ago.

        Members of a merged zone see the plans of its predecessors, so each scope reaches back in time.
        Nothing asked is nothing found.
        """
        lineage = self.model._meta.apps.get_model("territory", "ZoneLineage")
        meant = Q(pk__in=[])
        if zone_ids := list(zone_ids):
            meant |= Q(zone_id__in=zone_ids)
        if province_ids := list(province_ids):
            meant |= Q(zone__province_id__in=province_ids)
        if district_ids := list(district_ids):
            meant |= Q(zone__district_id__in=district_ids)
        return self.filter(Exists(lineage.objects.filter(meant, ancestor_id=OuterRef("pk"))))

    def current(self) -> "PoliceZoneQuerySet":
        """Zones that exist today."""
        return self.filter(is_discontinued=False)

    def search(self, words: str) -> "PoliceZoneQuerySet":
        """Zones of which the name, the code or a municipality contains every word."""
        found = self
        for word in words.split()[:10]:
            municipality = self.model._meta.apps.get_model("territory", "Municipality")
            of_zone = municipality.objects.filter(zone_id=OuterRef("pk"), name__icontains=word)
            found = found.filter(Q(name__icontains=word) | Q(code__startswith=word) | Exists(of_zone))
        return found

    def with_place(self) -> "PoliceZoneQuerySet":
        """With province, district and municipalities, as the pages show them."""
        municipality = self.model._meta.apps.get_model("territory", "Municipality")
        return self.select_related("province", "district").prefetch_related(
            Prefetch("municipalities", municipality.objects.order_by("name"))
        )
