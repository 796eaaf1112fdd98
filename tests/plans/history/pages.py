"""Histories as a browser shows them."""

import html
import re

from django.urls import reverse


def at(plan, name: str = "history") -> str:
    return reverse(f"plans:{name}", args=[plan.pk])


def lines(response) -> list[tuple[str, str]]:
    """(who, what) of every row of the table."""
    return [(line["who"], line["what"]) for line in response.context["lines"]]


def whats(response) -> list[str]:
    return [what for _who, what in lines(response)]


def text(response) -> str:
    """What can be read in the main part of the page, on one line."""
    main = response.content.decode().split("<main", 1)[-1].split("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())
