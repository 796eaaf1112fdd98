"""Completing a zone."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kiv.audit.models import AuditEvent
from kiv.territory.models import PoliceZone
from kiv.territory.services import ZoneChanged, complete_zone
from tests.factories.accounts import UserFactory
from tests.factories.territory import DistrictFactory, ProvinceFactory, ZoneFactory


def complete(zone, *, by=None, revision=None, **changes):
    values = {field: getattr(zone, field) for field in ("code", "name", "names", "province", "district")}
    return complete_zone(zone=zone, by=by, revision=revision or zone.revision, **{**values, **changes})


@pytest.mark.django_db
def test_completing_stores_notes_the_fields_and_leaves_an_event_without_texts():
    zone, user, district = ZoneFactory(), UserFactory(), DistrictFactory()
    complete(zone, by=user, code="5915", district=district, names={"fr": "ZP Nord", "de": ""})
    zone.refresh_from_db()
    assert (zone.code, zone.district, zone.names, zone.revision) == ("5915", district, {"fr": "ZP Nord"}, 2)
    assert zone.edited_fields == ["code", "district", "names"]
    event = AuditEvent.objects.get()
    assert (event.event, event.actor_id, event.zone_id) == ("zone.changed", user.pk, zone.pk)
    assert event.data == {"fields": ["code", "names", "district"], "revision": 2}


@pytest.mark.django_db
def test_a_save_without_a_change_leaves_no_trace():
    zone = ZoneFactory()
    complete(zone)
    zone.refresh_from_db()
    assert (zone.revision, zone.edited_fields, AuditEvent.objects.count()) == (1, [], 0)


@pytest.mark.django_db
def test_a_stale_save_is_refused_with_what_is_stored():
    zone = ZoneFactory()
    complete(zone, code="5915")
    with pytest.raises(ZoneChanged) as refused:
        complete(zone, revision=1, code="5916", province=ProvinceFactory())
    assert refused.value.zone.code == "5915"
    zone.refresh_from_db()
    assert (zone.code, zone.province, zone.revision) == ("5915", None, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["597", "59070", "59a7", "٥٩٠٧"])
def test_a_code_has_four_digits(code):
    zone = ZoneFactory()
    with pytest.raises(ValidationError):
        complete(zone, code=code)
    assert PoliceZone.objects.get().code == ""


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["0001", "5853", "5914", "9999"])
def test_no_code_is_out_of_range(code):
    assert complete(ZoneFactory(), code=code).code == code


@pytest.mark.django_db
def test_no_two_zones_share_a_code_but_many_have_none():
    ZoneFactory.create_batch(2)
    ZoneFactory(code="5915")
    with pytest.raises(ValidationError):
        complete(ZoneFactory(), code="5915")
    with pytest.raises(IntegrityError), transaction.atomic():
        ZoneFactory(code="5915")


@pytest.mark.django_db
def test_the_name_shown_follows_the_language(settings):
    from django.utils import translation

    zone = ZoneFactory(name="PZ Noord", code="5915", names={"fr": "ZP Nord"})
    with translation.override("fr"):
        assert (zone.shown_name, zone.label) == ("ZP Nord", "5915 ZP Nord")
    with translation.override("de"):
        assert zone.label == "5915 PZ Noord"
    assert ZoneFactory(name="PZ Zuid").label == "PZ Zuid"
