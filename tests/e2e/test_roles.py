"""Each role of the demonstration: its first screen, in its language, without a barrier."""

import pytest

from tests.browser import assert_accessible
from tests.e2e.people import demo_person

#: Demo account → where the first screen is, in which language.
FIRST_SCREENS = {
    "lead.antwerpen": ("/plans/*/", "nl"),
    "editor.antwerpen": ("/plans/*/", "nl"),
    "reader.antwerpen": ("/plans/*/", "nl"),
    "lead.liege": ("/plans/*/", "fr"),
    "lead.weser-goehl": ("/plans/*/", "de"),
    "editor.genk": ("/plans/*/", "nl"),
    "coordinator.national": ("/coverage/", "nl"),
    "coordinator.limburg": ("/coverage/", "nl"),
    "framework": ("/editions/", "nl"),
    "system": ("/zones/", "fr"),
}


@pytest.mark.e2e
@pytest.mark.parametrize("name", FIRST_SCREENS)
def test_first_screen(page, name):
    path, language = FIRST_SCREENS[name]
    page.goto("/login/")
    demo_person(name).fill_in(page)
    page.wait_for_url(f"**{path}")
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator(".demo-banner").is_visible()
    assert_accessible(page)


@pytest.mark.e2e
def test_pages_of_others_are_not_there(page):
    demo_person("lead.liege").sign_in(page, "fr")
    own = page.url
    assert page.goto("/plans/1/").status == 404
    assert_accessible(page)
    assert page.goto(own).status == 200
