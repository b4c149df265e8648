"""The demo's simulated spread: what the assessment prints comes out exactly, and whatever is drawn from the rest says what it is.

The figures here are typed from the strategic assessment 2014/15, with its lines; they are not read from a file of ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from asking import Asking, facts, notes, shown, table
from conftest import Held
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot import blockkit
from commands import all_commands
from commands.reply import Buttons, Chart, Paper, Reply
from commands.routing import writes
from models.base import Refusal
from models.figures.months import Period, iso, month
from models.held import Batch, Load, MonthCount
from models.measures import SIMULATED
from models.partnership import Partnership
from models.series import held as series_held
from models.sources.founding import Answers, make_example, make_own
from models.sources.spread.constraints import Constraints, Rule, constraints
from models.sources.spread.fitting import apportion, fit
from models.sources.spread.loading import load_spread
from models.sources.spread.months import spread
from models.store import Store
from models.vocabulary import Vocabulary

DEMO = datetime(2013, 9, 2, 9, 0, tzinfo=UTC)
BEFORE, NOW = Period(month(2011, 8), month(2012, 7)), Period(month(2012, 8), month(2013, 7))
EXAMPLES = [example for command in all_commands().values() for example in command.examples if not writes(example)]

TOTALS = {  # August 2011 to July 2012, August 2012 to July 2013
    "all-crime": (7241, 6379),  # 178
    "asb-incidents": (5690, 3917),  # 180
    "bcs-comparator": (3867, 3373),  # 182
    "serious-acquisitive": (1429, 1220),  # 184
    "burglary-dwelling": (430, 407),  # 186
    "vehicle-crime": (922, 766),  # 188
    "robbery": (77, 47),  # 190
    "violent-crime": (1309, 1223),  # 192
    "criminal-damage": (1286, 1159),  # 194
    "arson": (37, 15),  # 196
    "burglary-other": (456, 364),  # 198
    "shoplifting": (532, 522),  # 200
    "theft-from-person": (154, 102),  # 209
    "drug-offences": (557, 639),  # 211
    "distraction-burglary": (9, 7),  # 213
    "burglary-attempts": (61, 74),  # 229-232
    "burglary-aggravated": (1, 0),  # 229-232
    "theft-from-vehicle": (630 + 173, 630),  # 331-332: 82.2% of 766, down 173
    "theft-of-vehicle": (129 - 16, 129),  # 332-333: the rest of 766, up 16
    "aggravated-vehicle-taking": (6, 7),  # 334-335
    "drug-trafficking-a": (13, 68),  # 411
    "drug-trafficking-other": (38, 93),  # 413
    "drug-possession-a": (48, 57),  # 415
    "drug-possession-other": (455, 419),  # 417
    "night-time-violence": (511, 443),  # 483-484
    "deliberate-fires": (165, 125),  # 606-607
}
BEATS = {
    ("asb-incidents", "D1A"): (912, 570),  # 528-529
    ("asb-incidents", "D1G"): (518, 374),  # 532-533, 538-539
    ("asb-incidents", "D1H"): (249 + 110, 249),  # 532-533
    ("burglary-dwelling", "D2A"): (7, 33),  # 244-246
    ("burglary-dwelling", "D1M"): (4, 16),  # 247-248
    ("burglary-dwelling", "D1G"): (36, 14),  # 255-256
    ("vehicle-crime", "D1C"): (72, 60),  # 342-344
    ("vehicle-crime", "D1A"): (55 + 9, 55),  # 344-346
    ("vehicle-crime", "D1T"): (23 + 34, 23),  # 346
    ("vehicle-crime", "D1H"): (37 + 27, 37),  # 347
    ("night-time-violence", "D1A"): (128 + 14, 128),  # 486-489
    ("criminal-damage", "D1A"): (161, 144),  # 576-577
    ("criminal-damage", "D1G"): (113, 119),  # 578
    ("criminal-damage", "D1E"): (61, 28),  # 587-588
    ("criminal-damage", "D2C"): (21, 39),  # 588-589
    ("deliberate-fires", "D1A"): (12 + 2, 12),  # 611-613
    ("deliberate-fires", "D1S"): (12 - 3, 12),  # 611-613
    ("deliberate-fires", "D1K"): (2, 8),  # 615-616
}
WITHOUT_COUNTS = {  # beats that it names with no count, or with one year's: what it says of them
    ("asb-incidents", "D2E"): lambda before, now: before > now == 12,  # 535-537
    ("asb-incidents", "D3D"): lambda before, now: before > now == 19,  # 535-537
    ("burglary-dwelling", "D1Q"): lambda before, now: now < before and 16 <= now < 33,  # in the top five: 248-250
    ("burglary-dwelling", "D1T"): lambda before, now: now < before and 16 <= now < 33,  # 248-250
    ("vehicle-crime", "D3D"): lambda before, now: now == before + 11 and now < 55,  # 347-348
    ("vehicle-crime", "D2B"): lambda before, now: now == before + 10 and now < 55,  # 347-348
    ("deliberate-fires", "D1H"): lambda before, now: now == before - 11 and before > 14 and now < 12,  # the highest before: 613-615
    ("deliberate-fires", "D1L"): lambda before, now: now == before - 11 and now < 12,  # 613-615
}
NAMED_MONTHS = {
    ("asb-incidents", "2012-08"): 493,  # 510
    ("asb-incidents", "2013-06"): 241,  # 512
    ("burglary-dwelling", "2013-03"): 49,  # 261
    ("burglary-dwelling", "2013-06"): 21,  # 262
    ("burglary-dwelling", "2013-07"): 17,  # 262
    ("criminal-damage", "2012-08"): 127,  # 593-594
    ("deliberate-fires", "2013-07"): 20,  # 618-619
    ("deliberate-fires", "2012-07"): 13,  # 621-622
}
QUESTIONS = [
    *("asb trend", "is asb up?", "burglary last month", "vehicle this year", "asb since march", "/figures asb Aug 2012", "collisions"),
    *("/figures asb grovehill Jul 2013", "/figures burglary Jan-Mar 2013 vs last year", "/hotspots burglary", "/hotspots damage rising"),
    *("/hotspots fires last 3 months", "rank burglary", "/figures compare asb grovehill highfield", "compare burglary 2012 and 2013"),
    *("drugs this year", "robbery last quarter", "all crime", "/priority drugs", "/priority vehicle", "night time violence in town centre"),
    *("shoplifting trend", "/hotspots asb in Grovehill", "/hotspots vehicle top 2", "arson trend", "/hotspots drugs", "asb 2010"),
    *("asb in Leverstock Green", "how many burglaries in march 2013", "sac trend", "/jag me", "/jag fresh"),
]


@dataclass
class Demo(Asking):
    """Asks on the day the demo begins."""

    def __call__(self, line: str, person: str = "coordinator", at: datetime = DEMO, **more) -> Reply:
        return super().__call__(line, person, at, **more)


@pytest.fixture(scope="module")
def demo(sqlite) -> Demo:
    """Asks the example with its simulated spread."""

    def prepare(store: Store) -> None:
        load_spread(store, make_example(store, DEMO)[0], DEMO)

    store = Store(sqlite.like("spread", prepare))
    with store.session() as session:
        return Demo(Held(store, Partnership.named(session)))


@pytest.fixture(scope="module")
def months(demo) -> dict[tuple[str, str], dict[str, int]]:
    """What is kept: (measure, beat's code, or "" for the borough) -> month -> count."""
    return kept(demo.held)


def kept(held: Held) -> dict[tuple[str, str], dict[str, int]]:
    found: dict[tuple[str, str], dict[str, int]] = {}
    with held.session() as session:
        words = Vocabulary.of(session)
        for series in series_held([m for m in words.measures.values() if m.simulated], session):
            period = Period(series.first, series.last)
            for area, counts in series.counts(period, session).items():
                place = words.places.get(area)  # the other beats are no place of the vocabulary
                code = "" if series.level == "district" else place.code if place else "other"
                found[series.measure.key.removeprefix("spread/"), code] = dict(zip(map(iso, period.months), counts, strict=True))
    return found


def year(counts: dict[str, int], period: Period) -> dict[str, int]:
    return {m: counts[m] for m in map(iso, period.months)}


def both_years(counts: dict[str, int]) -> tuple[int, int]:
    return sum(year(counts, BEFORE).values()), sum(year(counts, NOW).values())


def test_every_total_beat_and_month_that_the_assessment_prints_comes_out_exactly(months):
    assert {key: both_years(months[key, ""]) for key in TOTALS} == TOTALS
    assert {of: both_years(months[of]) for of in BEATS} == BEATS
    assert {(key, when): months[key, ""][when] for key, when in NAMED_MONTHS} == NAMED_MONTHS
    for of, as_said in WITHOUT_COUNTS.items():
        assert as_said(*both_years(months[of])), of


def test_nothing_is_spread_but_these_and_no_month_is_missing_or_negative(months):
    assert {key for key, _ in months} == set(TOTALS)
    assert {of for of in months if of[1] not in ("", "other")} == set(BEATS) | set(WITHOUT_COUNTS)
    assert {len(counts) for counts in months.values()} == {24}
    assert all(count is not None and count >= 0 for counts in months.values() for count in counts.values())


def test_the_beats_and_all_others_together_make_up_the_borough_in_every_month(months):
    for key in {key for key, beat in months if beat}:
        beats = [counts for (of, beat), counts in months.items() if of == key and beat]
        assert {when: sum(counts[when] for counts in beats) for when in months[key, ""]} == months[key, ""], key


def test_asb_falls_in_every_beat_and_its_months_are_as_the_assessment_describes_them(months):
    falls = {beat: both_years(counts) for (key, beat), counts in months.items() if key == "asb-incidents" and beat}
    assert len(falls) == 6
    assert all(now < before for before, now in falls.values())
    assert max(before - now for beat, (before, now) in falls.items() if beat != "other") == 912 - 570  # the greatest: 528-529
    asb = year(months["asb-incidents", ""], NOW)
    assert (max(asb, key=asb.get), min(asb, key=asb.get)) == ("2012-08", "2013-06")
    assert all(250 <= count <= 350 for when, count in asb.items() if when not in ("2012-08", "2013-06"))  # 510-511
    assert round(asb["2012-10"] / 31, 1) == 9.8  # 519
    assert sum(count < asb["2012-10"] for count in asb.values()) == 3  # 516-517
    before = year(months["asb-incidents", ""], BEFORE)
    assert max(before, key=before.get) == "2011-08"  # as in previous years: 509
    assert before["2011-10"] > sum(before.values()) / 12 > max(before[when] for when in ("2011-12", "2012-01", "2012-02"))  # 506-507, 516


def test_the_months_of_burglary_damage_fires_and_vehicle_crime_are_as_described(months):
    burglary = year(months["burglary-dwelling", ""], NOW)
    rest = {when: count for when, count in burglary.items() if when not in ("2013-03", "2013-06", "2013-07")}
    assert all(30 <= count <= 40 for count in rest.values())  # 260-261
    assert min(rest, key=rest.get) == "2013-02"  # 265-266
    earlier = year(months["burglary-dwelling", ""], BEFORE)
    assert set(sorted(earlier, key=earlier.get)[-2:]) == {"2011-11", "2012-01"}  # 258-259
    damage = year(months["criminal-damage", ""], NOW)
    assert (max(damage, key=damage.get), min(damage, key=damage.get)) == ("2012-08", "2012-11")
    assert all(damage[when] < 100 for when in ("2012-09", "2012-10", "2012-11", "2012-12", "2013-01"))  # 591-593
    fires = year(months["deliberate-fires", ""], NOW)
    assert max(fires, key=fires.get) == "2013-07"
    vehicle = year(months["vehicle-crime", ""], NOW)
    peaks, dips = (vehicle["2012-10"], vehicle["2013-01"]), (vehicle["2012-11"], vehicle["2012-12"])
    assert min(peaks) > max(vehicle[when] for when in vehicle if when not in ("2012-10", "2013-01"))  # 323
    assert max(dips) < min(vehicle["2012-09"], vehicle["2013-02"])  # 323-324


def test_a_part_is_never_more_than_its_whole_in_any_month(months):
    def total(*keys: str) -> dict[str, int]:
        return {when: sum(months[key, ""][when] for key in keys) for when in months["all-crime", ""]}

    assert total("serious-acquisitive") == total("burglary-dwelling", "robbery", "vehicle-crime")
    assert total("vehicle-crime") == total("theft-from-vehicle", "theft-of-vehicle", "aggravated-vehicle-taking")
    drugs = [key for key in TOTALS if key.startswith(("drug-trafficking", "drug-possession"))]
    kinds = ["burglary-dwelling", "burglary-other", "vehicle-crime", "robbery", "violent-crime", "criminal-damage", "drug-offences"]
    for whole, parts in {
        "all-crime": [*kinds, "arson", "shoplifting", "theft-from-person"],
        "drug-offences": drugs,
        "burglary-dwelling": ["burglary-attempts", "distraction-burglary", "burglary-aggravated"],
        "violent-crime": ["night-time-violence"],
    }.items():
        assert all(total(*parts)[when] <= count for when, count in total(whole).items()), whole


def test_loading_keeps_24_months_and_a_second_time_adds_nothing(example):
    def sizes() -> list[int | None]:
        with example.session() as session:
            return [session.scalar(select(func.count()).select_from(kind)) for kind in (Batch, MonthCount, Load)]

    taken = load_spread(example.store, example.partnership, DEMO)
    assert taken.said == ["Simulated spread of published totals: 26 measures, August 2011 to July 2013."]
    before, revision, counts = sizes(), example.revision, kept(example)
    assert taken.taken == before[1] == sum(map(len, counts.values()))
    again = load_spread(example.store, example.partnership, DEMO)
    assert (again.taken, again.changed, again.said[-1]) == (0, False, "All of it is held already, unchanged.")
    assert (sizes(), example.revision, kept(example)) == (before, revision, counts)


def test_a_partnership_without_the_assessment_is_refused_and_keeps_nothing(store):
    own = make_own(store, Answers("Watford CSP", "Watford", "Hertfordshire", "Hertfordshire Constabulary", "me@example.org"))
    with pytest.raises(Refusal, match=r"Watford CSP doesn't hold asb-incidents as an assessment printed it.*Nothing was kept"):
        load_spread(store, own, DEMO)
    with store.session(own.id) as session:
        assert session.scalar(select(func.count()).select_from(MonthCount)) == 0


def test_rules_that_no_months_can_meet_are_refused_by_name():
    given_ = constraints()
    asb = next(rule for rule in given_.rules if rule.key == "asb-incidents")
    few = Rule(asb.key, asb.shape, bounds=[{"months": [iso(m) for m in NOW.months], "low": 0, "high": 300}])
    with pytest.raises(Refusal, match="The simulated spread of asb-incidents: 3917 cannot be shared out"):
        spread(Constraints(given_.period, [few], given_.printed))
    with pytest.raises(Refusal, match="The assessment prints no totals of collisions"):
        spread(Constraints(given_.period, [Rule("collisions", asb.shape)], given_.printed))


@st.composite
def margins(draw) -> tuple[list[list[int]], list[list[int]]]:
    """A table, whose margins can therefore be met; and weights that have nothing to do with it."""
    rows, columns = draw(st.integers(1, 8)), draw(st.integers(1, 6))
    lines = st.lists(st.integers(0, 60), min_size=columns, max_size=columns)
    tables = st.lists(lines, min_size=rows, max_size=rows)
    return draw(tables), draw(tables)


@given(margins())
def test_a_table_is_fitted_to_any_margins_that_can_be_met(both):
    table_, weights = both
    rows, columns = [sum(row) for row in table_], [sum(column) for column in zip(*table_, strict=True)]
    fitted = fit(rows, columns, weights)
    assert [sum(row) for row in fitted] == rows
    assert [sum(column) for column in zip(*fitted, strict=True)] == columns
    assert min(count for row in fitted for count in row) >= 0
    assert fitted == fit(rows, columns, weights)


@given(margins())
@settings(max_examples=50)
def test_margins_of_different_sums_or_below_zero_are_refused(both):
    table_, weights = both
    rows, columns = [sum(row) for row in table_], [sum(column) for column in zip(*table_, strict=True)]
    with pytest.raises(Refusal, match="no table has both"):
        fit([*rows[:-1], rows[-1] + 1], columns, weights)
    with pytest.raises(Refusal, match="negative"):
        fit([*rows[:-1], -1], columns, weights)


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=12), st.data())
def test_a_total_is_shared_out_within_any_bounds_that_allow_it(parts, data):
    weights, low, high = [w for w, _, _ in parts], [a for _, a, _ in parts], [a + more for _, a, more in parts]
    total = data.draw(st.integers(sum(low), sum(high)))
    shared = apportion(total, weights, low, high)
    assert sum(shared) == total
    assert all(a <= part <= b for a, part, b in zip(low, shared, high, strict=True))
    with pytest.raises(Refusal, match="cannot be shared out"):
        apportion(sum(high) + 1, weights, low, high)


