"""Where the demonstration stays out: everywhere but in an empty database of its own."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from kiv.accounts.demo import AccountBackend, check_no_demo_accounts, is_demo_address
from kiv.accounts.models import User
from kiv.audit.models import AuditEvent
from plans.models import Cycle
from plans.services.demo import FOLDER, read_demo_plan, read_index
from tests.factories.accounts import UserFactory
from tests.factories.plans import AssessmentFactory
from tests.plans.planformat.editions import shipped_editions
from tests.plans.services.acting import stored

pytestmark = pytest.mark.django_db


def run():
    call_command("load_demo", stdout=StringIO())


def test_it_is_refused_outside_the_demonstration(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="KIV_DEMO is off"):
        run()
    assert (User.objects.count(), AuditEvent.objects.count()) == (0, 0)


@pytest.mark.parametrize("make", [UserFactory, AssessmentFactory])
def test_it_is_refused_beside_anything_real(settings, make):
    settings.DEMO = True
    make()
    before = stored(), User.objects.count()
    with pytest.raises(CommandError, match="needs an empty one"):
        run()
    assert (stored(), User.objects.count()) == before


def test_without_editions_or_zones_nothing_is_written(settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="load editions and zones first"):
        run()
    assert (User.objects.count(), Cycle.objects.count(), AuditEvent.objects.count()) == (0, 0, 0)


def names_in(folder):
    return {path.name for path in folder.iterdir()}


def test_its_files_are_all_used_and_say_that_they_are_fictional():
    index = read_index()
    assert {plan.file for plan in index.plans} | {
        "index.yaml",
        "zones.yaml",
        "documents",
        "phrases",
    } == names_in(FOLDER)
    documents = [name for plan in index.plans for name in plan.documents]
    assert sorted(documents) == sorted(names_in(FOLDER / "documents"))
    for name in documents:
        first = (FOLDER / "documents" / name).read_text().lower()[:600]
        assert any(word in first for word in ("fictief", "fictif", "fiktiv"))
    editions = shipped_editions()
    for plan in index.plans:
        header = read_demo_plan(FOLDER / plan.file, editions).plan
        fictional = {"nl": "(fictief)", "fr": "(fictif)", "de": "(fiktiv)"}[header.language]
        assert header.name.endswith(fictional)
    assert all(is_demo_address(account.email) for account in index.accounts)


class TestDemoAccounts:
    """Their password is public."""

    def sign_in(self):
        return AccountBackend().authenticate(None, username="a@demo.example", password="public words here")

    def make(self, email="a@demo.example"):
        user = UserFactory(email=email)
        user.set_password("public words here")
        user.save()
        return user

    def test_they_sign_in_in_the_demonstration_only(self, settings, client):
        user = self.make()
        settings.DEMO = True
        assert self.sign_in() == user
        settings.DEMO = False
        assert self.sign_in() is None
        assert AccountBackend().get_user(user.pk) is None

    def test_a_check_finds_them(self, settings):
        self.make(email="a@demo.example.org")
        settings.DEMO = False
        assert check_no_demo_accounts(None, databases=["default"]) == []
        self.make()
        (error,) = check_no_demo_accounts(None, databases=["default"])
        assert error.id == "kiv.E010"
        assert check_no_demo_accounts(None, databases=None) == []
        settings.DEMO = True
        assert check_no_demo_accounts(None, databases=["default"]) == []

    @pytest.mark.parametrize(
        ("email", "is_demo"),
        [
            ("a@demo.example", True),
            (" A@DEMO.EXAMPLE ", True),
            ("a@demo.example.be", False),
            ("a@mydemo.example", False),
            ("demo.example@police.be", False),
        ],
    )
    def test_which_addresses(self, email, is_demo):
        assert is_demo_address(email) is is_demo
