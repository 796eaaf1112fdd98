"""Krippendorff's ordinal alpha of two readers (docs/scoring.md §5), against a second implementation."""

import json
import random
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.scoring import (
    MIN_ITEMS,
    Alpha,
    Band,
    Criterion,
    Digits,
    NoAlpha,
    alpha_per_criterion,
    ordinal_alpha,
)

from .strategies import modest

TABLES = [
    # (first reader, second reader) → items; alpha by hand: 1 - (n - 1) · observed / expected
    ({(0, 0): 15, (1, 1): 15}, Fraction(1)),
    # two values: n = 60, 42 zeros, 18 ones, 12 pairs that differ: 1 - 59 · 12 / (42 · 18)
    ({(0, 0): 15, (0, 1): 12, (1, 1): 3}, Fraction(4, 63)),
    # three values: n = 60, 20 each; distances 20, 20 and 40: 1 - 59 · 10 · 20² / (20² · (20² + 20² + 40²))
    ({(0, 0): 5, (0, 1): 10, (1, 1): 5, (2, 2): 10}, Fraction(181, 240)),
    # the same, but the readers differ over both steps: 1 - 59 · 10 · 40² / (20² · (20² + 20² + 40²))
    ({(0, 0): 5, (0, 2): 10, (2, 2): 5, (1, 1): 10}, Fraction(1, 60)),
    # everyone the other way round: 1 - 59 · 30 / (30 · 30)
    ({(0, 1): 15, (1, 0): 15}, Fraction(-29, 30)),
]


def pairs_of(table):
    return [pair for pair, times in table.items() for _ in range(times)]


@pytest.mark.parametrize(("table", "value"), TABLES)
def test_by_hand(table, value):
    assert ordinal_alpha(pairs_of(table)) == Alpha(30, value)


ORACLE = """
import json, sys
import krippendorff
samples = json.load(sys.stdin)
alphas = [
    krippendorff.alpha(reliability_data=list(zip(*pairs)), level_of_measurement="ordinal")
    for pairs in samples
]
json.dump([float(alpha) for alpha in alphas], sys.stdout)
"""


def test_as_the_oracle_says():
    """In a process of its own: the threads of its numerical library would stay in every later test."""
    dice = random.Random(20)
    samples = []
    for _ in range(300):
        weights = [dice.random() for _ in range(3)]
        agreeing = dice.random()
        firsts = dice.choices((0, 1, 2), weights, k=dice.randint(MIN_ITEMS, 200))
        samples.append(
            [
                (one, one if dice.random() < agreeing else dice.choices((0, 1, 2), weights)[0])
                for one in firsts
            ]
        )
    samples = [pairs for pairs in samples if len({value for pair in pairs for value in pair}) > 1]
    assert len(samples) > 250
    done = subprocess.run(
        [sys.executable, "-c", ORACLE],
        input=json.dumps(samples),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    expected = json.loads(done.stdout)
    found = [float(ordinal_alpha(pairs).value) for pairs in samples]
    assert found == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("pairs", "alpha"),
    [
        ([], Alpha(0, reason=NoAlpha.TOO_FEW_ITEMS)),
        ([(0, 1), (2, 2)] * 14 + [(0, 0)], Alpha(29, reason=NoAlpha.TOO_FEW_ITEMS)),
        ([(1, 1)] * 29, Alpha(29, reason=NoAlpha.TOO_FEW_ITEMS)),
        ([(0, 0)] * 30, Alpha(30, reason=NoAlpha.NO_VARIATION)),
        ([(2, 2)] * 300, Alpha(300, reason=NoAlpha.NO_VARIATION)),
    ],
)
def test_without_an_alpha_there_is_a_reason(pairs, alpha):
    assert ordinal_alpha(pairs) == alpha
    assert (alpha.band, alpha.shown) == (None, None)


@pytest.mark.parametrize(
    ("value", "band", "shown"),
    [
        (Fraction(1), Band.GOOD, "1.000"),
        (Fraction(4, 5), Band.GOOD, "0.800"),
        (Fraction(4, 5) - Fraction(1, 10**9), Band.TENTATIVE, "0.799"),
        (Fraction(667, 1000), Band.TENTATIVE, "0.667"),
        (Fraction(2, 3), Band.LOW, "0.666"),
        (Fraction(0), Band.LOW, "0.000"),
        (Fraction(-1, 10**9), Band.LOW, "-0.001"),
        (Fraction(-29, 30), Band.LOW, "-0.967"),
    ],
)
def test_bands_and_what_is_shown(value, band, shown):
    alpha = Alpha(30, value)
    assert (alpha.band, str(alpha.shown)) == (band, shown)


DIGIT = st.integers(0, 2)
PAIRS = st.lists(st.tuples(DIGIT, DIGIT), min_size=MIN_ITEMS, max_size=60)


@modest
@given(PAIRS)
def test_one_is_perfect_agreement_and_nothing_is_more(pairs):
    alpha = ordinal_alpha(pairs)
    if alpha.value is not None:
        assert alpha.value <= 1
        assert (alpha.value == 1) == all(one == two for one, two in pairs)


@modest
@given(PAIRS, st.randoms(use_true_random=False))
def test_neither_the_order_of_items_nor_who_is_first_matters(pairs, dice):
    mixed = [pair if dice.random() < 0.5 else pair[::-1] for pair in dice.sample(pairs, len(pairs))]
    assert ordinal_alpha(mixed) == ordinal_alpha(pairs)


@modest
@given(PAIRS, st.sampled_from([(0, 5, 6), (-3, 0, 90), (2, 1, 0)]))
def test_only_the_order_of_the_values_counts(pairs, renamed):
    assert ordinal_alpha([(renamed[one], renamed[two]) for one, two in pairs]) == ordinal_alpha(pairs)


@modest
@given(st.fractions(-1, 1))
def test_what_is_shown_stands_in_the_band_of_the_exact_value(value):
    alpha = Alpha(30, value)
    assert Alpha(30, Fraction(alpha.shown)).band == alpha.band
    assert 0 <= value - Fraction(alpha.shown) < Fraction(Decimal("0.001"))


def test_each_criterion_has_its_own():
    readings = [(Digits(G=n % 3, A=n % 2, I=n % 2), Digits(G=n % 3, A=0, I=1 - n % 2)) for n in range(30)]
    assert alpha_per_criterion(iter(readings)) == {
        Criterion.DIAGNOSIS: Alpha(30, reason=NoAlpha.NO_VARIATION),
        Criterion.GOAL: Alpha(30, Fraction(1)),
        # n = 60, 45 zeros, 15 ones: 1 - 59 · 15 / (45 · 15)
        Criterion.ACTIONS: Alpha(30, Fraction(-14, 45)),
        Criterion.IMPLEMENTATION: Alpha(30, Fraction(-29, 30)),
        Criterion.MONITORING: Alpha(30, reason=NoAlpha.NO_VARIATION),
        Criterion.CHAIN: Alpha(30, reason=NoAlpha.NO_VARIATION),
    }
    assert list(alpha_per_criterion([])) == list(Criterion)


def test_each_criterion_asks_for_thirty_items():
    assert set(alpha_per_criterion([(Digits(), Digits(G=1))] * 29).values()) == {
        Alpha(29, reason=NoAlpha.TOO_FEW_ITEMS)
    }
