"""Zones and municipalities for tests: nothing is filled in that a test did not ask for."""

import factory
from factory.django import DjangoModelFactory

from kiv.territory import models, services


class ProvinceFactory(DjangoModelFactory):
    class Meta:
        model = models.Province
        django_get_or_create = ["code"]

    code = factory.Sequence(lambda n: f"province-{n}")
    name = factory.LazyAttribute(lambda o: {"nl": f"Provincie {o.code}", "fr": f"Province {o.code}"})


class DistrictFactory(DjangoModelFactory):
    class Meta:
        model = models.JudicialDistrict
        django_get_or_create = ["code"]

    code = factory.Sequence(lambda n: f"district-{n}")
    name = factory.LazyAttribute(lambda o: {"nl": f"Arrondissement {o.code}"})


class ZoneFactory(DjangoModelFactory):
    """A zone of today without code, province or district.

    `predecessors=[a, b]` makes a and b discontinued zones that were merged into this one. The lines of
    descent are always right.
    """

    class Meta:
        model = models.PoliceZone
        skip_postgeneration_save = True

    class Params:
        complete = factory.Trait(
            code=factory.Sequence(lambda n: f"{6000 + n % 4000}"),
            province=factory.SubFactory(ProvinceFactory),
            district=factory.SubFactory(DistrictFactory),
            languages=["nl"],
        )

    name = factory.Sequence(lambda n: f"PZ Zone {n}")

    @factory.post_generation
    def predecessors(self, create, extracted, **kwargs):
        models.ZoneLineage.objects.create(zone=self, ancestor=self)
        if extracted:
            for zone in extracted:
                zone.is_discontinued = True
                zone.save(update_fields=["is_discontinued"])
                zone.successors.add(self)
            services.rebuild_lineage()


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = models.Municipality

    nis_code = factory.Sequence(lambda n: f"{10000 + n}")
    name = factory.Sequence(lambda n: f"Gemeente {n}")
    zone = factory.SubFactory(ZoneFactory)
