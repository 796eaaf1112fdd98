"""What is read from well-made PDFs."""

import pytest

from plans.extraction import Refused, Warn
from plans.extraction.inline import extract_inline
from tests.plans.extraction.making_pdf import Page, write_pdf, write_plan
from tests.plans.extraction.reading import outline, paths, read

LONG = "De politiezone werkt in de hele zone samen met alle partners aan veiligheid"


def test_plan_with_chapters_lists_and_furniture():
    document = read(write_plan(), "plan.pdf")
    one = outline(document)[:6]
    assert one == [
        ("heading", "1. Hoofdstuk over fenomeen b"),
        (
            "paragraph",
            "De politiezone werkt samen met alle partners aan verkeersveiligheid in de zone en aan de"
            " samenwerking met de gemeenten. De korpschef volgt elk kwartaal op wat er is gebeurd met"
            " de acties.",
        ),
        ("paragraph", "Onze prioriteiten zijn de volgende:"),
        ("list_item", "Inbraken in woningen"),
        ("list_item", "Verkeersongevallen met gewonden"),
        ("list_item", "Drugshandel in de buurt"),
    ]
    assert (document.pages, document.language, document.warnings) == (3, "nl", ())
    assert [passage.page for passage in document.passages] == [1] * 6 + [2] * 6 + [3] * 6
    assert [passage.lead for passage in document.passages[:6]] == [None, None, None, 2, 2, 2]
    assert {passage.heading_path for passage in document.passages[7:12]} == {
        ("2. Hoofdstuk over fenomeen c",)
    }
    assert "Pagina" not in document.text
    assert "2026-2031" not in document.text


def test_levels_by_size_weight_and_number():
    page = Page().put(60, 780, "Veiligheidsplan", 24).put(60, 740, "Strategie", 16)
    page.put(60, 715, "Doelstelling en partners", bold=True).lines(60, 695, f"{LONG}.", f"{LONG}.")
    page.put(60, 660, "1.2 Actie van de zone").lines(60, 640, f"{LONG}.")
    page.put(60, 600, "Bijlagen", 16).lines(60, 580, "Een tekst bij de bijlagen van dit plan.")
    found = paths(read(write_pdf(page), "plan.pdf"))
    assert found[f"{LONG}. {LONG}."] == ("Veiligheidsplan", "Strategie", "Doelstelling en partners")
    assert found[f"{LONG}."] == ("Veiligheidsplan", "Strategie", "1.2 Actie van de zone")
    assert found["Een tekst bij de bijlagen van dit plan."] == ("Veiligheidsplan", "Bijlagen")


def test_table_row_by_row_with_its_header():
    page = Page().lines(60, 780, f"{LONG}.", f"{LONG}.")
    rows = [("Fenomeen", "Keuze"), ("Milieu", "Niet weerhouden"), ("Verkeer", "Weerhouden")]
    for number, (left, right) in enumerate(rows):
        page.put(60, 700 - 20 * number, left).put(320, 700 - 20 * number, right)
    document = read(write_pdf(page), "plan.pdf")
    assert outline(document)[1:] == [
        ("table_header", "Fenomeen | Keuze"),
        ("table_row", "Milieu | Niet weerhouden"),
        ("table_row", "Verkeer | Weerhouden"),
    ]
    assert [passage.header for passage in document.passages[2:]] == [("Fenomeen", "Keuze")] * 2


def test_table_with_wrapped_cells_written_cell_by_cell():
    page = Page().put(60, 760, "Fenomeen", bold=True).put(320, 760, "Motivering", bold=True)
    page.lines(60, 740, "Milieu en", "leefomgeving").lines(
        320, 740, "Weinig feiten in de", "laatste drie jaren"
    )
    page.lines(60, 700, "Verkeer").lines(320, 700, "Veel ongevallen op de", "gewestwegen")
    assert outline(read(write_pdf(page), "plan.pdf")) == [
        ("table_header", "Fenomeen | Motivering"),
        ("table_row", "Milieu en leefomgeving | Weinig feiten in de laatste drie jaren"),
        ("table_row", "Verkeer | Veel ongevallen op de gewestwegen"),
    ]


def test_two_columns_are_read_one_after_the_other():
    left = [f"linkse regel {word} over de veiligheid" for word in ("een", "twee", "drie", "vier")]
    right = [f"rechtse regel {word} over het verkeer" for word in ("een", "twee", "drie", "vier")]
    page = Page().lines(50, 780, *left).lines(310, 780, *right)
    text = read(write_pdf(page), "plan.pdf").text.replace("\n", " ")
    assert text == " ".join([*left, *right])


