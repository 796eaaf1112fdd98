"""What a browser does with the sign-in page: read its hidden fields, and send it."""

import re
from html import unescape

from django.urls import reverse

from tests.factories.accounts import PASSWORD

LOGIN = reverse("accounts:login")


def page_of(response):
    return response.content.decode()


def hidden(page, name):
    """The values of the hidden inputs of that name, in the main part of the page (not the header)."""
    main = page[page.index("<main") :]
    return [unescape(v) for v in re.findall(rf'<input type="hidden" name="{name}" value="([^"]*)"', main)]


def form_fields(page, action):
    """Every hidden field of the form with this action."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', page, re.DOTALL).group(1)
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
    return {unescape(name): unescape(value) for name, value in fields}


def token_of(browser):
    return hidden(page_of(browser.get(LOGIN)), "csrfmiddlewaretoken")[0]


def sign_in(browser, page, **changes):
    fields = form_fields(page, LOGIN)
    return browser.post(LOGIN, {**fields, "username": "an@example.be", "password": PASSWORD, **changes})
