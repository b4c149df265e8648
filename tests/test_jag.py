"""/jag: help made from the commands themselves, one's own page, who is who; and what every command promises."""

import pytest
from asking import facts, table
from conftest import NOW, Held, _example

from commands import all_commands
from commands.routing import writes
from models.partnership import Partnership
from models.sources.areas import load_areas
from models.sources.founding import Answers, make_own
from models.sources.street import load_street

EXAMPLES = [example for name, command in all_commands().items() if name != "action" for example in command.examples]


EVERYTHING = (
    "see figures, teach words, load figures, see actions, load actions, load meetings, confirm people, look after the bot and see meetings"
)


# Many of the lines asked here write: their stores are of their own, so that others who share one find nothing of them.


@pytest.fixture(scope="module")
def printed(askings):
    return askings("printed")


@pytest.fixture(scope="module")
def counted(askings):
    return askings("counted")


@pytest.fixture
def live(askings):
    return askings("live")


def test_help_lists_every_command_with_what_it_does_and_an_example(printed):
    rows = table(printed.answered("/jag"))
    assert [row[0] for row in rows] == [f"/{name}" for name in all_commands()]
    assert all(gist and example.startswith(name) for name, gist, example in rows)


@pytest.mark.parametrize("name", all_commands())
def test_every_command_has_a_page_of_help_with_its_examples(printed, name):
    command = all_commands()[name]
    reply = printed.answered(f"/jag help {name}")
    assert reply.summary == command.gist
    assert [button.asks for button in reply.asks] == list(command.examples[:5])
    assert command.usage in facts(reply)["Usage"]


@pytest.mark.parametrize("line", [line for line in EXAMPLES if " call " not in line])
def test_every_example_is_answered_once_figures_are_held(counted, line):
    reply = counted.answered(line)
    assert reply.summary
    counted.put_back(reply)


@pytest.mark.parametrize("line", [line for line in EXAMPLES if "burglary" not in line or "trend" in line])
def test_every_example_makes_sense_before_figures_are_held(printed, line):
    reply = printed(line)
    assert reply.title != "Something broke"
    printed.put_back(reply)


def test_every_example_of_action_is_answered_in_a_plan_of_five(example, asks):
    ask = asks(example)
    for wording in ("Fit gates", "Check the bus station", "Write to residents", "Cut the hedge", "Paint the railings"):
        ask.answered(f"/action add {wording} @coordinator due fri")
    for line in all_commands()["action"].examples:
        assert ask.answered(line).summary


def test_examples_name_places_that_real_figures_hold(live):
    for line in EXAMPLES:
        reply = live(line)
        assert not reply.refused or reply.summary.startswith("2024 is not held, so I cannot say what is rising."), line


def test_a_command_that_is_none_has_no_page(printed):
    reply = printed("/jag help hotspot")
    assert reply.summary == "I have no command 'hotspot'. Did you mean /hotspots?"
    assert printed.answered(reply.asks[0].asks).title == "/hotspots"
    refused = printed.refused("/jag help nothing")
    assert refused == "I have no command 'nothing'. I have /action, /agenda, /figures, /hotspots, /jag, /meeting and /priority."


def test_any_command_and_plain_words_are_asked_under_jag(printed):
    for line in ("/jag hotspots asb", "/jag /hotspots asb", "/jag where is asb worst"):
        assert printed.says(line).startswith("Hemel Hempstead Central 570 (912)")


def test_my_page_says_who_i_am_and_what_i_may(printed):
    mine = facts(printed.answered("/jag me", person="burglary-lead"))
    assert mine["You are"] == "burglary-lead, Lead, Dwelling Burglary"
    assert mine["Agency"] == "Hertfordshire Constabulary"
    assert mine["Groups"] == "JAG (member); Members Forum (member)"
    assert mine["Priorities"] == "Dwelling Burglary"
    assert mine["You may"] == "see figures, teach words, see actions and see meetings"
    assert facts(printed("/jag me", person="housing-officer"))["You may"] == "see figures, see actions and see meetings"
    assert facts(printed("/jag me"))["You may"] == EVERYTHING


def test_freshness_is_said(printed, counted):
    assert counted.says("/jag fresh") == "Monthly figures are held to December 2025, 2 months behind today."
    assert printed.says("/jag fresh") == "No monthly figures are held yet."