def test_contents_with_leaders_are_marked():
    page = Page().put(60, 780, "Inhoud", 18)
    page.lines(60, 740, f"1. Drugs {'.' * 60} 4", f"2. Verkeer {'. ' * 30} 12")
    assert outline(read(write_pdf(page), "plan.pdf")) == [
        ("heading", "Inhoud"),
        ("toc", "1. Drugs … 4"),
        ("toc", "2. Verkeer … 12"),
    ]


def test_contents_without_leaders_are_marked_when_pages_rise():
    page = Page().put(60, 780, "Inhoud", 18)
    for number, (title, at) in enumerate((("Inleiding", "3"), ("Drugs", "8"), ("Verkeer", "15"))):
        page.put(60, 740 - 16 * number, title).put(500, 740 - 16 * number, at)
    assert [kind for kind, _ in outline(read(write_pdf(page), "plan.pdf"))] == [
        "heading",
        "toc",
        "toc",
        "toc",
    ]


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("Wij werken aan de verkeers-", "veiligheid van iedereen.", "de verkeersveiligheid van"),
        ("Wij werken aan een verkeers-", "en drugsbeleid voor allen.", "een verkeers- en drugsbeleid"),
        ("Wij werken met het Gaudi-", "Team van de zone samen.", "het Gaudi-Team van"),
    ],
)
def test_hyphens_at_the_end_of_a_line(above, below, joined):
    document = read(write_pdf(Page().lines(60, 700, above, below)), "plan.pdf")
    assert joined in document.text
    assert len(document.passages) == 1


def test_paragraph_goes_on_over_the_page():
    pages = (
        Page().lines(60, 120, "Wij werken in het komende jaar met alle gemeenten aan de"),
        Page().lines(60, 720, "verkeersveiligheid rond de scholen."),
    )
    document = read(write_pdf(*pages), "plan.pdf")
    assert outline(document) == [
        (
            "paragraph",
            "Wij werken in het komende jaar met alle gemeenten aan de verkeersveiligheid rond de scholen.",
        )
    ]
    assert document.passages[0].page == 1


def test_nested_lists_keep_their_depth():
    page = (
        Page()
        .lines(60, 780, "• Verkeer", pitch=14)
        .lines(80, 766, "o snelheid", "o alcohol")
        .lines(60, 738, "• Drugs")
    )
    document = read(write_pdf(page), "plan.pdf")
    assert [(passage.text, passage.level) for passage in document.passages] == [
        ("Verkeer", 1),
        ("snelheid", 2),
        ("alcohol", 2),
        ("Drugs", 1),
    ]
    assert len({passage.group for passage in document.passages}) == 1


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_turned_page_is_read(rotate):
    page = (
        Page(rotate=rotate)
        .put(60, 540, "Verkeer", 18)
        .lines(60, 500, f"{LONG} en", "ook aan de rust in de buurt.")
    )
    for number, (left, right) in enumerate((("Fenomeen", "Keuze"), ("Milieu", "Weerhouden"))):
        page.put(60, 440 - 20 * number, left).put(320, 440 - 20 * number, right)
    assert outline(read(write_pdf(page), "plan.pdf")) == [
        ("heading", "Verkeer"),
        ("paragraph", f"{LONG} en ook aan de rust in de buurt."),
        ("table_header", "Fenomeen | Keuze"),
        ("table_row", "Milieu | Weerhouden"),
    ]


def test_scanned_pages_among_others_are_reported():
    text = Page().lines(60, 700, LONG, f"{LONG}.")
    document = read(write_pdf(text, Page().picture(), text), "plan.pdf")
    assert (document.warnings, document.blank_pages, document.pages) == ((Warn.PAGES_WITHOUT_TEXT,), (2,), 3)


@pytest.mark.parametrize(
    "variant",
    [
        {"count": -5},
        {"catalog": "/OpenAction << /S /URI /URI (http://example.org/) >>"},
        {"catalog": "/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (x\\(1\\)) >>] >> >>"},
        {"header": b"mail header\n%PDF-1.4\n"},
        {"packed": True},
        {"encoding": "/MacRomanEncoding"},
    ],
    ids=str,
)
def test_odd_but_readable(variant):
    """Scripts and references are never followed; a false count or rubbish before the head does no harm."""
    assert read(write_pdf(Page().put(60, 700, LONG), **variant), "plan.pdf").text == LONG


def test_reading_twice_gives_the_same():
    data = write_plan()
    assert extract_inline(data, name="a.pdf") == extract_inline(data, name="a.PDF")


def test_reading_goes_on_after_a_refusal():
    with pytest.raises(Refused):
        read(b"%PDF-1.7 nothing %%EOF", "plan.pdf")
    assert read(write_plan(1), "plan.pdf").pages == 1
