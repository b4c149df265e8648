"""Whether a change is more than chance: the reference values, and how often the verdict is right on real and planted figures."""

import zipfile
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from models.figures import change
from models.figures.chance import CLEAR, DOWN, FEW, UNCLEAR, UP, Pair, adjusted, dispersion, e_test, judge, two_sided, verdict
from models.figures.hotspots import rank_areas
from models.figures.rank import printed, ranked
from models.figures.trend import Usual, sparkline

CHANCES = st.lists(st.floats(0, 1), min_size=1, max_size=30)
TABLES = st.integers(2, 6).flatmap(
    lambda wide: st.lists(st.lists(st.integers(0, 50), min_size=wide, max_size=wide), min_size=1, max_size=8)
)


@pytest.mark.parametrize(
    ("now", "before", "chance", "digits"),
    [
        (3, 0, 0.0884, 4),
        (6, 2, 0.1749, 4),
        (25, 16, 0.165, 3),
        (407, 430, 0.43, 2),
        (522, 532, 0.76, 2),
        (639, 557, 0.018, 3),
        (50, 37, 0.17, 2),
    ],
)
def test_the_e_test_gives_its_reference_values(now, before, chance, digits):
    assert round(e_test(now, before), digits) == chance


def test_nothing_against_nothing_is_no_change():
    assert e_test(0, 0) == 1


@pytest.fixture(scope="module")
def wards(real_data):
    """Every ward of the county by month in 2025, a table for each of the 14 types."""
    lookup = pd.read_csv(real_data / "areas" / "hertfordshire-lsoa21-ward24.csv").set_index("lsoa21_code")
    with zipfile.ZipFile(real_data / "police-uk" / "hertfordshire-2025.zip") as archive:
        months = [pd.read_csv(archive.open(name), usecols=["Month", "LSOA code", "Crime type"]) for name in archive.namelist()]
    rows = pd.concat(months)
    rows["ward"] = rows["LSOA code"].map(lookup["ward24_code"])
    codes = sorted(lookup["ward24_code"].unique())
    counted = {kind: of_kind.groupby(["ward", "Month"]).size() for kind, of_kind in rows.groupby("Crime type")}
    return {kind: sizes.unstack(fill_value=0).reindex(codes, fill_value=0).to_numpy().tolist() for kind, sizes in counted.items()}


def halves(table: list[list[int]]) -> list[Pair]:
    """February, April … against January, March …: two half-years between which nothing changed."""
    return [Pair(sum(months[1::2]), sum(months[::2])) for months in table]


def test_half_years_that_differ_by_chance_alone_are_seldom_called_clear(wards):
    assert len(wards) == 14
    for kind, table in wards.items():
        verdicts = [judged.verdict for judged in judge(halves(table), dispersion(table))]
        alarms = sum(said in (UP, DOWN) for said in verdicts)
        assert alarms <= 0.07 * sum(said != FEW for said in verdicts), kind


def test_even_a_ward_judged_alone_is_called_clear_in_at_most_seven_of_a_hundred(wards):
    alone = [(pair, dispersion(table)) for table in wards.values() for pair in halves(table) if pair.now + pair.before >= 20]
    assert len(alone) > 1000
    assert sum(two_sided(pair, phi) < CLEAR for pair, phi in alone) <= 0.07 * len(alone)


def test_a_poisson_test_would_have_called_one_in_five_of_them_for_shoplifting(wards):
    pairs = [pair for pair in halves(wards["Shoplifting"]) if pair.now + pair.before >= 20]
    assert sum(two_sided(pair, 1) < CLEAR for pair in pairs) > 0.15 * len(pairs)


def clustered(means: np.ndarray, phi: float, random: np.random.Generator) -> np.ndarray:
    """Monthly counts with these means and `phi` times the variance of chance alone."""
    return random.negative_binomial(means / (phi - 1), 1 / phi)


def test_a_rise_by_half_in_a_ward_of_two_hundred_reports_is_found_eight_times_in_ten():
    random, found = np.random.default_rng(2025), 0
    years = np.array([200, *range(24, 168, 6)], dtype=float)  # a ward of 200 among the 24 others of a district
    usual = np.repeat(years[:, None] / 12, 12, axis=1)
    risen = usual * np.where(years == 200, 1.5, 1)[:, None]
    for _ in range(200):
        before, now = clustered(usual, 1.2, random), clustered(risen, 1.2, random)
        rows = rank_areas(dict(enumerate(now.tolist())), dict(enumerate(before.tolist())), int(now.sum()))
        found += next(row.judged.verdict for row in rows if row.place == 0) == UP
    assert found >= 160


@given(CHANCES)
def test_adjusting_keeps_the_order_and_never_makes_a_chance_smaller(chances):
    after = adjusted(chances)
    assert all(0 <= before <= now + 1e-12 <= 1 + 1e-12 for before, now in zip(chances, after, strict=True))
    assert all(a <= b for (_, a), (_, b) in pairwise(sorted(zip(chances, after, strict=True))))