def said(reply: Reply) -> list[object]:
    """All of a reply but its buttons."""
    return [reply.title, *(part for part in reply.parts if not isinstance(part, Buttons))]


def drawn_from_the_spread(demo: Demo, printed: Asking) -> Iterator[tuple[str, Reply, Reply]]:
    """Every line and every button of its answers, where the answer is not what it would be without the spread."""
    for line, reply in demo.pressed([*EXAMPLES, *QUESTIONS]):
        without = printed(line, at=DEMO)
        printed.put_back(without)
        if not reply.refused and said(reply) != said(without):
            yield line, reply, without


def test_whatever_is_drawn_from_the_spread_says_so_on_every_screen(demo, printed):
    lines = []
    for line, reply, without in drawn_from_the_spread(demo, printed):
        lines.append(line)
        if any(isinstance(part, Paper) for part in reply.parts):  # a file, whose name alone is shown
            assert SIMULATED in json.dumps(reply.as_json()).lower(), line
            continue
        assert SIMULATED in " ".join(shown(reply).split()).lower(), line
        assert SIMULATED in json.dumps(reply.as_json()).lower(), line
        assert SIMULATED in json.dumps(blockkit.draw(reply)[0]).lower(), line
        assert reply.summary == without.summary or SIMULATED in reply.summary.lower(), line
        assert all(SIMULATED in part.title for part in reply.parts if isinstance(part, Chart)), line
    assert len(lines) > 80
    assert {"/hotspots asb", "/figures trend burglary", "/priority burglary", "/jag me"} <= set(lines)


