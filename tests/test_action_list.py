"""/action list: the action plan in the order of what is due first, narrowed by words in any order; and one's own page."""

from __future__ import annotations

import pytest
from asking import Asking, facts, headings, labels, notes, table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planned import NOW, TODAY, TOMORROW, YESTERDAY, Plan
from sqlalchemy import select

from commands import Enquiry
from commands.plan.asked_list import Wanted, read
from commands.plan.list_words import SCOPES
from commands.plan.sight import Sight
from commands.reply import Choice, Heading, Table
from models.due import Due
from models.partnership import Agency
from models.people import Person
from models.priorities import Priority

CSAG_WORDS = "Case conference on the tenancy at Gadebridge"


@pytest.fixture
def plan(example) -> Plan:
    """Seven actions of JAG, each of its own kind."""
    plan = Plan(example)
    plan.add("Fit alley gates behind the shops", number=1, due=YESTERDAY, priority="asb", supporters=["jag-chair"])
    plan.add("Leaflet burglary hotspots", "burglary-lead", number=2, priority="burglary", due=Due("meeting", TOMORROW), status="at risk")
    plan.add("Walk the town centre at night", "jag-chair", number=3, due=None, status="on track")
    plan.add("Mark bicycles", "fire-officer", number=4, due=TODAY, status="blocked")
    plan.add("Put up posters", "housing-officer", number=5, due=YESTERDAY, status="done")
    plan.add("Ask for lights", "road-safety", number=6, status="closed", closed_on=TODAY, priority="vehicle")
    plan.add("Count the cars", "road-safety", number=7, status="withdrawn")
    return plan


@pytest.fixture
def ask(plan) -> Asking:
    return Asking(plan.held)


def refs(reply) -> list[str]:
    return [row[0] for row in table(reply)] if any(hasattr(part, "rows") for part in reply.parts) else []


def numbers(reply) -> list[int]:
    return [int(ref.rsplit("-")[-1]) for ref in refs(reply)]


def test_open_actions_come_with_what_is_due_first_on_top(ask):
    reply = ask.answered("/action list", person="jag-chair")
    assert reply.title == "Open actions"
    assert reply.parts[0] == "4 actions; 1 overdue."
    assert headings(reply)[:7] == ["Ref", "Action", "Owner", "Due", "Status", "RAG", "Latest"]
    assert [row[:6] for row in table(reply)] == [
        ["JAG-26-001", "Fit alley gates behind the shops", "housing-officer", "9 February 2026", "not reported", "red: overdue"],
        ["JAG-26-004", "Mark bicycles", "fire-officer", "10 February 2026", "blocked", "red: blocked"],
        ["JAG-26-002", "Leaflet burglary hotspots", "burglary-lead", "next JAG (11 February 2026)", "at risk", "amber"],
        ["JAG-26-003", "Walk the town centre at night", "jag-chair", "ongoing", "on track", "green"],
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("overdue", [1]),
        ("what is overdue for hightown", [1]),
        ("what is overdue for the fire service?", []),
        ("open burglary actions", [2]),
        ("#asb", [1]),
        ("burgalry", [2]),
        ("@fire-officer", [4]),
        ("fire officer's actions please", [4]),
        ("@burglry-lead", [2]),
        ("Hertfordshire Constabulary", [2, 3]),
        ("police", [2, 3]),
        ("police burglary", [2]),
        ("due before the meeting", [1, 4]),  # which is today
        ("due by next JAG", [1, 4]),
        ("not yet reported", [1]),
        ("done to agree", [5]),
        ("done for jag to agree", [5]),
        ("closed", [6]),
        ("withdrawn", [7]),
        ("done or closed", [5, 6]),
        ("closed car crime", [6]),
        ("blocked", [4]),
        ("red", [1, 4]),
        ("all open actions of the Joint Action Group", [1, 4, 2, 3]),
        ("everything", [1, 2, 3, 4, 5, 6, 7]),
        ("#jag overdue", [1]),
        ("mine", [3, 1]),
        ("my overdue actions", [1]),
        ("page 9 of my actions", [3, 1]),
    ],
)
def test_words_narrow_a_list_in_any_order_and_misspelt(ask, words, found):
    listed = numbers(ask.answered(f"/action list {words}", person="jag-chair"))
    assert (sorted(listed) if words in ("everything", "done or closed") else listed) == found


def test_what_was_misspelt_is_said(ask):
    assert notes(ask("/action list burgalry")) == "I read “burgalry” as #burglary."


def test_what_i_support_comes_after_what_i_own_and_is_marked(ask):
    reply = ask.answered("/action list mine", person="jag-chair")
    assert reply.title == "My actions"
    assert [(row[0], row[-1]) for row in table(reply)] == [("JAG-26-003", "own"), ("JAG-26-001", "supporting")]


