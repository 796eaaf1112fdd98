"""The pages on zones: for everybody signed in; completing is for the system administrator."""

import pytest
from django.urls import reverse

from kiv.audit.models import AuditEvent
from kiv.territory.forms import Difference
from tests.factories.accounts import UserFactory
from tests.factories.territory import DistrictFactory, MunicipalityFactory, ZoneFactory

pytestmark = pytest.mark.django_db
LIST = reverse("territory:zone_list")


@pytest.fixture
def admin_client(client_of):
    return client_of(UserFactory(is_system_administrator=True))


def edit_url(zone):
    return reverse("territory:zone_edit", args=[zone.pk])


def form_data(zone, **changes):
    return {"revision": zone.revision, "code": zone.code, "name": zone.name, **changes}


def found(client, query):
    return [zone.name for zone in client.get(LIST, {"q": query}).context["page"].object_list]


def test_a_visitor_is_asked_to_sign_in(client):
    response = client.get(LIST)
    assert (response.status_code, response.url) == (302, f"{reverse('accounts:login')}?next={LIST}")


def test_zones_are_found_by_name_code_and_municipality(client_of):
    client = client_of(UserFactory())
    ZoneFactory(name="PZ Noord", code="5915")
    MunicipalityFactory(name="Lommel", zone=ZoneFactory(name="PZ Zuid"))
    assert found(client, "noord") == ["PZ Noord"]
    assert found(client, "5915") == ["PZ Noord"]
    assert found(client, "lomm") == ["PZ Zuid"]
    assert found(client, "pz lommel") == ["PZ Zuid"]
    assert found(client, "noord lommel") == []
    assert found(client, "") == ["PZ Noord", "PZ Zuid"]


def test_discontinued_zones_are_shown_when_asked_for(client_of):
    client = client_of(UserFactory())
    old = ZoneFactory(name="PZ Old")
    ZoneFactory(name="PZ New", predecessors=[old])
    assert found(client, "") == ["PZ New"]
    both = client.get(LIST, {"former": "1"}).context["page"].object_list
    assert [zone.name for zone in both] == ["PZ New", "PZ Old"]


def test_the_list_has_pages_and_keeps_the_search(client_of):
    for _ in range(51):
        ZoneFactory()
    response = client_of(UserFactory()).get(LIST, {"q": "Zone"})
    assert len(response.context["page"].object_list) == 50
    assert "?q=Zone&amp;page=2" in response.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_zone_and_for_three(client_of, django_assert_num_queries, number):
    for _ in range(number):
        MunicipalityFactory(zone=ZoneFactory(complete=True))
    client = client_of(UserFactory())
    with django_assert_num_queries(6):  # session, user, memberships, count, zones, municipalities
        assert len(client.get(LIST).context["page"].object_list) == number


def test_what_is_empty_reads_not_known(client_of):
    zone = ZoneFactory()
    response = client_of(UserFactory(language="en")).get(zone.get_absolute_url() + "?lang=en")
    page = response.content.decode()
    for label in ("Code", "Province", "Judicial district", "Languages"):
        assert f"<dt>{label}</dt><dd>not known</dd>" in page


def test_a_zone_shows_where_it_came_from_and_where_it_went(client_of):
    client = client_of(UserFactory())
    old = ZoneFactory(name="PZ Old", code="5001")
    middle = ZoneFactory(name="PZ Middle", predecessors=[old])
    ZoneFactory(name="PZ New", predecessors=[middle])
    page = client.get(middle.get_absolute_url() + "?lang=en").content.decode()
    assert f'<dt>Formed from</dt><dd><a href="{old.get_absolute_url()}">5001 PZ Old</a></dd>' in page
    assert ">PZ New</a>" in page


def test_a_zone_is_addressed_by_its_id_only(client_of):
    client, zone = client_of(UserFactory()), ZoneFactory(code="5915")
    assert client.get(f"/zones/{zone.pk}/").status_code == 200
    assert client.get("/zones/5915/").status_code == 404


@pytest.mark.parametrize("role", ["nobody", "zone", "coordinator", "framework"])
def test_only_a_system_administrator_completes(client_of, role):
    zone = ZoneFactory()
    user = {
        "nobody": lambda: UserFactory(),
        "zone": lambda: UserFactory(lead_of=zone),
        "coordinator": lambda: UserFactory(cleared_coordinator_of="country"),
        "framework": lambda: UserFactory(is_framework_administrator=True),
    }[role]()
    client = client_of(user)
    assert client.get(edit_url(zone)).status_code == 404
    assert client.post(edit_url(zone), form_data(zone, code="5915")).status_code == 404
    zone.refresh_from_db()
    assert zone.code == ""
    assert edit_url(zone) not in client.get(zone.get_absolute_url()).content.decode()


def test_an_administrator_completes_code_district_and_names(admin_client):
    zone, district = ZoneFactory(), DistrictFactory()
    assert edit_url(zone) in admin_client.get(zone.get_absolute_url()).content.decode()
    assert admin_client.get(edit_url(zone)).status_code == 200
    response = admin_client.post(
        edit_url(zone), form_data(zone, code="5915", district=district.pk, name_fr="ZP Nord")
    )
    assert (response.status_code, response.url) == (302, zone.get_absolute_url())
    zone.refresh_from_db()
    assert (zone.code, zone.district, zone.names) == ("5915", district, {"fr": "ZP Nord"})
    assert [event.event for event in AuditEvent.objects.all()] == ["zone.changed"]


def test_an_error_keeps_what_was_typed(admin_client):
    ZoneFactory(code="5915")
    zone = ZoneFactory()
    response = admin_client.post(edit_url(zone), form_data(zone, code="5915", name_de="PZ Nord"))
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"code"}
    assert 'value="PZ Nord"' in response.content.decode()


def test_a_stale_save_is_refused_everything_typed_kept_and_the_stored_values_shown(admin_client):
    zone = ZoneFactory(name="PZ Noord")
    stale = form_data(zone, code="5916", name_fr="ZP Nord")
    admin_client.post(edit_url(zone), form_data(zone, code="5915"))
    response = admin_client.post(edit_url(zone) + "?lang=en", stale)
    page = response.content.decode()
    assert response.status_code == 409
    assert 'value="5916"' in page
    assert 'value="ZP Nord"' in page
    fields = response.context["form"].fields
    assert response.context["differences"] == [
        Difference(fields["code"].label, "5916", "5915"),
        Difference(fields["name_fr"].label, "ZP Nord", ""),
    ]
    assert ">5915</td>" in page
    zone.refresh_from_db()
    assert (zone.code, zone.names) == ("5915", {})
    again = response.context["form"]["revision"].value()
    admin_client.post(edit_url(zone), {**stale, "revision": again})
    zone.refresh_from_db()
    assert (zone.code, zone.names) == ("5916", {"fr": "ZP Nord"})
