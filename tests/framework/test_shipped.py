"""The editions that come with the product: sound, complete in four languages, and what was published."""

from pathlib import Path

import pytest

from framework.models import Edition
from framework.parsing import parse_edition
from framework.services import load_edition
from kiv.localized import LANGUAGES

DATA = Path(__file__).resolve().parents[2] / "framework" / "data"
FILES = {path.stem: parse_edition(path.read_bytes()) for path in sorted(DATA.glob("kiv-*.yaml"))}
CODES = [f"P{number}" for number in range(1, 11)] + [f"T{number}" for number in range(1, 6)]
#: French titles that are not wholly official, from the sources of the edition files.
FRENCH = {"T3": "partial", "T4": "translation", "T5": "translation"}
SHORT_TITLES = {
    "P3": ("geactualiseerd integraal en geïntegreerd drugsbeleid", "drogues"),
    "P8": ("leefmilieu", "l'environnement"),
    "P9": ("verkeersveiligheid", "la sécurité routière"),
    "P10": ("overlast", "les incivilités"),
    "T4": ("de buitgerichte aanpak", "l'approche axée sur le butin"),
}
each_file = pytest.mark.parametrize("code", FILES)


def texts_of(value, place: str = ""):
    """Every text by language of a file, with its place."""
    if isinstance(value, dict) and value and set(value) <= set(LANGUAGES):
        yield place, value
    elif isinstance(value, dict):
        for name, below in value.items():
            yield from texts_of(below, f"{place}.{name}")
    elif isinstance(value, list):
        for at, below in enumerate(value):
            yield from texts_of(below, f"{place}[{at}]")


def test_both_editions_are_there():
    assert list(FILES) == ["kiv-2016-2019", "kiv-2022-2024"]


@each_file
def test_facts_of_the_edition(code):
    file = FILES[code]
    facts = {
        "kiv-2016-2019": (None, (2016, 2019), "None", []),  # the date of the decision is not verified
        "kiv-2022-2024": (
            "kiv-2016-2019",
            (2022, 2024),
            "2022-03-31",
            [("KIV_22-24_NL", "nl", "2022-03-31")],
        ),
    }
    attachments = [(entry.name, entry.language, str(entry.dated)) for entry in file.attachments]
    assert (file.predecessor, file.period, str(file.approved), attachments) == facts[code]
    assert file.code == code
    assert file.title["nl"] == f"Kadernota Integrale Veiligheid {code.removeprefix('kiv-')}"
    assert file.title["fr"] == f"Note-cadre de Sécurité intégrale {code.removeprefix('kiv-')}"


@each_file
def test_ten_priorities_and_five_themes_in_order(code):
    items = FILES[code].items
    assert [item.code for item in items] == CODES
    assert [item.kind for item in items] == ["priority"] * 10 + ["theme"] * 5


@each_file
def test_the_status_of_every_title(code):
    for item in FILES[code].items:
        french = FRENCH.get(item.code, "official")
        assert item.title_status == {"nl": "official", "fr": french, "de": "translation", "en": "translation"}


@each_file
def test_official_titles(code):
    titles = {item.code: item.title for item in FILES[code].items}
    for item, (dutch, french) in SHORT_TITLES.items():
        assert titles[item]["nl"] == dutch
        assert titles[item]["fr"].endswith(french)


def test_both_editions_have_the_same_list():
    first, second = ([(item.code, item.title) for item in file.items] for file in FILES.values())
    assert first == second


@each_file
def test_every_text_stands_in_four_languages(code):
    incomplete = [place for place, text in texts_of(FILES[code].as_data()) if set(text) != set(LANGUAGES)]
    assert incomplete == []


@each_file
def test_every_item_has_a_summary_and_a_worked_example(code):
    assert [item.code for item in FILES[code].items if item.example is None] == []
    assert FILES[code].introduction


@pytest.mark.django_db
def test_loaded_in_their_order_the_latest_is_the_current_one():
    for code in FILES:
        load_edition(data=(DATA / f"{code}.yaml").read_bytes(), by=None, should_publish=True)
    assert Edition.objects.latest_published().code == "kiv-2022-2024"
    assert Edition.objects.get(code="kiv-2016-2019").has_successor
