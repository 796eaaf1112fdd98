"""Contrast of the tokens (WCAG 1.4.3, 1.4.11), in both themes: axe does not see borders."""

import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = Path(settings.BASE_DIR, "static", "css", "tokens.css").read_text()
SURFACES = ("paper", "surface", "sunken")
LEVELS = tuple(f"level-{digit}" for digit in range(5))

TEXT = [
    *product(("ink", "ink-soft", "accent", "accent-strong", "attention"), SURFACES),
    *product(("ink",), (*LEVELS, "accent-soft", "attention-soft")),
    ("accent-strong", "accent-soft"),
    ("accent", "accent-soft"),
    ("attention", "attention-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-band", "band"),
    ("on-band-soft", "band"),
    ("band", "on-band"),
]
BORDERS = [
    *product(("line-strong", "accent", "attention-line", "focus"), SURFACES),
    ("attention-line", "attention-soft"),
    ("on-band", "band"),
    ("on-band-soft", "band"),
]


def colours(theme: str) -> dict[str, tuple[int, ...]]:
    """The colours of one theme; the dark one replaces some of the light ones."""
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    sources = [light] if theme == "light" else [light, dark.split("@media print")[0]]
    found: dict[str, tuple[int, ...]] = {}
    for source in sources:
        for name, value in re.findall(r"--([a-z0-9-]+): #([0-9a-f]{6});", source):
            found[name] = tuple(int(value[start : start + 2], 16) for start in (0, 2, 4))
    return found


def luminance(colour: tuple[int, ...]) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_the_one_of_the_standard():
    assert round(contrast((0, 0, 0), (255, 255, 255)), 2) == 21.0
    assert round(contrast((119, 119, 119), (255, 255, 255)), 2) == 4.48


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("pairs", "needed"), [(TEXT, 4.5), (BORDERS, 3.0)], ids=["text at 4.5", "borders at 3"]
)
def test_every_pair_of_tokens_can_be_told_apart(theme, pairs, needed):
    palette = colours(theme)
    faint = {
        f"{front} on {back}": round(contrast(palette[front], palette[back]), 2)
        for front, back in pairs
        if contrast(palette[front], palette[back]) < needed
    }
    assert faint == {}


def test_colours_are_named_in_the_tokens_only():
    """A colour outside tokens.css would not follow the theme; ink on paper is the print rule's black."""
    styles = Path(settings.BASE_DIR, "static", "css")
    for name in ("base.css", "components.css", "pages.css"):
        found = set(re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(", (styles / name).read_text()))
        assert found <= {"#000", "#333"}, name