def test_no_line_of_the_demo_breaks_and_no_button_of_an_answer_leads_to_a_refusal(demo):
    for line in [*EXAMPLES, *QUESTIONS]:
        reply = demo(line)
        if line.startswith("/jag"):
            continue  # help, whose examples are everybody's
        assert reply.title != "Something broke", line
        assert [button.asks for button in reply.asks if not reply.refused and not writes(button.asks) and demo(button.asks).refused] == []


def test_what_is_printed_stays_as_printed(demo, printed):
    for line in ("/priority", "/figures asb published", "/hotspots asb published", "rank asb", "/figures collisions", "/priority alcohol"):
        assert said(demo.answered(line)) == said(printed.answered(line, at=DEMO)), line
        assert SIMULATED not in shown(demo(line)), line
    card = demo.answered("/priority burglary")
    assert card.summary == printed("/priority burglary", at=DEMO).summary
    assert "counts give" not in shown(card)


def test_a_count_that_the_assessment_prints_itself_is_said_to_be_printed(demo):
    assert "The assessment itself prints 493 for August 2012 (line 509-511)." in notes(demo("/figures asb Aug 2012"))
    assert "The assessment itself prints 33 for August 2012 to July 2013 (line 244-246)." in notes(demo("burglary in berkhamsted castle"))
    assert "itself prints" not in notes(demo("/figures asb Sep 2012"))


