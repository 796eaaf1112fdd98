"""The page of versions, starting one and discarding one: by whom, once, whatever is sent."""

from copy import deepcopy

import pytest
from django.urls import reverse

from plans.models import PlanVersion
from plans.services.sharing import share_version
from plans.services.versions import discard_version
from tests.factories.accounts import UserFactory
from tests.factories.territory import MunicipalityFactory, ZoneFactory
from tests.plans.cast import Cast, in_english, make_plan, people_with_plan, share
from tests.plans.documents.browsing import said, text
from tests.plans.services.versioning import fresh, start, stored
from tests.plans.versions import acts

pytestmark = pytest.mark.django_db

SENT = {"kind": "addendum", "reason": "A decision of the council"}


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


@pytest.fixture(scope="module")
def laid_once(once_per_module):
    return once_per_module(lambda: people_with_plan(shared=True))


@pytest.fixture
def people(laid_once):
    return deepcopy(laid_once[0])


@pytest.fixture
def newcomers():
    """People of a zone that has no plan yet."""
    return Cast(ZoneFactory())


@pytest.fixture
def shared(laid_once):
    """The first version, shared."""
    return fresh(laid_once[1])


@pytest.fixture
def draft(shared):
    """The second version, in preparation."""
    return start(shared, reason="SECRET draft")


def at(name, assessment, *more):
    return reverse(f"plans:{name}", args=[assessment.version.plan_id, *more])


def numbers(assessment):
    versions = PlanVersion.objects.filter(plan=assessment.version.plan_id)
    return list(versions.order_by("number").values_list("number", "status"))


class TestTheList:
    def test_newest_first_with_its_reason(self, client_of, people, draft):
        response = client_of(people.reader).get(at("versions", draft))
        lines = response.context["lines"]
        assert [(line.version.number, line.previous) for line in lines] == [(2, 1), (1, None)]
        page = text(response)
        assert page.index("Version 2: addendum") < page.index("SECRET draft") < page.index("Version 1: plan")
        assert f"{at('version_compare', draft)}?from=1&amp;to=2" in response.content.decode()
        assert f"{at('check', draft)}?version=1" in response.content.decode()

    @pytest.mark.parametrize("role", Cast.READING_SHARED)
    def test_coordinators_know_what_was_shared(self, client_of, people, draft, role):
        client = client_of(people[role])
        response = client.get(at("versions", draft))
        assert [line.version.number for line in response.context["lines"]] == [1]
        assert "SECRET" not in response.content.decode()
        assert "Version 2" not in text(response)
        share_version(version=draft.version, by=None)
        response = client.get(at("versions", draft))
        assert [(line.version.number, line.previous) for line in response.context["lines"]] == [
            (2, 1),
            (1, None),
        ]

    @pytest.mark.parametrize("role", Cast.READING_SHARED)
    def test_before_anything_was_shared_there_is_no_page(self, client_of, newcomers, role):
        assert client_of(newcomers[role]).get(at("versions", make_plan(newcomers.zone))).status_code == 404

    @pytest.mark.parametrize("role", Cast.OUTSIDE)
    def test_to_others_there_is_no_page(self, client_of, people, draft, role):
        client = client_of(people[role])
        assert client.get(at("versions", draft)).status_code == 404
        for name in ("version_start", "version_discard"):
            assert client.get(at(name, draft)).status_code == 404
            assert client.post(at(name, draft), SENT | {"number": 2}).status_code == 404

    @pytest.mark.parametrize(
        ("role", "first", "shared_", "second"),
        [
            ("lead", {"step_add"}, {"step_add", "version_start"}, {"step_add", "version_discard"}),
            ("editor", {"step_add"}, {"step_add", "version_start"}, {"step_add"}),
            ("reader", set(), set(), set()),
        ],
    )
    def test_what_is_offered_when(self, client_of, newcomers, role, first, shared_, second):
        assessment, client = make_plan(newcomers.zone), client_of(newcomers[role])
        offered = [acts(client.get(at("versions", assessment)))]
        share(assessment)
        offered.append(acts(client.get(at("versions", assessment))))
        start(fresh(assessment))
        offered.append(acts(client.get(at("versions", assessment))))
        assert offered == [first, shared_, second]

    def test_coordinators_are_offered_nothing(self, client_of, people, shared):
        assert acts(client_of(people.coordinator).get(at("versions", shared))) == set()

    @pytest.mark.parametrize("role", ["reader", "lead", "coordinator"])
    def test_queries(self, django_assert_num_queries, client_of, people, shared, role):
        client, count = client_of(people[role]), {"reader": 7, "lead": 8, "coordinator": 7}[role]
        client.get(at("versions", shared))
        with django_assert_num_queries(count):
            client.get(at("versions", shared))
        for _ in range(2):
            shared = start(shared)
            share_version(version=shared.version, by=None)
            shared = fresh(shared)
        with django_assert_num_queries(count):
            assert len(client.get(at("versions", shared)).context["lines"]) == 3

    def test_what_people_typed_is_shown_as_typed(self, client_of, people, shared):
        start(shared, reason="<script>alert(1)</script>\n& é")
        page = client_of(people.lead).get(at("versions", shared)).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>&amp; é" in page