def test_adjusting_gives_benjamini_and_hochberg_s_values():
    assert adjusted([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.02, 0.04, 0.04, 0.02])
    assert adjusted([0.2]) == [0.2]


@given(TABLES)
def test_dispersion_is_at_least_one_and_otherwise_pearson_s_chi_squared_over_its_degrees(table):
    phi = dispersion(table)
    assert phi >= 1
    rows = [row for row in table if sum(row)]
    kept = np.array([column for column in zip(*rows, strict=True) if sum(column)]).T
    if len(rows) > 1 and kept.shape[1] > 1:
        found = chi2_contingency(kept, correction=False)
        assert phi == pytest.approx(max(1.0, found.statistic / found.dof))


def test_a_single_place_is_judged_about_its_own_mean():
    assert dispersion([[10, 30, 10, 30]]) == pytest.approx(20 / 3)  # each month 10 from its mean of 20: 4 * 100 / 20 / 3
    assert dispersion([]) == dispersion([[0, 0]]) == dispersion([[5]]) == 1


@given(st.integers(0, 5000), st.integers(0, 5000), st.floats(1, 20))
def test_a_rise_and_the_same_fall_are_equally_likely_and_clustering_makes_both_more_so(now, before, phi):
    chance = two_sided(Pair(now, before), phi)
    assert 0 <= chance <= 1
    assert chance == pytest.approx(two_sided(Pair(before, now), phi))
    assert chance >= two_sided(Pair(now, before), 1) - 1e-12


def test_a_verdict_is_what_may_be_said_aloud():
    assert verdict(Pair(12, 7), 0.001) == FEW
    assert verdict(Pair(80, 30), 0.001) == UP
    assert verdict(Pair(30, 80), 0.001) == DOWN
    assert verdict(Pair(80, 70), 0.4) == UNCLEAR


def test_places_are_judged_together_whichever_are_shown():
    quiet = {f"ward {number}": [5] * 12 for number in range(40)}
    alone = rank_areas({"Grovehill": [7] * 12}, {"Grovehill": [5] * 12}, 84)[0]
    among = rank_areas({"Grovehill": [7] * 12, **quiet}, {"Grovehill": [5] * 12, **quiet}, 2484)[0]
    assert among.place == alone.place == "Grovehill"
    assert (among.count, among.before, round(among.share, 3)) == (84, 60, 0.034)
    assert among.judged.chance > alone.judged.chance


def test_a_suppressed_month_leaves_a_count_that_is_at_least_so_much_and_is_not_judged():
    rows = rank_areas({"Apsley": [30, None], "Bennetts End": [4, 5]}, {"Apsley": [1, 1], "Bennetts End": [4, 5]}, 39)
    assert [(row.place, row.count, row.hidden) for row in rows] == [("Apsley", 30, 1), ("Bennetts End", 9, 0)]
    assert rows[0].judged is None
    assert rows[1].judged.verdict == FEW


def test_a_place_with_no_year_before_is_not_judged():
    row = rank_areas({"Apsley": [30, 31]}, None, 61)[0]
    assert (row.before, row.judged) == (None, None)


def test_a_small_earlier_count_gets_no_percentage():
    assert change.said(33, 7) == "+26"
    assert change.said(19, 20) == "−5.0%"
    assert change.said(407, 430) == "−5.3%"
    assert change.said(430, 430) == "0.0%"


def test_districts_are_ranked_from_the_lowest_rate_and_ties_are_shared():
    ranks = ranked({"Dacorum": 20.4211, "St Albans": 12.2, "Watford": 31.0, "Hertsmere": 20.4214})
    assert {name: str(rank) for name, rank in ranks.items()} == {
        "St Albans": "1st of 4",
        "Dacorum": "joint 2nd of 4",
        "Hertsmere": "joint 2nd of 4",
        "Watford": "4th of 4",
    }


def test_a_printed_rank_is_said_in_words():
    assert printed("7/10") == "7th of 10"
    assert printed("joint 9/10") == "joint 9th of 10"
    assert printed("22") == "22nd"
    assert printed("n/a") == "n/a"


def test_the_usual_range_is_an_xmr_chart_s():
    usual = Usual.of([20, 24, 20, 24, 20, 24, 20, 24])
    assert (usual.mean, round(usual.low, 2), round(usual.high, 2)) == (22, 11.36, 32.64)
    assert usual.outside([20, 40, 5]) == [1, 2]
    assert Usual.of([1, 2, 3]) is None


def test_a_sparkline_shows_a_suppressed_month_as_a_dot():
    assert sparkline([0, 7, None, 3]) == "▁█·▄"
    assert sparkline([5, 5]) == "▁▁"
    assert sparkline([None]) == "·"
