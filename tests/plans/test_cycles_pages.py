"""The cycles and their deadlines: pages for system administrators, and the file of an operator."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from kiv.audit.models import AuditEvent
from plans.models import Deadline
from plans.services import deadlines
from plans.services.deadlines import MAX_DEADLINES
from tests.factories.accounts import UserFactory
from tests.plans.cast import make_cycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LIST = reverse("plans:cycle_list")
TYPED = {"name_nl": "Delen", "name_fr": "Partager", "name_de": "", "name_en": "", "date": "2027-03-31"}
STORED = ({"nl": "Delen", "fr": "Partager"}, date(2027, 3, 31), [30, 7])


@pytest.fixture
def client(client_of):
    return client_of(UserFactory(is_system_administrator=True))


@pytest.fixture
def cycle():
    return make_cycle()


@pytest.fixture
def deadline(cycle):
    return Deadline.objects.create(cycle=cycle, name={"nl": "Delen"}, date=date(2027, 3, 31), days_before=[7])


def adding(cycle):
    return reverse("plans:deadline_add", args=[cycle.pk])


def changing(deadline):
    return reverse("plans:deadline_change", args=[deadline.cycle_id, deadline.pk])


def stored():
    return list(Deadline.objects.order_by("date", "pk").values_list("name", "date", "days_before"))


def events():
    return list(AuditEvent.objects.order_by("pk").values_list("event", "data"))


def test_a_deadline_is_added_changed_and_removed(client, cycle):
    assert client.post(adding(cycle), TYPED | {"days_before": "7; 30, 30"}).status_code == 302
    assert stored() == [STORED]
    [deadline] = Deadline.objects.all()
    assert client.get(changing(deadline)).context["form"].initial["days_before"] == "30, 7"
    typed = TYPED | {"date": "2027-04-01", "days_before": "", "revision": 1}
    assert client.post(changing(deadline), typed).status_code == 302
    assert stored() == [(STORED[0], date(2027, 4, 1), [])]
    page = client.get(LIST).content.decode()
    assert ("01/04/2027" in page, 'lang="nl">Delen' in page) == (True, True)
    for _click in range(2):
        url = reverse("plans:deadline_remove", args=[cycle.pk, deadline.pk])
        assert client.post(url).headers["Location"] == LIST
    assert stored() == []
    assert events() == [
        ("cycle.deadline_added", {"name": "2026-2031", "dated": "2027-03-31"}),
        ("cycle.deadline_changed", {"name": "2026-2031", "dated": "2027-04-01"}),
        ("cycle.deadline_removed", {"name": "2026-2031", "dated": "2027-04-01"}),
    ]
    page = client.get(reverse("plans:audit_list")).content.decode()
    assert "The deadline of cycle 2026-2031 on 01/04/2027 was removed." in page


def test_a_second_click_adds_nothing(client, cycle):
    for _click in range(2):
        assert client.post(adding(cycle), TYPED | {"days_before": "30, 7"}).status_code == 302
    assert (stored(), len(events())) == ([STORED], 1)


def test_saving_what_is_stored_changes_nothing(client, deadline):
    typed = {"name_nl": "Delen", "date": "2027-03-31", "days_before": "7", "revision": 1}
    assert client.post(changing(deadline), typed).status_code == 302
    assert (Deadline.objects.get().revision, events()) == (1, [])


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name_nl", "", "a name in at least one language"),
        ("name_nl", "x" * 151, "at most 150"),
        ("name_nl", "a\0b", "invisible control characters"),
        ("date", "", "required"),
        ("date", "soon", "valid date"),
        ("date", "1999-12-31", "between 2000 and 2200"),
        ("date", "9999-12-31", "between 2000 and 2200"),
        ("days_before", "a week", "Give whole numbers"),
        ("days_before", "366", "at most 365 days ahead"),
        ("days_before", "1,2,3,4,5,6", "at most five reminders"),
        ("days_before", "²", "Give whole numbers"),
        ("days_before", "9" * 41, "at most 40"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(client, deadline, field, value, words):
    typed = {"name_nl": "Anders", "date": "2027-05-01", "days_before": "1", "revision": 1}
    before = stored()
    for url in (adding(deadline.cycle), changing(deadline)):
        response = client.post(url, typed | {field: value})
        assert (response.status_code, words in response.content.decode()) == (200, True)
        shown = response.context["form"]
        other = "days_before" if field == "date" else "date"
        assert shown[other].value() == typed[other]
    assert (stored(), events()) == (before, [])


def test_a_stale_save_is_refused_with_everything_typed_kept(client, deadline):
    other = UserFactory(is_system_administrator=True)
    deadlines.change_deadline(
        deadline=deadline,
        revision=1,
        name={"nl": "Van een ander"},
        date=deadline.date,
        days_before=[],
        by=other,
    )
    typed = {"name_nl": "Van mij", "date": "2027-03-31", "days_before": "7", "revision": 1}
    response = client.post(changing(deadline), typed)
    page = response.content.decode()
    assert response.status_code == 409
    assert [(row.typed, row.stored) for row in response.context["conflict"]] == [
        ("Van mij", "Van een ander"),
        ("7", ""),
    ]
    assert ('value="Van mij"' in page, 'name="revision" value="2"' in page) == (True, True)
    assert stored()[0][0] == {"nl": "Van een ander"}
    assert client.post(changing(deadline), typed | {"revision": 2}).status_code == 302
    assert stored()[0][0] == {"nl": "Van mij"}


def test_a_deadline_removed_meanwhile_keeps_what_was_typed(client, deadline):
    url = changing(deadline)
    deadlines.remove_deadline(deadline=deadline, by=None)
    assert client.get(url).status_code == 404
    response = client.post(url, {"name_nl": "Van mij", "date": "2027-03-31", "revision": 1})
    page = response.content.decode()
    assert (response.status_code, 'value="Van mij"' in page) == (404, True)
    assert f'action="{adding(deadline.cycle)}"' in page


def test_a_cycle_has_its_bound(client, cycle):
    Deadline.objects.bulk_create(
        Deadline(cycle=cycle, name={"nl": str(number)}, date=date(2027, 1, 1))
        for number in range(MAX_DEADLINES)
    )
    response = client.post(adding(cycle), TYPED)
    assert "A cycle holds at most 50 deadlines." in response.content.decode()
    assert Deadline.objects.count() == MAX_DEADLINES


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_any_number(client, django_assert_num_queries, number):
    for at in range(number):
        cycle = make_cycle(2026 + 6 * at)
        for _ in range(number):
            Deadline.objects.create(cycle=cycle, name={"nl": "a"}, date=date(2027, 1, 1))
    with django_assert_num_queries(5):  # session, user, memberships, cycles, deadlines
        cycles = client.get(LIST).context["cycles"]
        assert [cycle.first_year for cycle in cycles] == [2038, 2032, 2026][-number:]


class TestFile:
    TEXT = """format: kiv-cycles/1