def test_people_are_listed_by_handle_role_and_agency(printed):
    assert ["college", "College Representative", "West Herts College", "chat"] in table(printed.answered("/jag people"))


def test_only_the_coordinator_confirms_people(printed):
    assert printed.refused("/jag confirm @sam as college", person="jag-chair") == (
        "To confirm people you would need to be one of: coordinator. Ask the coordinator."
    )
    assert printed.refused("/jag confirm @sam as college") == "Nobody called sam asks to join. See /jag people for who does."
    assert printed.refused("/jag confirm") == "Expected a chat user and a handle, such as: /jag confirm @sam as housing-officer"


def test_somebody_who_is_nobody_here_is_not_answered(printed):
    words = printed.refused("/hotspots asb", person="burglry-lead")
    assert words.startswith("I know nobody called 'burglry-lead'. Did you mean burglary-lead")


BEGINNINGS = (
    *EXAMPLES, "hotspots", "by ward", "since march", "knife crime", "bergulary", "asb published", "asb in northend", "asb on 31 October",
    "asb 2019", "/figures compare asb", "/figures rank", "/figures trend", "asb in grovehill beat", "asb in watford", "alcohol",
    "/priority asb in tring", "asb and burglary", "burglary since last jag", "/hotpots asb", "/jag help hotspot", "violence", "theft",
    "asb by street in highfield", "crime",
)  # fmt: skip


@pytest.mark.parametrize("asker", ["printed", "counted"])
def test_every_button_of_every_reply_is_itself_answered_or_refused_in_words(request, asker):
    asking = request.getfixturevalue(asker)
    lines = [line for line in BEGINNINGS if " call " not in line]
    pressed = dict(asking.pressed(lines))
    assert len(pressed) > 80
    assert not [line for line, reply in pressed.items() if reply.title == "Something broke"]
    assert not [line for line, reply in pressed.items() if reply.refused and not reply.summary]


def test_a_button_on_an_answer_is_never_a_dead_end(counted):
    lines = [line for line in BEGINNINGS if " call " not in line]
    answers = {line: reply for line, reply in counted.pressed(lines) if not reply.refused}
    read = [reply for line, reply in answers.items() if not line.startswith("/jag") and not writes(line)]
    from_answers = {button.asks for reply in read for button in reply.asks if not writes(button.asks)}
    assert not [line for line in from_answers if counted(line).refused]


def own_partnership(store, district: str) -> Partnership:
    chosen = ("asb", "burglary", "alcohol")
    return make_own(store, Answers(f"{district} CSP", district, "Hertfordshire", "Hertfordshire Constabulary", "c@example.org", chosen))


def test_a_partnership_sees_nothing_of_another(opened, asks):
    store = opened("example", _example)
    ask = asks(Held(store, own_partnership(store, "Watford")))
    assert [row[:2] for row in table(ask("/jag people"))] == [["coordinator", "Coordinator"]]
    words = ask.refused("/figures asb in grovehill")
    assert words == "I don't know “grovehill”. I hold asb, burglary, alcohol; and places such as Watford."
    assert ask.refused("/figures asb", person="asb-lead").startswith("I know nobody called 'asb-lead'.")
    assert ask.answered("/figures").title == "No figures are held yet"
    assert "no figures of it are held yet. The coordinator loads them" in ask.says("/priority asb")
    assert ask.answered("/jag").title == "jagbot, for Watford CSP"


def test_a_partnership_without_an_assessment_is_asked_everything_sensibly(opened, asks, made):
    store = opened("migrated", lambda _: None)
    own = own_partnership(store, "St Albans")
    ask = asks(Held(store, own))
    before = dict(
        ask.pressed(["/priority", "/hotspots asb", "/figures", "/figures rank asb", "/jag", "/jag me", "burglary", "knife crime"])
    )
    load_areas(store, own, made.areas(), NOW)
    load_street(store, own, [made.street("2025-01"), made.street("2025-02")], NOW)
    after = dict(ask.pressed(["/priority", "/hotspots asb", "/figures asb", "/figures rank asb", "asb in verulam", "asb published"]))
    broken = [line for each in (before, after) for line, reply in each.items() if reply.title == "Something broke"]
    assert not broken
    assert ask.says("/hotspots asb") == "Verulam 2; 2 in St Albans; January to February 2024 is not held."
    assert table(ask("/priority"))[0][:2] == ["asb", "Anti-social behaviour (police.uk)"]
