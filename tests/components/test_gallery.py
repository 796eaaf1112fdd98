"""The gallery is sound for every reader, and stays out of production."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, reverse

STYLES = Path(settings.BASE_DIR, "static", "css")
TEMPLATES = Path(settings.BASE_DIR, "templates")


@pytest.mark.urls("tests.components.gallery_urls")
@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_gallery_keeps_the_house_rules(client, language):
    """The strict client refuses inline code, broken markup and undefined variables."""
    response = client.get(f"/components/?lang={language}")

    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.content.decode()


def test_gallery_does_not_exist_outside_debug():
    with pytest.raises(NoReverseMatch):
        reverse("gallery")


@pytest.mark.urls("tests.components.gallery_urls")
@pytest.mark.django_db
def test_every_mark_that_is_used_is_drawn_once(client):
    page = client.get("/components/").content.decode()
    drawn = re.findall(r'<symbol id="([^"]+)"', page)

    assert sorted(drawn) == sorted(set(drawn))
    assert set(re.findall(r'<use href="#([^"]+)"', page)) - set(drawn) == set()


def test_every_class_of_the_stylesheets_is_documented_or_shown():
    """A class that nobody can find is a class that is invented again."""
    styles = "".join(path.read_text() for path in STYLES.glob("*.css"))
    styles = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", styles, flags=re.DOTALL)
    # States of values are written by the tags: chip--state-open, level--2, digit--1.
    named = set(re.findall(r"\.([a-z][a-z_-]*(?:--)?[a-z_-]*)(?=[\s,:>{.)\[+~])", styles))
    places = [*TEMPLATES.rglob("*.html"), TEMPLATES / "components" / "README.md"]
    known = " ".join(path.read_text() for path in places)
    made_by_tags = {name for name in named if name.startswith(("chip--", "message--", "field--", "htmx-"))}

    assert {name for name in named - made_by_tags if name not in known} == set()
