"""States of the matrix that a person keeps: a name for an address, one's own, bounded."""

import pytest

from kiv.accounts.export import personal_data_of
from kiv.accounts.services import erase_person
from plans.models import SavedView
from plans.services.saved_views import MAX_VIEWS
from tests.factories.accounts import UserFactory
from tests.plans.coverage.conftest import shown

pytestmark = pytest.mark.django_db
MATRIX = "/coverage/"


def test_a_view_is_kept_shown_and_removed(client_of, national, zones):
    client = client_of(national)
    asked = f"{MATRIX}?province=noord&item=P2&state=open&page=3&junk=1"
    response = client.post(asked, {"name": " P2 in Noord "})
    assert response.url == f"{MATRIX}?province=noord&item=P2&state=open"
    view = SavedView.objects.get()
    assert (view.user, view.name, view.query) == (
        national,
        "P2 in Noord",
        "province=noord&item=P2&state=open",
    )
    html = client.get(response.url).content.decode()
    assert (
        f'<a href="{MATRIX}?province=noord&amp;item=P2&amp;state=open" aria-current="true">P2 in Noord</a>'
        in html
    )
    client.post(asked, {"name": "P2 in Noord"})
    assert SavedView.objects.count() == 1
    assert client.post(f"/coverage/views/{view.pk}/remove/").url == MATRIX
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("", "This field is required."),
        ("a" * 61, "1 character too long: at most 60 fit"),
        ("a\x00b", "invisible control characters"),
        ("Taken", "You have a view with this name."),
    ],
)
def test_a_refused_name_is_said_and_kept_and_changes_nothing(client_of, national, zones, name, problem):
    SavedView.objects.create(user=national, name="Taken", query="q=x")
    response = client_of(national).post(f"{MATRIX}?province=noord", {"name": name})
    html = response.content.decode()
    assert (response.status_code, problem in html, shown(response)) == (200, True, ["Alfa", "Beta"])
    assert [view.query for view in SavedView.objects.all()] == ["q=x"]
    if "\x00" not in name:
        assert f'value="{name}"' in html or not name


def test_there_is_a_bound_to_views(client_of, national, zones):
    for number in range(MAX_VIEWS):
        SavedView.objects.create(user=national, name=f"view {number}", query="")
    html = client_of(national).post(MATRIX, {"name": "one more"}).content.decode()
    assert "You have 20 views" in html
    assert SavedView.objects.count() == MAX_VIEWS


def test_the_views_of_others_are_neither_shown_nor_removed(client_of, national, zones):
    other = SavedView.objects.create(user=UserFactory(coordinator_of="country"), name="Theirs", query="")
    client = client_of(national)
    assert "Theirs" not in client.get(MATRIX).content.decode()
    client.post(f"/coverage/views/{other.pk}/remove/")
    assert SavedView.objects.get() == other
    client.post(MATRIX, {"name": "Theirs"})
    assert SavedView.objects.count() == 2


def test_the_views_go_with_the_person(national, zones):
    other = UserFactory(coordinator_of="country")
    for user in (national, other):
        SavedView.objects.create(user=user, name="P2 in Noord", query="item=P2")
    kept = [{"name": "P2 in Noord", "query": "item=P2"}]
    assert personal_data_of(national)["kept_for_you"]["plans.savedview"] == kept
    erase_person(by=None, user=national)
    assert [view.user for view in SavedView.objects.all()] == [other]
