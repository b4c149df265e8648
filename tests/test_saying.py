"""What is read of news as people write it: a status, no change, another date; and where a line turns to another action."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.plan import meant
from commands.plan.refs import Ref
from commands.plan.saying import Item, items, on_behalf, read_news


def known(ref: Ref) -> bool:
    """The asker has actions 1 to 9."""
    return bool(ref.group) or 0 < ref.number < 10


def cut(line: str) -> list[tuple[str, str]]:
    """[("1 2", "done"), ("rest", "no change")]"""
    return [(" ".join(ref.whole for ref in each.refs) or "rest", each.words) for each in items(line, known)]


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ("done", "done", ""),
        ("Done!", "done", ""),
        ("all done", "done", ""),
        ("it's done now", "done", "now"),
        ("completed on friday", "done", "on friday"),
        ("done: gates fitted", "done", "gates fitted"),
        ("gates fitted, done", "done", "gates fitted"),
        ("gates fitted. Done.", "done", "gates fitted"),
        ("gates fitted - all done", "done", "gates fitted"),
        ("at risk: contractor delayed", "at risk", "contractor delayed"),
        ("At Risk - contractor delayed", "at risk", "contractor delayed"),
        ("slipping, no staff", "at risk", "no staff"),
        ("amber", "at risk", ""),
        ("late", "at risk", ""),
        ("late: parts", "at risk", "parts"),
        ("red, no money", "blocked", "no money"),
        ("blocked by highways", "blocked", "by highways"),
        ("still stuck", "blocked", ""),
        ("on  track", "on track", ""),
        ("in hand", "on track", ""),
        ("Green.", "on track", ""),
        ("is now on track: 3 of 5 fitted", "on track", "3 of 5 fitted"),
        ("dun", "done", ""),
        ("✅", "done", ""),
        ("✔️ gates fitted", "done", "gates fitted"),
        ("gates fitted ✅", "done", "gates fitted"),
        ("blockd: no lease", "blocked", "no lease"),
        ("on trak, two up", "on track", "two up"),
        ("finshed", "done", ""),
        ("dne", "done", ""),
        ("doen!", "done", ""),
        ("complet", "done", ""),
        ("blokced: no key", "blocked", "no key"),
        ("amber waiting on highways", "at risk", "waiting on highways"),
        ("red because of the frost", "blocked", "because of the frost"),
        ("done by karen", "done", "by karen"),
        ("done later than planned", "done", "later than planned"),
        ("done. By friday the paint", "done", "By friday the paint"),
    ],
)
def test_a_status_is_taken_where_the_words_begin_or_end_with_one(typed, status, said):
    news = read_news(typed)
    assert (news.status, news.said, news.same) == (status, said, False)


@pytest.mark.parametrize(
    "typed",
    [
        "not done",
        "done?",
        "done bar the painting",
        "3 of 5 gates done",
        "80% done",
        "want it done",
        "wait until it is done",
        "not yet done",
        "isn't done",
        "isnt done",
        "won't be done",
        "never finished",
        "nearly done",
        "almost complete",
        "half done",
        "partly completed",
        "to be done",
        "when done",
        "until it is done",
        "done half of it",
        "done some of it",
        "done nothing",
        "red tape is up",
        "green bins collected",
        "late start but fine",
        "same contractor as before",
        "finished-looking gates",
        "gates fitted",
        "waiting on highways",
        "the doneness is fine",
        "amber lights out",
        "locked",
        "don",
        "gone",
        "no chance",
        "finish: next week",
        "dne by friday we hope",
        "installed: all well",
        "struck by a car",
        "blockd by highways",
        "dun cow pub visited",
        "done tmrw",
        "done by friday",
        "done by the end of the month",
        "done in 2 weeks",
        "will be done fri",
    ],
)
def test_words_that_only_look_like_a_status_are_none(typed):
    news = read_news(typed)
    assert (news.status, news.said, news.same) == (None, typed, False)


@pytest.mark.parametrize(
    ("typed", "not_done"),
    [("not done", True), ("done tmrw", True), ("will be done fri", True), ("done", False), ("gates fitted", False), ("no change", False)],
)
def test_what_is_not_done_is_known_for_it(typed, not_done):
    assert read_news(typed).not_done == not_done


@pytest.mark.parametrize(
    "typed",
    ["no change", "No change.", "nc", "as before", "same", "unchanged", "nothing to report", "still no change", "no chnage", "no cahnge"],
)
def test_no_change_is_an_answer(typed):
    news = read_news(typed)
    assert (news.status, news.said, news.same) == (None, "", True)


@pytest.mark.parametrize(
    ("typed", "later"),
    [
        ("waiting on highways wont be til jan", "jan"),
        ("won't be done until 31 Jan", "31 Jan"),
        ("will not be ready before next jag", "next jag"),
        ("cant until end of month", "end of month"),
        ("need until fri", "fri"),
        ("can i have til end of jan pls", "end of jan pls"),
        ("could we have until easter", "easter"),
        ("new date 31 Jan please", "31 Jan please"),
        ("delayed until 12 jan", "12 jan"),
        ("moved to 12 jan", "12 jan"),
        ("extension to 31/1/14", "31/1/14"),
        ("now due 12 jan", "12 jan"),
        ('"no staff", wont be til jan', "jan"),
        ("the residents' gate won't be til jan, dave's word", "jan, dave's word"),
    ],
)
def test_another_date_is_heard(typed, later):
    assert read_news(typed).later == later


@pytest.mark.parametrize(
    "typed",
    [
        "gates fitted",
        "until now all well",
        "meeting on 12 jan",
        "waiting for parts",
        "not until",
        "due to rain",
        'waiting for the depot - they said "not before Oct"',
        "the depot: “won't be til jan”, they say",
        "they said 'not before Oct'",
        'not before "October"',
    ],
)
def test_other_words_ask_for_no_date(typed):
    assert not read_news(typed).later


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (
            "3 done, 5 waiting on highways wont be til jan, rest no change",
            [("3", "done"), ("5", "waiting on highways wont be til jan"), ("rest", "no change")],
        ),
        ("1 done; 2 at risk", [("1", "done"), ("2", "at risk")]),
        ("1 done\n2 at risk", [("1", "done"), ("2", "at risk")]),
        ("1,2 & 5 done", [("1 2 5", "done")]),
        ("1 and 2 done", [("1 2", "done")]),
        ("3-5 done", [("3 4 5", "done")]),
        ("3–5 done, 1 blocked", [("3 4 5", "done"), ("1", "blocked")]),
        ("5-3 done", [("5", "-3 done")]),
        ("1 to 3 no change", [("1 2 3", "no change")]),
        ("JAG-13-004 done, csag 13 2 at risk", [("JAG-13-004", "done"), ("CSAG-13-002", "at risk")]),
        ("#1 done, #2 blocked", [("1", "done"), ("2", "blocked")]),
        ("all no change", [("rest", "no change")]),
        ("3 waitng on highways, rest no chnage", [("3", "waitng on highways"), ("rest", "no chnage")]),
        ("3 dne, 5 waitng on highways, the rest no cahnge", [("3", "dne"), ("5", "waitng on highways"), ("rest", "no cahnge")]),
        ("1 gates up, rest in the shed", [("1", "gates up, rest in the shed")]),
        ("the rest are fine", [("rest", "are fine")]),
        ("1 done, everything else no change", [("1", "done"), ("rest", "no change")]),
        ("1 at risk: 2 weeks late", [("1", "at risk: 2 weeks late")]),
        ("1 at risk, 2 weeks late", [("1", "at risk, 2 weeks late")]),
        ("1 fitted 3, 2 gates left", [("1", "fitted 3, 2 gates left")]),
        ("1 fitted, 25 to come", [("1", "fitted, 25 to come")]),
        ("1 back 6 sept, 2 jan latest", [("1", "back 6 sept, 2 jan latest")]),
        ("1 costs 1,250 and 2.5 hours", [("1", "costs 1,250 and 2.5 hours")]),
        ("1 from 9 to 5, 3pm on fri", [("1", "from 9 to 5, 3pm on fri")]),
        ("1 done, 2nd coat next", [("1", "done, 2nd coat next")]),
        ("1 done and dusted", [("1", "done and dusted")]),
        ("1 done, all gates up", [("1", "done, all gates up")]),
        ("1 talked to the others, all happy", [("1", "talked to the others, all happy")]),
        ("1 at 12:30 and 2:15", [("1", "at 12:30 and 2:15")]),
        ("1 on 1/9 and 2/9", [("1", "on 1/9 and 2/9")]),
        ("1: done, 2: blocked", [("1", "done"), ("2", "blocked")]),
        ("1. done. 2. blocked", [("1", "done"), ("2", "blocked")]),
        ("1) done 2) blocked", [("1", "done"), ("2", "blocked")]),
        ("1) done 2) blocked, 3. at risk", [("1", "done"), ("2", "blocked"), ("3", "at risk")]),
        ("4) at risk", [("4", "at risk")]),
        ("JAG-13-004: at risk", [("JAG-13-004", "at risk")]),
        ("1 done 2 done", [("1", "done"), ("2", "done")]),
        ("1 done 2 weeks ago", [("1", "done 2 weeks ago")]),
        ("1 2 done", [("1 2", "done")]),
        ("4 2 fences fitted", [("4", "2 fences fitted")]),
        ("4: 3 done", [("4", "3 done")]),
        ("• 1 done\n• 2 gates fitted", [("1", "done"), ("2", "gates fitted")]),
        ("1 done, 2 to go", [("1", "done, 2 to go")]),
        ("1 at risk, 2-3 weeks late", [("1", "at risk, 2-3 weeks late")]),
        ("1 shut on 5, 6 and 7 sept", [("1", "shut on 5, 6 and 7 sept")]),
        ("1 done, 4 may slip", [("1", "done"), ("4", "may slip")]),
        ("1 back from 10-12, flats 10-12 next", [("1", "back from 10-12, flats 10-12 next")]),
        ("2 weeks late", []),
        ("done 10 12", []),
        ("4 gates fitted", [("4", "gates fitted")]),
        ("1, 2 and the rest no change", [("1 2", ""), ("rest", "no change")]),
        ("1 blocked, all others on track", [("1", "blocked"), ("rest", "on track")]),
        ("1 gates fitted, all done", [("1", "gates fitted, all done")]),
        ("all gates up", []),
        ("all", [("rest", "")]),
        ("1", [("1", "")]),
        ("1, 2", [("1 2", "")]),
        ("1 no change.", [("1", "no change.")]),
        ("", []),
        ("gates fitted", []),
        ("no change", []),
    ],
)
def test_a_line_is_cut_where_it_turns_to_another_action(typed, read):
    assert cut(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("all done bar 5", [("", "5", "done")]),
        ("all bar 5 done", [("", "5", "done")]),
        ("all done except 5 and 6", [("", "5 6", "done")]),
        ("1 blocked, rest done but not 5 or 6", [("1", "", "blocked"), ("", "5 6", "done")]),
        ("all done except 5 which is blocked", [("", "", "done"), ("5", "", "which is blocked")]),
        ("all done except 5, 6 blocked", [("", "5", "done"), ("6", "", "blocked")]),
        ("all on track but 2 weeks late", [("", "", "on track but 2 weeks late")]),
    ],
)
def test_the_rest_may_be_without_some(typed, read):
    found = items(typed, known)
    assert [(" ".join(ref.whole for ref in each.refs), " ".join(ref.whole for ref in each.but), each.words) for each in found] == read


@pytest.mark.parametrize(
    ("typed", "unsure"),
    [
        ("5 12 gates fitted, 4 need a lease", "4"),
        ("5 gates fitted, 4 need a lease", "4"),
        ("5 12 gates fitted and 4 still to fit", "4"),
        ("5 12 gates fitted; 4 and 6 need a lease, 2 done", "4 6"),
        ("1 karen rang, 5 dave to ring", "5"),
        ("1 karen rang, 5 waiting on highways", ""),
        ("5 12 gates fitted, 4: need a lease", ""),
        ("5 12 gates fitted, #4 need a lease", ""),
        ("5 12 gates fitted\n4 need a lease", ""),
        ("5 12 gates fitted, JAG-13-004 need a lease", ""),
        ("5 12 gates fitted, 4 done", ""),
        ("3 done, 5 waiting on highways wont be til jan, rest no change", ""),
        ("3 at risk, 4 need a lease", ""),
        ("3 done, 5 gates fitted", ""),
    ],
)
def test_a_number_that_may_be_a_count_in_the_news_before_it_is_unsure(typed, unsure):
    assert " ".join(ref.whole for each in items(typed, known) if each.unsure for ref in each.refs) == unsure


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1 blocked, 2 done cctv in, 99 done", [("1", "blocked"), ("2", "done cctv in"), ("99", "done")]),
        ("1, 99 done", [("1 99", "done")]),
        ("1 fitted, 99 lamps to go", [("1", "fitted, 99 lamps to go")]),
        ("1 fitted at last, 12 waiting on highways", [("1", "fitted at last"), ("12", "waiting on highways")]),
        ("1 flats visited, 12 waiting for keys", [("1", "flats visited, 12 waiting for keys")]),
        ("5 ~ 12 gates fitted, 4 need a lease", [("5", "12 gates fitted, 4 need a lease")]),
    ],
)
def test_a_number_that_is_nobody_s_is_an_action_where_its_status_follows(typed, read):
    assert cut(typed) == read


def test_each_action_keeps_its_own_stretch_and_no_other_s_reference():
    line = "• 1 done, 2: at risk;  JAG-13-003 & CSAG-13-002 done. All others on track bar CSAG-13-005"
    one, two, both, rest = items(line, known)
    assert [one.typed, two.typed, both.typed, rest.typed] == [
        "1 done",
        "2: at risk",
        "JAG-13-003 & CSAG-13-002 done",
        "All others on track",
    ]
    assert [both.typed_of(ref) for ref in both.refs] == ["JAG-13-003 done", "CSAG-13-002 done"]


@pytest.mark.parametrize(
    ("typed", "sure"),
    [
        ("4) at risk", True),
        ("101: blocked", True),
        ("done 4 and 5", True),
        ("1 2 done", True),
        ("from @dens-officer: 3 done", True),
        ("everything else as before", True),
        ("rest no chnage", True),
        ("all crime", False),
        ("the rest of dacorum", False),
        ("csag 13 2 at risk", True),
        ("3 ✅", True),
        ("5 ~ letters sent, 4 need a lease", True),
        ("1 and 2 :white_check_mark:", True),
        ("10 worst wards for asb", False),
        ("show 10 worst wards", False),
        ("1,250 burglaries", False),
        ("all crime same months of 2012", False),
        ("asb 12-13", False),
        ("2 weeks late", False),
    ],
)
def test_words_without_a_command_are_surely_about_the_plan_or_not(typed, sure):
    assert meant.surely(typed) == sure


@pytest.mark.parametrize(
    ("typed", "words", "speaker"),
    [
        ("karen rang: gates fitted fri … for @dens-officer", "karen rang: gates fitted fri …", "dens-officer"),
        ("gates fitted from @dens-officer", "gates fitted", "dens-officer"),
        ("gates fitted (from @dens-officer)", "gates fitted", "dens-officer"),
        ("gates fitted. From @dens-officer.", "gates fitted.", "dens-officer"),
        ("gates fitted on behalf of @dens-officer", "gates fitted", "dens-officer"),
        ("from @dens-officer: gates fitted", "gates fitted", "dens-officer"),
        ("from @dens-officer: 1 done, rest no change", "1 done, rest no change", "dens-officer"),
        ("from @dens-officer 3 done", "3 done", "dens-officer"),
        ("3 from @dens-officer: 2 gates fitted", "3: 2 gates fitted", "dens-officer"),
        ("update 3 for @dens-officer, done", "update 3: done", "dens-officer"),
        ("1 and 2 from @dens-officer: done", "1 and 2: done", "dens-officer"),
        ("3 waiting for @dens-officer", "3 waiting for @dens-officer", ""),
        ("for @dens-officer - gates fitted", "gates fitted", "dens-officer"),
        ("asked for @dens-officer to ring back", "asked for @dens-officer to ring back", ""),
        ("gates fitted by @dens-officer", "gates fitted by @dens-officer", ""),
        ("waiting for dens-officer", "waiting for dens-officer", ""),
        ("gates for @", "gates for @", ""),
    ],
)
def test_whose_word_it_is(typed, words, speaker):
    assert on_behalf(typed) == (words, speaker)


TYPED = "done at risk: no change rest all 1 2 3 4 25 99 1-3 JAG-13-004 csag 13 2 , ; . \n & + and - – : gates fitted 2 weeks 3pm 1/9 1,250"
WORDS = st.sampled_from([*TYPED.split(" "), "(two)", "til jan", "£5", "•", "é"])
LINES = st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=40)
JOINTS = re.compile(r"[\s,;:&+•*.\-–—]+|\band\b|\bthe\b", re.I)


def content(text: str) -> Counter[str]:
    return Counter(JOINTS.sub("", text))


@given(LINES, st.integers(0, 12))
def test_no_word_is_lost_on_the_way(line, most):
    found = items(line, lambda ref: 0 < ref.number <= most)
    kept = Counter[str]()
    for each in found:
        assert isinstance(each, Item)
        assert not content(each.words) - content(each.typed)
        kept += content(each.typed)
    assert not found or not content(line) - kept, line


@given(LINES, st.booleans())
def test_any_line_can_be_cut(line, some):
    for each in items(line, lambda _: some):
        assert each.words == each.words.strip()


@given(LINES)
def test_any_words_can_be_read_as_news_and_none_are_lost(line):
    news = read_news(line)
    assert not content(news.said) - content(line)
    if news.status is None and not news.same:
        assert content(news.said) == content(line)


@given(LINES)
def test_any_words_may_be_somebody_s(line):
    words, speaker = on_behalf(line)
    assert speaker or words == line


@given(LINES)
def test_a_reference_and_what_follows_it_make_up_the_line(line):
    begun = Ref.at_start(line)
    if begun:
        assert (begun[0].typed + begun[1]).split() == line.split() or begun[0].typed in line
        assert line.endswith(begun[1])
