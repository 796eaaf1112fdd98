"""People and zones for browser journeys, made on the server's own database, each used by one test."""

import json
import re
import secrets
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser import Site

PLAN = re.compile(r"/plans/[0-9]+/")
DEMO_PASSWORD = "kiv-toets-demo"
MAKE = """
import json
from kiv.accounts.models import Membership, User
from kiv.territory.models import PoliceZone
wanted = json.loads({wanted!r})
from kiv.territory.services import rebuild_lineage
zone = PoliceZone.objects.create(name=wanted["zone"], languages=["nl"], key=wanted["zone"])
rebuild_lineage()
for email, role in wanted["people"].items():
    user = User(email=email, name=email, language="nl")
    user.set_password(wanted["password"])
    user.save()
    Membership.objects.create(user=user, role=role, zone=zone)
"""


@dataclass(frozen=True)
class Person:
    email: str
    password: str

    def sign_in(self, page: Page, language: str = "nl") -> None:
        """Sign in on the form, in the given language; ends on the person's first screen."""
        page.goto(f"/login/?lang={language}")
        self.fill_in(page)
        page.wait_for_url(lambda url: "/login" not in url)

    def fill_in(self, page: Page) -> None:
        page.locator("input[type=email]").fill(self.email)
        page.locator("input[type=password]").fill(self.password)
        page.locator("main button[type=submit]").click()


def demo_person(name: str) -> Person:
    return Person(f"{name}@demo.example", DEMO_PASSWORD)


def make_zone(site: Site, *roles: str) -> list[Person]:
    """A zone without plans, and one person for each role in it."""
    mark, password = secrets.token_hex(4), secrets.token_urlsafe(12)
    people = {f"{role}.{mark}@journey.example": role for role in roles}
    wanted = json.dumps({"zone": f"PZ Journey {mark}", "people": people, "password": password})
    site.resident.run(MAKE.format(wanted=wanted))
    return [Person(email, password) for email in people]


MAKE_ADMINISTRATOR = """
from kiv.accounts.models import Membership, User
user = User(email={email!r}, name={email!r}, language="nl")
user.set_password({password!r})
user.save()
Membership.objects.create(user=user, role="framework_administrator")
"""


def make_framework_administrator(site: Site) -> Person:
    """Somebody who prepares and publishes editions, beside the demonstration's own."""
    person = Person(f"framework.{secrets.token_hex(4)}@journey.example", secrets.token_urlsafe(12))
    site.resident.run(MAKE_ADMINISTRATOR.format(email=person.email, password=person.password))
    return person


def start_plan(page: Page) -> str:
    """Start a plan with what the form proposes; the path of its check page."""
    page.goto("/plans/new/")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(PLAN)
    return PLAN.search(page.url)[0]
