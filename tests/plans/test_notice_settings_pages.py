"""My account → Notices: what each role may choose, what is stored, and what is not."""

import pytest
from django.urls import reverse

from kiv.accounts.export import personal_data_of
from kiv.accounts.services import erase_person, find_erasure
from kiv.audit.models import AuditEvent
from plans.models import Notice, NoticeSetting, OutboxMail
from plans.selectors.notices import DEFAULTS, frequencies_of
from tests.factories.territory import ZoneFactory
from tests.plans.cast import Cast, make_plan
from tests.plans.mail.posting import let_time_pass, send, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
PAGE = reverse("plans:notice_settings")
ZONE = ["shared", "remark", "reviewed", "assigned", "deadline"]


@pytest.fixture
def cast():
    return Cast(ZoneFactory())


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("reader", ZONE),
        ("lead", ZONE),
        ("coordinator", ["shared", "answer"]),
        ("framework_administrator", []),
        ("nobody", []),
    ],
)
def test_one_chooses_among_what_one_can_be_told_of(client_of, cast, name, kinds):
    response = client_of(cast[name]).get(PAGE)
    assert list(response.context["form"].fields) == kinds
    assert ("You receive no notices" in response.content.decode()) is (kinds == [])


def test_what_is_chosen_is_kept_and_is_ones_own(client_of, cast):
    client = client_of(cast.editor)
    assert f'href="{PAGE}"' in client.get(reverse("accounts:person_me")).content.decode()
    assert frequencies_of(cast.editor) == DEFAULTS
    chosen = dict.fromkeys(ZONE, "at_once") | {"remark": "daily", "deadline": "never"}
    assert client.post(PAGE, chosen | {"answer": "never"}).status_code == 302
    for typed in (chosen, {}, {"remark": ""}):
        assert client.post(PAGE, typed).status_code == 302
    assert frequencies_of(cast.editor) == DEFAULTS | {"remark": "daily", "deadline": "never"}
    assert frequencies_of(cast.lead) == DEFAULTS
    assert client.get(PAGE).context["form"].initial == chosen
    events = AuditEvent.objects.filter(event="person.notices_chosen")
    assert list(events.values_list("actor_id", "on_id", "data")) == [
        (cast.editor.pk, str(cast.editor.pk), {"kinds": 2})
    ]


@pytest.mark.parametrize("word", ["hourly", "\0", "x" * 500])
def test_another_word_is_refused_and_changes_nothing(client_of, cast, word):
    response = client_of(cast.editor).post(PAGE, dict.fromkeys(ZONE, "never") | {"remark": word})
    assert (response.status_code, "error-summary" in response.content.decode()) == (200, True)
    assert not NoticeSetting.objects.exists()


def test_the_page_costs_the_same_whatever_was_chosen(client_of, cast, django_assert_num_queries):
    client = client_of(cast.editor)
    for kinds in ([], ZONE):
        for kind in kinds:
            NoticeSetting.objects.create(user=cast.editor, kind=kind, frequency="never")
        with django_assert_num_queries(4):  # session, user, memberships, settings
            client.get(PAGE)


def test_what_is_kept_of_a_person_is_told_them_and_goes_with_them(cast):
    """Sent mails, mails and notices that wait, and the choice: of one, and of nobody else."""
    assessment = make_plan(cast.zone)
    people = [cast.editor, cast.reader]
    tell("assigned", assessment, to=people, item="P1")
    send()
    tell("reviewed", assessment, to=people)
    NoticeSetting.objects.create(user=cast.editor, kind="deadline", frequency="never")
    NoticeSetting.objects.create(user=cast.reader, kind="deadline", frequency="daily")
    item = assessment.edition.items.get(code="P1")
    kept = personal_data_of(cast.editor)["kept_for_you"]
    of_no_remark = {"version_id": assessment.version_id, "remark_id": None, "is_reply": False}
    assert {
        name: [{key: row[key] for key in row if key not in ("made_at", "sent_at", "text")} for row in rows]
        for name, rows in kept.items()
    } == {
        "accounts.apitoken": [],
        "plans.itemassignment": [],
        "plans.savedview": [],
        "plans.notice": [
            {"kind": "assigned", "item_id": item.pk, **of_no_remark},
            {"kind": "reviewed", "item_id": None, **of_no_remark},
        ],
        "plans.noticesetting": [{"kind": "deadline", "frequency": "never"}],
        "plans.outboxmail": [{"subject": OutboxMail.objects.get(receiver=cast.editor).subject}],
    }
    assert find_erasure(cast.editor).rows == 4
    assert erase_person(by=None, user=cast.editor).rows == 4
    for model, field in ((Notice, "receiver"), (NoticeSetting, "user"), (OutboxMail, "receiver")):
        assert set(model.objects.values_list(field, flat=True)) == {cast.reader.pk}
    let_time_pass(days=1)
    assert send() == ("1 mails sent", 0)
