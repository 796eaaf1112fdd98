"""The strict client refuses what no page of ours may do, and lets the rest pass."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.models import Session
from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.strict import StrictClient

PAGE = '<!doctype html><html lang="nl"><head><title>a</title></head><body>%s</body></html>'


def open_page(view, method: str = "get"):
    return getattr(StrictClient(), method)(f"/{view}/")


@login_not_required
def show_sound(request):
    Session.objects.count()
    return HttpResponse(PAGE % "<p>goed</p>")


@login_not_required
def show_and_write(request):
    Session.objects.create(session_key="k", session_data="", expire_date=timezone.now())
    return HttpResponse(PAGE % "<p>goed</p>")


@login_not_required
def show_faulty(request):
    return HttpResponse(PAGE % '<p style="top:0"></p>')


@login_not_required
def show_json(request):
    return JsonResponse({"style": '<p style="top:0">'})


@login_not_required
def show_without_policy(request):
    response = HttpResponse(PAGE % "<p>goed</p>")
    response._csp_exempt = True
    return response


urlpatterns = [
    path("sound/", show_sound),
    path("writing/", show_and_write),
    path("faulty/", show_faulty),
    path("json/", show_json),
    path("without-policy/", show_without_policy),
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.mark.parametrize("view", ["sound", "json"])
def test_sound_answers_pass(view):
    assert open_page(view).status_code == 200


def test_get_that_writes_is_refused():
    with pytest.raises(AssertionError, match=r"GET /writing/ writes to the database:\n.*INSERT INTO"):
        open_page("writing")


@pytest.mark.parametrize("table", ["django_session", "django_sess"])
def test_a_client_whose_requests_are_counted_may_write_to_that_table_alone(table):
    class Counted(StrictClient):
        counted_in = table

    if table == "django_session":
        assert Counted().get("/writing/").status_code == 200
    else:
        with pytest.raises(AssertionError, match="writes to the database"):
            Counted().get("/writing/")


def test_post_may_write():
    assert open_page("writing", "post").status_code == 200
    assert Session.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_faulty_markup_is_refused(method):
    with pytest.raises(AssertionError, match=r"/faulty/ \(200\):\n  line 1: <p style"):
        open_page("faulty", method)


def test_page_without_policy_is_refused():
    with pytest.raises(AssertionError, match="no Content-Security-Policy"):
        open_page("without-policy")


@pytest.mark.django_db
def test_signing_in_makes_the_session_that_django_makes():
    user, ours, theirs = UserFactory(), StrictClient(), StrictClient()
    ours.force_login(user)
    super(StrictClient, theirs).force_login(user)
    assert dict(ours.session.items()) == dict(theirs.session.items())
    assert ours.session.keys()
