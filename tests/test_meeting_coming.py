"""Who arranges meetings, and who comes to them."""

from __future__ import annotations

import pytest
from arranging import JAG, Says
from asking import facts, labels, notes

from models.people import Person


@pytest.fixture
def databases(sqlite):
    return sqlite


@pytest.fixture
def say(example) -> Says:
    return Says(example)


@pytest.mark.parametrize("person", ["coordinator", "jag-chair", "jag-deputy"])
def test_the_chair_the_deputy_and_the_coordinator_arrange_meetings(say, person):
    for line in ("add jag 17 Dec 10:00", "move jag 17 Dec to 18 Dec", "cancel jag 18 Dec", "restore jag 18 Dec", "tell jag 18 Dec"):
        say.answered(f"/meeting {line}", person=person)


@pytest.mark.parametrize("person", ["asb-lead", "college", "analyst"])
def test_others_see_them_and_change_nothing(say, person):
    assert say.answered("/meeting jag", person=person).title == JAG
    assert "Move" not in labels(say.answered("/meeting jag", person=person))
    for line in ("add jag 17 Dec 10:00", "move jag to 18 Dec", "cancel jag 10 Dec", "tell jag 10 Dec"):
        assert say.refused(f"/meeting {line}", person=person) == (
            "The chair, the deputy chair and the coordinator of JAG arrange its meetings. Ask one of them."
        )
    assert say.row() is None


def test_notifications_of_a_private_group_say_only_how_many(say):
    for line, said in (
        ("show csag", "1 CSAG meeting shown."),
        ("list csag until christmas", "2 CSAG meetings listed."),
        ("move csag to 6 dec", "1 CSAG meeting moved."),
        ("cancel csag", "1 CSAG meeting cancelled."),
    ):
        assert say.says(f"/meeting {line}") == said
    assert say.refused("/meeting add csag 19 Dec 14:30") == "Nothing was changed"


# Who comes.


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("I'll be there after all", "Coming"),
        ("im coming to the jag on the 10th", "Coming"),
        ("who's coming to the next JAG?", "JAG, Tuesday 10 December 2013 at 10:00"),
        ("who is coming on 10 december?", "JAG, Tuesday 10 December 2013 at 10:00"),
        ("is the JAG still on?", "JAG, Tuesday 10 December 2013 at 10:00"),
        ("is the january jag going ahead", "JAG, Tuesday 14 January 2014 at 10:00"),
        ("who's going to the next jag", "JAG, Tuesday 10 December 2013 at 10:00"),
        ("when is the january jag?", "JAG, Tuesday 14 January 2014 at 10:00"),
        ("when is the next JAG in january", "JAG, Tuesday 14 January 2014 at 10:00"),
    ],
)
def test_who_comes_and_whether_it_is_held_is_said_and_asked_in_plain_words(say, line, title):
    assert say.answered(line, person="analyst").title == title


@pytest.mark.parametrize(
    "line",
    [
        "/meeting apologies 10 Dec, @burglary-deputy instead",
        "/meeting apologies jag @burglary-deputy will come instead",
        "/meeting apologies jag 10 Dec my deputy instead",
        "apologies for the next JAG, sending @burglary-deputy",
        "I can't make the JAG on 10 Dec, @burglary-deputy goes",
        "please send my apologies for the jag: @burglary-deputy in my place",
        "I can't make the JAG on 10 Dec, burglary-deputy comes instead",
    ],
)
def test_apologies_are_sent_with_a_substitute(say, line):
    reply = say.answered(line, person="burglary-lead")
    assert reply.summary == "You send apologies for JAG on Tuesday 10 December 2013 at 10:00. burglary-deputy comes instead."
    assert facts(reply) == {"Coming": "burglary-deputy for burglary-lead", "Apologies": "burglary-lead"}
    shown = facts(say.answered("/meeting jag"))
    assert (shown["Coming"], shown["Apologies"]) == ("burglary-deputy for burglary-lead", "burglary-lead")
    after_all = say.press(reply, "Come after all", person="burglary-lead")
    assert facts(after_all) == {"Coming": "burglary-lead"}


def test_the_coordinator_says_it_for_others_and_nobody_else_does(say):
    line = "/meeting apologies jag, @college sends @fire-officer instead"
    assert say.refused(line, person="asb-lead") == (
        "The chair, the deputy chair and the coordinator of JAG say it for others. Say it of yourself."
    )
    reply = say.answered(line, person="coordinator")
    assert reply.summary == "college sends apologies for JAG on Tuesday 10 December 2013 at 10:00. fire-officer comes instead."
    assert facts(say.press(reply, "Come after all")) == {"Coming": "college"}
    assert (
        say.answered("/meeting attend jag @college @analyst").summary
        == "college and analyst come to JAG on Tuesday 10 December 2013 at 10:00."
    )


def test_a_substitute_on_chat_is_told_unless_the_group_is_private_and_not_theirs(say):
    with say.held.session() as session:
        for handle, user in (("burglary-deputy", "U1"), ("town-centre", "U2")):
            Person.named(handle, session).slack_user = user
    told = say.answered("/meeting apologies jag @burglary-deputy instead", person="burglary-lead").tells
    assert [each.reply.title for each in told] == ["You stand in for burglary-lead at JAG"]
    after_all = say.answered("/meeting attend jag", person="burglary-lead").tells
    assert [each.reply.title for each in after_all] == ["You no longer stand in for burglary-lead at JAG"]
    assert say.answered("/meeting attend jag", person="burglary-lead").tells == (), "who was not sent need not be told"
    say.answered("/meeting apologies jag @burglary-deputy instead", person="burglary-lead")
    other = say.answered("/meeting apologies jag @town-centre instead", person="burglary-lead").tells
    assert [each.reply.title for each in other] == [
        "You no longer stand in for burglary-lead at JAG",
        "You stand in for burglary-lead at JAG",
    ]
    quiet = say.answered("/meeting apologies csag @town-centre instead", person="housing-officer")
    assert (quiet.tells, notes(quiet)) == ((), "Tell town-centre yourself: I do not.")
    assert quiet.summary == "1 CSAG meeting answered."


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("attend jag 12 Nov", "JAG on Tuesday 12 November 2013 at 10:00 has been. Nothing was changed."),
        ("attend jag @town-centre and @nobody", "I know nobody called “nobody”. See who there is: /jag people."),
        ("attend raog @college", "Nothing was changed"),
        ("apologies jag my deputy instead", "coordinator has no deputy that I know of. Say who it is, such as: @burglary-deputy instead"),
    ],
)
def test_who_comes_to_what_is_over_or_is_nobody_is_refused(say, line, said):
    assert say.refused(f"/meeting {line}") == said