def test_what_is_done_can_be_closed_by_whoever_may(ask):
    assert "Close JAG-26-005" in labels(ask("/action list done", person="jag-chair"))
    assert "Close JAG-26-005" not in labels(ask("/action list done", person="burglary-lead"))


def test_an_empty_list_says_so_and_what_there_is(ask):
    reply = ask.answered("/action list overdue burglary", person="jag-chair")
    assert reply.summary == "No overdue actions of burglary. Open: 1."
    assert numbers(ask.answered(reply.asks[0].asks, person="jag-chair")) == [2]
    assert ask.says("/action list @analyst", person="jag-chair") == "No open actions of analyst."
    assert ask.says("/action list @road-safety") == "No open actions of road-safety. In all: 2."
    assert ask.says("/action list mine overdue", person="analyst") == "No overdue actions of yours."


def test_unknown_words_are_refused_with_near_names(ask):
    words = ask.refused("/action list overdue for hitown", person="jag-chair")
    assert words.startswith("I don't know “hitown”. Did you mean Hightown Housing Association, ")
    assert words.endswith("an agency, a group (JAG or RAOG).")
    assert ask.refused("/action list friday", person="jag-chair").startswith("I don't know “friday”.")
    assert ask.refused("/action list @nobody-here", person="jag-chair").startswith("I don't know “@nobody-here”.")


def test_twenty_are_on_a_page_and_the_rest_on_the_next(plan, ask):
    for number in range(10, 50):
        plan.add(f"One more {number}", "college", number=number, due=YESTERDAY)
    first = ask.answered("/action list", person="analyst")
    assert first.parts[0] == "1–20 of 44; 41 overdue."
    pages = [first]
    while more := [button.asks for button in pages[-1].asks if button.label == "More"]:
        pages.append(ask.answered(more[0], person="analyst"))
    assert [len(refs(page)) for page in pages] == [20, 20, 4]
    assert len({ref for page in pages for ref in refs(page)}) == 44
    assert numbers(pages[-1])[-1] == 3  # ongoing, so last


def test_groups_are_named_where_several_are_shown_and_each_group_s_own_come_in_one_order(plan, ask):
    plan.add(CSAG_WORDS, group="csag", number=1, due=TODAY)
    reply = ask.answered("/action list")
    assert headings(reply)[-1] == "Group"
    assert refs(reply) == ["JAG-26-001", "JAG-26-004", "CSAG-26-001", "JAG-26-002", "JAG-26-003"]
    assert reply.summary == "1 CSAG action"
    assert headings(ask("/action list csag"))[-1] == "Latest"


def test_requests_are_settled_by_those_who_may_and_seen_by_their_askers(plan, ask):
    number = plan.asks("JAG-26-001", "due 31 March 2026")
    chair = ask.answered("/action list asked", person="jag-chair")
    assert table(chair)[0][:4] == ["JAG-26-001", "Fit alley gates behind the shops", "due 31 March 2026", "housing-officer"]
    assert [button.asks for button in chair.asks[:2]] == [f"/action agree {number}", f"/action decline {number}"]
    own = ask.answered("/action list requests", person="housing-officer")
    assert own.summary == "1 request waits."
    assert labels(own) == ["Open actions"]
    assert ask.says("/action list asked", person="analyst") == "Nothing waits to be settled."


def test_what_people_typed_stays_data(plan, ask):
    plan.add("=HYPERLINK(1) \u202eمرحبا 🚒 <!channel>", "college", number=8, due=YESTERDAY)
    assert table(ask("/action list @college"))[0][1] == "=HYPERLINK(1) \u202eمرحبا 🚒 <!channel>"
    plan.add("x" * 3_000, "town-centre", number=9, due=YESTERDAY)
    assert len(table(ask("/action list @town-centre"))[0][1]) == 120


CSAG_LISTS = (
    "/action list", "/action list all", "/action list overdue", "/action list overdue csag", "/action list csag", "/action list #csag",
    "/action list csgag", "/action list community safety action group", "/action list @housing-officer all", "/action list hightown",
    "/action list asb", "/action list asked", "/action list done", "/action list mine", "/action list page 2", "/jag me",
)  # fmt: skip


@pytest.mark.parametrize("person", ["jag-chair", "analyst", "jag-deputy"])
def test_a_list_without_csag_is_letter_for_letter_what_it_is_without_csag_s_actions(plan, ask, person):
    before = [ask(line, person=person) for line in CSAG_LISTS]
    for number, status in enumerate(("blocked", "done", "closed"), 1):
        plan.add(CSAG_WORDS, group="csag", number=number, due=YESTERDAY, priority="asb", status=status, supporters=[person])
    plan.asks("CSAG-26-001", "due 31 March 2026")
    assert [ask(line, person=person) for line in CSAG_LISTS] == before


