"""The strip "waits for you" as tests read it, and deadlines around the day that they are held on."""

import re
from datetime import date, timedelta

from plans.models import Deadline
from tests.plans.cast import make_cycle

TODAY = date(2026, 12, 1)
STRIP = re.compile(r'<section class="waiting".*?</section>', re.DOTALL)


def add_deadline(days, name="Share", first_year=2026):
    day = TODAY + timedelta(days=days)
    return Deadline.objects.create(cycle=make_cycle(first_year), name={"en": name}, date=day)


def strip_of(client_of, user, url) -> list[tuple[str, str]]:
    """The lines of the strip, each with where it leads; no strip is an empty list."""
    found = STRIP.search(client_of(user).get(url).content.decode())
    lines = re.findall(r"<li>(?:<a href=\"([^\"]*)\">)?([^<]+)", found.group()) if found else []
    return [(text, url.replace("&amp;", "&")) for url, text in lines]