def test_only_beats_that_the_assessment_names_are_ranked(demo):
    reply = demo.answered("/hotspots asb")
    assert [row[:2] for row in table(reply)] == [
        ["Hemel Hempstead Central", 570],
        ["Highfield and St Pauls", 374],
        ["Grovehill", 249],
        ["Aldbury and Wigginton", 19],
        ["Ashridge", 12],
    ]
    assert "The beats that the assessment doesn't name had 2,693 (3,856) together. They are not ranked" in notes(reply)
    assert "30.5% of the 3,917 in Dacorum" in shown(reply).replace("\n", " ")
    assert "It is held for the beats that the assessment names: Hemel Hempstead Central," in demo.refused("asb in Leverstock Green")
    assert demo.refused("damage in Grovehill").startswith(f"Criminal damage ({SIMULATED}) is not held for Grovehill.")
    assert "17 beats" in notes(demo("/figures"))


def test_the_demo_is_honest_about_how_far_its_figures_reach(demo):
    assert (
        demo.says("/jag fresh") == "Monthly figures, a simulated spread of published totals, are held to July 2013, 2 months behind today."
    )
    assert table(demo("/figures"))[0][:5] == [SIMULATED, "26 measures", "August 2011", "July 2013", "2 months"]
    assert "Held to July 2013, 2 months behind today." in notes(demo("/hotspots burglary"))
    assert facts(demo("asb last month"))["Count"].endswith("July 2013")
    assert demo.refused("asb August 2013").startswith("August 2013 is not held.")


def test_a_beat_whose_count_is_not_printed_is_said_to_be_chosen(demo):
    assert "Chosen within what the assessment says, where it prints no count: Bennetts End; Woodhall." in notes(demo("/hotspots burglary"))