def test_a_group_that_is_not_seen_is_a_word_like_any_other(ask):
    unknown = ask.refused("/action list zorg", person="analyst")
    assert ask.refused("/action list csag", person="analyst") == unknown.replace("zorg", "csag")
    assert "(JAG)" in unknown


def test_in_a_channel_only_what_is_its_group_s_is_listed(plan, ask):
    plan.add(CSAG_WORDS, group="csag", number=1)
    here = ask.answered("/action list all", person="coordinator", audience="here", where="#jag")
    assert not [ref for ref in refs(here) if ref.startswith("CSAG")]
    assert refs(ask.answered("/action list", audience="here", where="#csag")) == ["CSAG-26-001"]


def test_my_page_answers_each_of_my_actions_in_one_press(plan, ask):
    plan.add(CSAG_WORDS, group="csag", number=1, status="at risk")
    reply = ask.answered("/jag me", person="housing-officer")
    first, second = (part for part in reply.parts if isinstance(part, Choice))
    assert first.label == "JAG-26-001: Fit alley gates behind the shops (due 9 February 2026, overdue)"
    assert [(each.label, each.asks) for each in first.options] == [
        ("On track", "/action update JAG-26-001 on track"),
        ("At risk", "/action update JAG-26-001 at risk"),
        ("Blocked", "/action update JAG-26-001 blocked"),
        ("Done", "/action done JAG-26-001"),
        ("No change", "/action update JAG-26-001 no change"),
    ]
    assert (first.chosen, second.chosen) == ("", "At risk")
    assert reply.summary == "1 CSAG action"
    assert facts(reply)["Next meeting"] == "JAG, Tuesday 10 February 2026 at 10:00, Civic Centre, Hemel Hempstead, #jag"
    assert (
        facts(ask("/jag me", person="csag-chair"))["Next meeting"]
        == "CSAG, Thursday 12 February 2026 at 14:00, Hightown offices, Hemel Hempstead, #csag"
    )


def test_my_page_shows_what_waits_for_me_and_no_more_than_can_be_answered(plan, ask):
    plan.asks("JAG-26-001", "due 31 March 2026")
    for number in range(10, 30):
        plan.add(f"One more {number}", "jag-chair", number=number)
    reply = ask.answered("/jag me", person="jag-chair")
    assert sum(isinstance(part, Choice) for part in reply.parts) == 15
    assert "15 of 21 are shown. All of them: /action list mine" in notes(reply)
    assert [part.text for part in reply.parts if isinstance(part, Heading)] == ["My actions: 21 open", "Waiting for you", "Done, to agree"]
    assert reply.summary == "jag-chair, Chair of JAG. 21 open actions."


def test_my_page_has_a_line_of_what_was_said_with_a_request_and_all_of_it_is_a_press_away(plan, ask):
    plan.asks("JAG-26-001", "due 31 March 2026")
    assert "All their words" not in labels(ask.answered("/jag me", person="jag-chair"))
    plan.asks("JAG-26-001", f"due 30 April 2026 {'as the contractor is late ' * 30}".strip())
    page = ask.answered("/jag me", person="jag-chair")
    told = next(part for part in page.parts if isinstance(part, Table) and "In their words" in part.headings).rows[1][-1]
    assert (told[:40], told[-1], len(told) <= 80) == ("due 1 due 30 April 2026 as the contracto", "…", True)
    whole = next(button.asks for button in page.asks if button.label == "All their words")
    assert table(ask.answered(whole, person="jag-chair"))[1][-1].endswith("as the contractor is late")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_words_that_ask_for_a_list_again_ask_for_the_same_list(printed, data):
    with printed.held.session() as session:
        sight = Sight.of(Enquiry("", Person.named("coordinator", session), NOW), session)

        def some(kind):
            return tuple(
                data.draw(st.lists(st.sampled_from(list(session.scalars(select(kind)))), max_size=2, unique_by=lambda each: each.id))
            )

        scope = data.draw(st.sampled_from([(), *((name,) for name in SCOPES if name != "mine")]))
        groups = tuple(data.draw(st.lists(st.sampled_from(sight.groups), max_size=2, unique_by=lambda each: each.id)))
        page, mine = data.draw(st.integers(1, 9999)), data.draw(st.booleans())
        wanted = Wanted(scope, mine, some(Priority), some(Person), some(Agency), groups, page)
        again = read(wanted.words(), sight)
        assert again.words() == wanted.words()
        assert not again.notes


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("at risk #vehicle", "No actions of vehicle at risk. In all: 1."),
        ("not reported @jag-chair", "No actions of jag-chair not reported. Open: 1."),
        ("blocked @jag-chair", "No blocked actions of jag-chair. Open: 1."),
        ("mine at risk", "No actions of yours at risk. Open: 2."),
    ],
)
def test_what_there_is_none_of_is_said_in_plain_words(ask, words, said):
    assert ask.says(f"/action list {words}", person="jag-chair") == said


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("what actions are overdue?", [1]),
        ("how many actions are overdue", [1]),
        ("show me overdue actions", [1]),
        ("which actions are blocked?", [4]),
        ("/action list @me", [3]),
        ("/action list @police", [2, 3]),
        ("can I see actions", [1, 4, 2, 3]),
    ],
)
def test_plain_words_of_actions_reach_the_list(ask, line, found):
    assert sorted(numbers(ask.answered(line, person="jag-chair"))) == sorted(found)


