"""One person: an account, what is chosen in it, a token, and how it is closed and erased."""

from types import SimpleNamespace

from kiv.accounts.models import ApiToken, Membership, User
from kiv.accounts.services import (
    activate_person,
    add_membership,
    add_person,
    deactivate_person,
    erase_person,
    issue_password_link,
    issue_token,
    remove_membership,
    revoke_token,
    set_password,
)
from plans.models import SavedView
from plans.services.notices import choose_notices
from plans.services.saved_views import remove_view, save_view
from tests.factories.accounts import UserFactory
from tests.factories.territory import ZoneFactory
from tests.killed.living import Act, Story


def make_world() -> SimpleNamespace:
    administrator = UserFactory(is_system_administrator=True)
    return SimpleNamespace(administrator=administrator, zones=[ZoneFactory(), ZoneFactory()])


def person() -> User:
    return User.objects.get(email="an@zone.be")


def of_person(world) -> dict:
    return {"by": world.administrator, "user": person()}


STORY = Story(
    "accounts",
    make_world,
    (
        Act(
            add_person,
            lambda world: {
                "by": world.administrator,
                "email": "an@zone.be",
                "name": "An",
                "language": "nl",
                "role": "zone_editor",
                "zone": world.zones[0],
            },
        ),
        Act(add_membership, lambda world: of_person(world) | {"role": "zone_lead", "zone": world.zones[1]}),
        Act(issue_password_link, of_person),
        Act(set_password, lambda world: {"by": person(), "user": person(), "password": "a long password"}),
        Act(choose_notices, lambda world: {"by": person(), "frequencies": {"shared": "never"}}),
        Act(save_view, lambda world: {"by": person(), "name": "Mine", "query": "zone=1"}, is_recorded=False),
        Act(
            remove_view,
            lambda world: {"by": person(), "view_id": SavedView.objects.get().pk},
            is_recorded=False,
        ),
        Act(issue_token, lambda world: {"by": person(), "name": "Report", "days": 30}),
        Act(revoke_token, lambda world: {"by": person(), "token": ApiToken.objects.get()}),
        Act(deactivate_person, of_person),
        Act(activate_person, of_person),
        Act(
            remove_membership,
            lambda world: {
                "by": world.administrator,
                "membership": Membership.objects.get(user=person(), role="zone_lead"),
            },
        ),
        Act(erase_person, of_person),
    ),
)
