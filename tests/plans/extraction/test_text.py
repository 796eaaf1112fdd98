"""What is read from plain text and Markdown."""

import pytest

from plans.extraction import Warn
from tests.plans.extraction.reading import outline, paths, read

MARKDOWN = """---
author: zone
---
# Plan van *onze* zone

Wij werken **samen** met [de partners](https://example.org/x) aan een veilige
buurt voor _iedereen_.

Prioriteiten:

- Drugs
- [x] Milieu en
  leefomgeving
  1. sluikstort

Verkeer
-------
> Een citaat over snelheid.

| Fenomeen | Keuze |
|---|:-:|
| Milieu | Niet <b>weerhouden</b> |

```
code
```
### Slot ###
Einde.
"""


def test_markdown():
    document = read(MARKDOWN, "plan.md")
    assert [(item.kind.value, item.text, item.level) for item in document.passages] == [
        ("heading", "Plan van onze zone", 1),
        ("paragraph", "Wij werken samen met de partners aan een veilige buurt voor iedereen.", 0),
        ("paragraph", "Prioriteiten:", 0),
        ("list_item", "Drugs", 1),
        ("list_item", "Milieu en leefomgeving", 1),
        ("list_item", "sluikstort", 2),
        ("heading", "Verkeer", 2),
        ("paragraph", "Een citaat over snelheid.", 0),
        ("table_header", "Fenomeen | Keuze", 0),
        ("table_row", "Milieu | Niet weerhouden", 0),
        ("paragraph", "code", 0),
        ("heading", "Slot", 3),
        ("paragraph", "Einde.", 0),
    ]
    assert document.passages[-1].heading_path == ("Plan van onze zone", "Verkeer", "Slot")
    assert [item.lead for item in document.passages[3:6]] == [2, 2, 2]
    assert document.pages is None


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("snake_case_naam en 2 * 3 * 4", "snake_case_naam en 2 * 3 * 4"),
        ("GAS\\-boete \\*nieuw\\*", "GAS-boete *nieuw*"),
        ("![foto](a.png) van de `zone`", "foto van de zone"),
        ("1. Een punt", "Een punt"),
        ("2026-2031 is de periode", "2026-2031 is de periode"),
        ("<https://example.org> is de site", "is de site"),
        ("Veilig<!-- intern --> wonen <!-- - -->samen", "Veilig wonen samen"),
        ("a | b zonder tabel", "a | b zonder tabel"),
    ],
)
def test_markdown_inline(line, text):
    assert read(line, "plan.md").text == text


def test_priority_list_in_markdown_keeps_its_heading():
    document = read(
        "# Weerhouden prioriteiten\n* Drugs\n* Verkeer\n\n## Interne werking\n* Welzijn\n", "lijst.md"
    )
    assert paths(document)["Verkeer"] == ("Weerhouden prioriteiten",)
    assert paths(document)["Welzijn"] == ("Weerhouden prioriteiten", "Interne werking")


PLAIN = """VEILIGHEIDSPLAN

1. Verkeer

De politiezone werkt samen met de gemeenten aan de verkeers-
veiligheid rond alle scholen van de zone.

1.2 Doelen
Wij willen:
- minder ongevallen met
  gewonden
- 2) trager verkeer

Drugs
=====
Korte regel
Andere korte regel
Inhoud .......... 4
"""


def test_plain_text():
    document = read(PLAIN, "plan.txt")
    assert outline(document) == [
        ("heading", "VEILIGHEIDSPLAN"),
        ("heading", "1. Verkeer"),
        (
            "paragraph",
            "De politiezone werkt samen met de gemeenten aan de verkeersveiligheid rond alle scholen"
            " van de zone.",
        ),
        ("heading", "1.2 Doelen"),
        ("paragraph", "Wij willen:"),
        ("list_item", "minder ongevallen met gewonden"),
        ("list_item", "2) trager verkeer"),
        ("heading", "Drugs"),
        ("paragraph", "Korte regel"),
        ("paragraph", "Andere korte regel"),
        ("toc", "Inhoud … 4"),
    ]


def test_numbered_lines_under_each_other_are_a_list():
    assert outline(read("Prioriteiten:\n1. Drugs\n2. Verkeer\n", "plan.txt")) == [
        ("paragraph", "Prioriteiten:"),
        ("list_item", "Drugs"),
        ("list_item", "Verkeer"),
    ]


@pytest.mark.parametrize(
    ("data", "warnings"),
    [
        ("Sécurité intégrée".encode(), ()),
        ("Sécurité intégrée".encode("utf-8-sig"), ()),
        ("Sécurité intégrée".encode("utf-16"), ()),
        ("Sécurité intégrée".encode("utf-16-be").join([b"\xfe\xff", b""]), ()),
        ("Sécurité intégrée".encode("cp1252"), (Warn.GUESSED_ENCODING,)),
        ("Se\u0301curite\u0301 in\u00adte\u0301gre\u0301e\u200b\r\n".encode(), ()),
    ],
)
def test_encodings_give_the_same_text(data, warnings):
    document = read(data, "plan.txt")
    assert (document.text, document.warnings) == ("Sécurité intégrée", warnings)


def test_form_feeds_count_pages():
    document = read("Verkeer in de zone\fDrugs in de zone\f", "plan.txt")
    assert [(passage.text, passage.page) for passage in document.passages] == [
        ("Verkeer in de zone", 1),
        ("Drugs in de zone", 2),
    ]
    assert document.pages == 2