def test_news_that_names_no_action_is_asked_about_with_those_that_are_mine(plan, ask):
    plan.add("Mend the gates at the park", number=8)
    reply = ask("the gates are done", person="housing-officer")
    assert reply.asks[0].asks == "/action update JAG-26-001 the gates are done"
    assert "figures" not in str(reply.parts)
    assert ask("no change", person="housing-officer").asks[-1].asks == "/action update rest no change"
    nothing = ask.refused("no change", person="coordinator")
    assert nothing.endswith("You own no open actions. To enter an owner's word: /action update 7 … for @owner")
    assert ask.refused("/action update rest no change", person="analyst") == "You own no open actions. See what there is: /action list"
    assert "You own no open actions" in str(ask("/action 1 on track, rest no change").parts)


@pytest.mark.parametrize("line", ["/action help", "/action add help", "/action ?", "/action help add", "help with actions"])
def test_help_within_the_command_is_its_page(ask, line):
    reply = ask.answered(line)
    assert reply.title == "/action"
    assert facts(reply)["Example 2"] == "/action list overdue"


def test_a_number_that_several_groups_have_is_the_channel_s_or_mine_or_asked(plan, ask):
    plan.add(CSAG_WORDS, "csag-chair", group="csag", number=1)
    plan.add("Visit the estate", "asb-lead", group="csag", number=4, supporters=["housing-officer"])
    shown = {where: ask.answered("/action show 1", where=where).title.partition(":")[0] for where in ("#jag", "#csag")}
    assert shown == {"#jag": "JAG-26-001", "#csag": "CSAG-26-001"}
    assert ask.answered("/action 1 on track", person="housing-officer").title == "JAG-26-001: on track"
    assert ask.answered("/action show 4", person="housing-officer").title.startswith("CSAG-26-004")
    asked = ask("1 at risk: contractor late, for @housing-officer", where="direct message")
    assert asked.summary == "Which action do you mean?"
    assert [button.asks for button in asked.asks] == [
        f"/action {ref} at risk: contractor late, for @housing-officer" for ref in ("JAG-26-001", "CSAG-26-001")
    ]
    many = ask("from @housing-officer: 1 done, 5 no change", where="direct message")
    assert "/action update JAG-26-001 done for @housing-officer" in [button.asks for button in many.asks]


def test_an_agency_s_word_is_its_owner_s_or_said_to_be_the_coordinator_s(ask):
    for line in (
        "1 for hightown: gates ordered",
        "1 gates ordered, from Hightown Housing Association",
        "1 from the hightown - gates ordered",
    ):
        assert notes(ask.answered(f"/action {line}")) == "housing-officer's word, entered by coordinator."
        assert facts(ask("/action show 1"))["Latest"] == "gates ordered"
    police = ask.answered("/action 2 for the police: leaflets are out")
    assert notes(police) == "burglary-lead's word, entered by coordinator."
    for line in ("1 for snt: gates fitted", "1 gates fitted for the police"):
        reply = ask.answered(f"/action update {line}")
        assert notes(reply) == "Saved as your own word. To enter the owner's: /action update JAG-26-001 … for @housing-officer"
    for line in ("1 for snt: gates fitted", "1 gates fitted, from DENS"):
        reply = ask.answered(f"/action update {line}", person="housing-officer")
        assert "Saved as your own word. Only the coordinator enters somebody else's." in notes(reply)
    own = ask.answered("/action 1 for hightown: gates ordered", person="housing-officer")
    assert "own word" not in notes(own) + notes(ask.answered("/action 1 waiting for the police", person="housing-officer"))
    assert notes(ask.answered("/action 1 waiting for hightown")) == notes(ask.answered("/action 1 ready for winter")) == ""


def test_what_is_so_already_is_said_as_a_sentence(ask):
    assert ask.says("/action done 5", person="housing-officer") == "JAG-26-005 is done already; nothing was changed"
