"""A token is made on one's own page, and what it shows opens the API; the guide reads without JavaScript."""

import json
import urllib.request

from tests.browser import assert_accessible
from tests.e2e.people import demo_person


def test_from_a_token_to_an_answer(open_page, site):
    """Without JavaScript."""
    page = open_page(java_script_enabled=False)
    demo_person("lead.antwerpen").sign_in(page)
    page.goto("/people/me/tokens/?lang=en")
    page.get_by_label("What is it for?").fill("Journey")
    page.get_by_role("button", name="Make this token").click()
    secret = page.get_by_label("Token", exact=True).input_value()
    request = urllib.request.Request(  # noqa: S310  (our own server)
        f"{site.url}/api/v1/plans", headers={"Authorization": f"Bearer {secret}"}
    )
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        assert {plan["zone"]["code"] for plan in json.load(answer)["results"]} == {"5345"}
    page.get_by_role("link", name="To your API tokens").click()
    page.get_by_role("button", name="Withdraw Journey").click()
    assert page.get_by_text("It opens nothing any more.").is_visible()


def test_pages_around_the_api_are_accessible(open_page):
    page = open_page()
    page.goto("/api/?lang=fr")
    assert_accessible(page)
    demo_person("lead.antwerpen").sign_in(page)
    page.goto("/people/me/tokens/")
    assert_accessible(page)