cycles:
  - name: "2026-2031"
    first_year: 2026
    last_year: 2031
    deadlines:
      - {code: share, name: {nl: Delen, fr: Partager}, date: 2027-03-31}
      - {code: send, name: {nl: Versturen}, date: 2027-06-30, days_before: []}
"""

    @pytest.fixture
    def load(self, tmp_path):
        def load_text(text):
            path = tmp_path / "cycles.yaml"
            path.write_text(text)
            call_command("load_cycles", str(path), verbosity=0)

        return load_text

    def test_loading_again_changes_what_differs_and_nothing_else(self, load, cycle):
        by_hand = Deadline.objects.create(cycle=cycle, name={"nl": "Eigen"}, date=date(2027, 1, 1))
        for _again in range(2):
            load(self.TEXT)
        own = ({"nl": "Eigen"}, by_hand.date, [])
        assert stored() == [own, STORED, ({"nl": "Versturen"}, date(2027, 6, 30), [])]
        load(self.TEXT.replace("2027-06-30", "2027-07-01").replace("nl: Delen, ", ""))
        assert stored() == [
            own,
            ({"fr": "Partager"}, date(2027, 3, 31), [30, 7]),
            ({"nl": "Versturen"}, date(2027, 7, 1), []),
        ]
        assert [event for event, _data in events()] == ["cycle.deadline_added"] * 2 + [
            "cycle.deadline_changed"
        ] * 2

    @pytest.mark.parametrize(
        ("old", "new", "line"),
        [
            ("code: send", "code: share", "line 8, cycles[1].deadlines[2]: expected each code once"),
            ("code: send", "code: Send it", "line 8, cycles[1].deadlines[2].code: expected text of the form"),
            ("2027-06-30", "soon", "line 8, cycles[1].deadlines[2].date: expected a date"),
            ("2027-06-30", "2300-01-01", "line 8, cycles[1].deadlines[2].date: expected at most 2200-12-31"),
            ("days_before: []", "days_before: [366]", "days_before[1]: expected at most 365"),
            ("{nl: Versturen}", "{}", "line 8, cycles[1].deadlines[2].name: expected 1 or more"),
            ("{nl: Versturen}", "{it: Inviare}", "line 8, cycles[1].deadlines[2].name"),
        ],
    )
    def test_a_wrong_file_is_refused_whole(self, load, old, new, line):
        assert old in self.TEXT
        with pytest.raises(CommandError) as refused:
            load(self.TEXT.replace(old, new))
        assert line in str(refused.value)
        assert stored() == []