class TestStarting:
    @pytest.mark.parametrize("role", ["editor", "lead"])
    def test_a_copy_to_work_on(self, client_of, people, shared, role):
        client = client_of(people[role])
        assert "copy of version 1" in text(client.get(at("version_start", shared)))
        response = client.post(at("version_start", shared), SENT)
        assert (response.status_code, response.url) == (302, at("check", shared))
        assert said(response) == ["Version 2 is a copy of the one before it. Change what has to change."]
        assert numbers(shared) == [(1, "shared"), (2, "preparation")]
        version = client.get(response.url).context["version"]
        assert (version.kind, version.reason) == ("addendum", SENT["reason"])

    @pytest.mark.parametrize("role", ["reader", *Cast.READING_SHARED])
    def test_others_who_read_it_start_nothing(self, client_of, people, shared, role):
        client, before = client_of(people[role]), stored()
        assert client.get(at("version_start", shared)).status_code == 404
        assert client.post(at("version_start", shared), SENT).status_code == 404
        assert stored() == before

    def test_local_plan_is_the_municipality_s(self, client_of, newcomers):
        municipality = MunicipalityFactory(zone=newcomers.zone)
        local = make_plan(newcomers.zone, municipality=municipality)
        share_version(version=local.version, by=None)
        assert client_of(newcomers.lead).post(at("version_start", local), SENT).status_code == 404
        editor = client_of(UserFactory(editor_of=municipality))
        assert editor.post(at("version_start", local), SENT).status_code == 302
        assert numbers(local) == [(1, "shared"), (2, "preparation")]

    def test_a_double_click_starts_one(self, client_of, people, shared):
        client = client_of(people.lead)
        client.post(at("version_start", shared), SENT)
        before = stored()
        response = client.post(at("version_start", shared), SENT)
        assert (response.status_code, response.url) == (302, at("versions", shared))
        assert "still in preparation" in said(response)[-1]
        assert stored() == before

    def test_who_comes_second_keeps_the_reason_that_was_typed(self, client_of, people, shared):
        client_of(people.editor).post(at("version_start", shared), SENT)
        before = stored()
        response = client_of(people.lead).post(at("version_start", shared), SENT | {"reason": "Typed words"})
        assert response.status_code == 409
        assert "still in preparation" in text(response)
        assert "Typed words" in response.content.decode()
        assert stored() == before

    def test_while_it_is_in_preparation(self, client_of, people, draft):
        client = client_of(people.editor)
        response = client.get(at("version_start", draft))
        assert (response.status_code, response.url) == (302, at("versions", draft))
        assert "still in preparation" in said(response)[0]

    def test_an_older_one_is_no_starting_point(self, client_of, people, draft):
        share_version(version=draft.version, by=None)
        client = client_of(people.lead)
        response = client.get(f"{at('version_start', draft)}?version=1")
        assert (response.status_code, response.url) == (302, at("versions", draft))
        assert "newer version" in said(response)[0]
        client.post(f"{at('version_start', draft)}?version=1", SENT)
        third = PlanVersion.objects.get(number=3)
        assert third.plan.versions.get(number=2).status == "shared"

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"kind": "addendum"}, "reason"),
            ({"kind": "addendum", "reason": "  \n "}, "reason"),
            ({"kind": "addendum", "reason": "\u200b"}, "reason"),
            ({"kind": "addendum", "reason": "x" * 2001}, "reason"),
            ({"kind": "addendum", "reason": "x\0"}, "reason"),
            ({"kind": "addendum", "reason": "x\u202ey"}, "reason"),
            ({"kind": "addendum", "reason": "x\x1by"}, "reason"),
            ({"reason": "x"}, "kind"),
            ({"kind": "draft", "reason": "x"}, "kind"),
            ({"kind": ["plan", "x"], "reason": "x"}, "kind"),
        ],
    )
    def test_what_cannot_be(self, client_of, people, shared, sent, field):
        before = stored()
        response = client_of(people.lead).post(at("version_start", shared), sent)
        assert response.status_code == 200
        assert list(response.context["form"].errors) == [field]
        assert stored() == before

    def test_what_was_typed_is_still_there(self, client_of, people, shared):
        sent = {"kind": "", "reason": "a <long> story"}
        page = client_of(people.lead).post(at("version_start", shared), sent).content.decode()
        assert "a &lt;long&gt; story" in page
        assert "data-unsaved" in page

    def test_after_an_ended_session_one_is_asked_again(self, client, shared):
        before = stored()
        ended = client.post(at("version_start", shared), SENT)
        assert (ended.status_code, ended.context["next"]) == (401, at("version_start", shared))
        assert stored() == before


class TestDiscarding:
    def test_asked_first_and_then_gone(self, client_of, people, shared):
        before = stored()
        draft = start(shared)
        client = client_of(people.lead)
        response = client.get(at("version_discard", draft))
        assert "Remove version 2?" in text(response)
        assert numbers(shared) == [(1, "shared"), (2, "preparation")]
        response = client.post(at("version_discard", draft), {"number": "2"})
        assert (response.status_code, response.url) == (302, at("versions", draft))
        assert said(response) == ["Version 2 is removed."]
        assert stored() | {"AuditEvent": []} == before | {"AuditEvent": []}

    @pytest.mark.parametrize("role", ["reader", "editor", *Cast.READING_SHARED])
    def test_by_the_lead_only(self, client_of, people, draft, role):
        client, before = client_of(people[role]), stored()
        assert client.get(at("version_discard", draft)).status_code == 404
        assert client.post(at("version_discard", draft), {"number": "2"}).status_code == 404
        assert stored() == before

    @pytest.mark.parametrize(
        "sent", [{"number": ""}, {"number": "1"}, {"number": "x"}, {"number": "\0"}, {"number": "02"}]
    )
    def test_only_the_version_that_was_asked_about(self, client_of, people, draft, sent):
        before = stored()
        response = client_of(people.lead).post(at("version_discard", draft), sent)
        assert (response.status_code, response.url) == (302, at("versions", draft))
        assert stored() == before

    def test_a_double_click(self, client_of, people, draft):
        client = client_of(people.lead)
        client.post(at("version_discard", draft), {"number": "2"})
        before = stored()
        response = client.post(at("version_discard", draft), {"number": "2"})
        assert (response.status_code, response.url) == (302, at("versions", draft))
        assert stored() == before

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_neither_what_was_shared_nor_the_first(self, client_of, people, newcomers, shared, method):
        client, before = client_of(people.lead), stored()
        response = getattr(client, method)(at("version_discard", shared), {"number": "1"})
        assert (response.status_code, response.url) == (302, at("versions", shared))
        assert said(response) == ["This version was shared for review and stays."]
        first = make_plan(newcomers.zone)
        response = getattr(client_of(newcomers.lead), method)(at("version_discard", first), {"number": "1"})
        assert said(response) == ["This is the first version of the plan: it stays."]
        assert stored()["PlanVersion"][:1] == before["PlanVersion"]

    def test_after_an_ended_session_one_is_asked_again(self, client, draft):
        ended = client.post(at("version_discard", draft), {"number": "2"})
        assert (ended.status_code, ended.context["next"]) == (401, at("version_discard", draft))
        assert numbers(draft) == [(1, "shared"), (2, "preparation")]

    def test_who_still_has_it_open_is_told(self, client_of, people, draft):
        """The pages then are those of the version before, which takes no change."""
        client = client_of(people.editor)
        page = client.get(at("choices", draft))
        discard_version(version=draft.version, by=None)
        before = stored()
        assert page.status_code == 200
        assert client.post(at("choices", draft), {"P1-choice": "retained"}).status_code == 409
        assert client.post(at("objective_add", draft), {"title": "x"}).status_code in (302, 409)
        assert stored() == before
