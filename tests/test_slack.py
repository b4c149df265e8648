"""Conversations in Slack, over real HTTP with signed requests, with a Slack that answers and refuses as Slack does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
from conftest import Held
from slack_server import APP_TOKEN, JAG, OPEN, PRIVATE, TOKEN, Workspace, workspace
from sqlalchemy import select, text
from talking import Host, Talk, hosting, talking

from commands import all_commands
from models.areas import PlaceWord
from models.people import Joining, Person

EXAMPLES = [example for command in all_commands().values() for example in command.examples]
BOTH = pytest.mark.parametrize("databases", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def databases(request):
    """SQLite, except where a test asks for both: most of what is said here does not depend on it."""
    return request.getfixturevalue(getattr(request, "param", "sqlite"))


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with hosting() as made:
        yield made


@pytest.fixture
def slack() -> Iterator[Workspace]:
    """A workspace with the coordinator and a housing officer in it."""
    with workspace() as made:
        made.joins("U1", "coordinator@example.org", "Coordinator")
        made.joins("U2", "housing-officer@example.org", "Sam")
        yield made


@pytest.fixture
def strange(slack: Workspace, example: Held, host: Host) -> Iterator[Talk]:
    """A conversation in which the bot knows nobody."""
    with talking(example, slack, host) as made:
        yield made


@pytest.fixture
def talk(strange: Talk) -> Talk:
    """A conversation in which U1 is the coordinator and U2 the housing officer."""
    strange.know("U1", "coordinator")
    strange.know("U2", "housing-officer")
    return strange


# A question and its answer


@pytest.mark.parametrize("line", EXAMPLES)
def test_every_command_s_example_is_answered_to_the_asker_alone(talk, line, caplog):
    command, _, words = line.partition(" ")
    answers = [each for each in talk.command(command, words) if each.channel != "DU2"]  # who is told that an action is theirs
    assert answers
    for answer in [each for each in answers if each.channel != "DU1"]:  # where the rest of a long one goes
        assert answer.method == "response"
        assert answer.said["response_type"] == "ephemeral"
        assert answer.said["replace_original"] is False
    assert "Something broke" not in answers[0].text
    assert "not carried" not in caplog.text


def test_hotspots_begins_with_the_places_that_the_assessment_names(talk):
    [answer] = talk.command("/hotspots", "asb")
    assert "Hemel Hempstead Central 570 (912), Highfield and St Pauls 374 (518) and Grovehill 249 (359)" in answer.text
    assert answer.has_button("Share here")


def test_a_command_is_acknowledged_before_it_is_answered(talk):
    with talk.workers.busy():
        taken = talk.workspace.command("/hotspots", "asb")
        assert (taken.status, taken.body, taken.seen_before) == (200, "", 0)
    talk.workers.settle()
    assert len(talk.workspace.arrived) == 1


def test_any_command_works_under_the_one_name_and_with_a_prefix(talk):
    [plain] = talk.command("/hotspots", "asb")
    [under_jag] = talk.command("/jag", "hotspots asb")
    [prefixed] = talk.command("/csp-hotspots", "asb")
    assert plain.text == under_jag.text == prefixed.text


def test_a_direct_message_in_plain_words_is_answered_by_a_message_without_share(talk):
    [answer] = talk.dm("where is asb worst?")
    assert (answer.method, answer.channel) == ("chat.postMessage", "DU1")
    assert "Hemel Hempstead Central 570" in answer.text
    assert not answer.has_button("Share here")


def test_a_direct_message_in_a_thread_is_answered_there(talk):
    [first] = talk.dm("hotspots asb")
    [answer] = talk.dm("/hotspots asb", thread_ts=first.ts)
    assert answer.said["thread_ts"] == first.ts


def test_a_mention_is_answered_to_who_wrote_it_alone_in_its_thread(talk):
    thread = talk.workspace.message("Good morning")
    [answer] = talk.mention("hotspots asb", thread_ts=thread)
    assert (answer.method, answer.channel, answer.said["user"], answer.said["thread_ts"]) == ("chat.postEphemeral", JAG, "U1", thread)
    [answer] = talk.mention("hotspots asb")
    assert "thread_ts" not in answer.said


@pytest.mark.parametrize("words", ["<@me> hotspots asb", "hotspots asb <@me>", "hotspots <@me> asb", "<@me>: /hotspots asb", "hey <@me>"])
def test_a_mention_may_stand_anywhere(talk, words):
    [answer] = talk.mention(words)
    assert "U0BOT" not in answer.text
    assert answer.text.startswith("jagbot, for" if "hey" in words else "ASB incidents")


def test_what_is_not_said_to_the_bot_is_passed_over(talk):
    event = {"type": "message", "channel_type": "im", "channel": "DU1", "user": "U1", "text": "hotspots asb"}
    others = [{"subtype": subtype} for subtype in ("message_changed", "channel_join", "bot_message")]
    for more in ({"user": "U0BOT", "bot_id": "B0BOT"}, *others):
        assert not talk.after(lambda more=more: talk.workspace.happens(event | more))
    assert not talk.after(lambda: talk.workspace.happens(event | {"channel_type": "channel", "channel": JAG}))
    assert not talk.after(lambda: talk.workspace.open_home(tab="messages"))


# Once, however often it is sent


@BOTH
def test_a_command_sent_twice_is_answered_once(talk):
    assert talk.command("/hotspots", "asb")
    assert not talk.again()
    assert talk.command("/hotspots", "asb")


@BOTH
def test_a_message_retried_under_another_event_id_and_as_a_mention_is_answered_once(talk):
    assert talk.mention("hotspots asb")
    assert not talk.again()
    assert not talk.again(type="message", channel_type="im")
    assert talk.dm("hotspots asb")
    assert not talk.again()


@BOTH
def test_two_replicas_on_one_database_answer_once_between_them(slack, example, host):
    with talking(example, slack, host) as one, talking(example, slack, host) as other:
        one.know("U1", "coordinator")
        body = urlencode(slack.command_form("/hotspots", "asb"))
        with ThreadPoolExecutor(8) as senders:
            taken = list(senders.map(lambda n: slack.request(body, bot=(one, other)[n % 2].address), range(8)))
        one.workers.settle()
        other.workers.settle()
    assert {each.status for each in taken} == {200}
    assert len(slack.arrived) == 1


@pytest.mark.parametrize("databases", ["sqlite", "postgresql"], indirect=True)
def test_when_many_write_at_once_every_one_is_answered_and_kept(talk):
    words = [f"zebra{letter}q" for letter in "abcdefghijklmnop"]
    with talk.workers.busy():
        for word in words:
            talk.workspace.command("/figures", f"call {word} Grovehill")
            talk.workspace.command("/hotspots", "asb")
    talk.workers.settle()
    assert not [answer.text for answer in talk.workspace.arrived if "Something broke" in answer.text]
    assert len(talk.workspace.arrived) == 2 * len(words)
    with talk.held.session() as session:
        assert set(words) <= set(session.scalars(select(PlaceWord.word)))


# Sharing


def test_an_answer_is_shared_with_who_shared_it_and_taken_back_by_them_alone(talk):
    [answer] = talk.command("/hotspots", "asb")
    posted, done = talk.press(answer, "Share here")
    assert (posted.method, posted.channel) == ("chat.postMessage", JAG)
    assert "Hemel Hempstead Central 570" in posted.text
    assert "Shared by coordinator." in posted.text
    assert not posted.has_button("Share here")
    assert done.method == "response"
    assert not done.has_button("Share here")
    [refused] = talk.forge(done, "Take back", user="U2")
    assert "Only who shared it can" in refused.text
    assert posted in talk.workspace.arrived
    [gone] = talk.press(done, "Take back")
    assert "It is gone from the channel." in gone.text
    assert not gone.has_button("Share here")
    assert posted not in talk.workspace.arrived
    [again] = talk.press(done, "Take back")
    assert "only once" in again.text


def test_all_messages_of_a_long_share_are_taken_back(talk):
    many_people(talk, 150)
    [first, *_] = talk.command("/jag", "people")
    *posted, done = talk.press(talk.workspace.arrived[-1], "Share here")
    assert len(posted) == 2
    talk.press(done, "Take back")
    assert not talk.workspace.of("chat.postMessage")
    assert first in talk.workspace.arrived


def test_an_answer_in_a_thread_is_shared_in_the_thread(talk):
    thread = talk.workspace.message("Good morning")
    [answer] = talk.mention("hotspots asb", thread_ts=thread)
    posted, done = talk.press(answer, "Share here")
    assert posted.said["thread_ts"] == thread
    assert done.said["thread_ts"] == thread


def test_a_shared_answer_s_buttons_answer_whoever_presses_alone(talk):
    [answer] = talk.command("/hotspots", "asb")
    posted, _ = talk.press(answer, "Share here")
    [card] = talk.press(posted, "The whole card", user="U2")
    assert card.method == "response"
    assert card.has_button("Share here")


def test_a_public_channel_is_joined_to_share_in_it(talk):
    [answer] = talk.command("/hotspots", "asb", channel=OPEN)
    posted, _ = talk.press(answer, "Share here")
    assert posted.channel == OPEN
    assert talk.workspace.asked("conversations.join") == 1


def test_in_a_private_channel_the_bot_asks_to_be_invited(talk):
    [answer] = talk.command("/hotspots", "asb", channel=PRIVATE)
    [told] = talk.press(answer, "Share here")
    assert told.method == "response"
    assert "/invite" in told.text


def test_what_can_no_longer_be_answered_is_not_shared(talk):
    talk.command("/figures", "call berko Grovehill")
    [answer] = talk.command("/figures", "asb berko")
    talk.command("/figures", "forget berko")
    [told] = talk.press(answer, "Share here")
    assert told.method == "response"
    assert "berko" in told.text


def test_a_question_with_a_channel_s_name_in_it_can_be_shared(talk):
    [answer] = talk.command("/hotspots", "<#C9|asb>")
    assert "Hemel Hempstead Central 570" in answer.text
    posted, _ = talk.press(answer, "Share here")
    assert "Hemel Hempstead Central 570" in posted.text


# Buttons


def test_did_you_mean_can_be_pressed(talk):
    [refused] = talk.command("/hotspots", "burglaxx grovehill")
    assert "Did you mean" in refused.text
    label = re.findall(r"^\[(.+)\]$", refused.text, re.M)[0]
    [answer] = talk.press(refused, label)
    assert "I don't know" not in answer.text
    assert not refused.has_button("Share here")


def test_a_half_finished_question_is_finished_by_a_button(talk):
    [refused] = talk.command("/hotspots")
    assert "Hotspots of what?" in refused.text
    [answer] = talk.press(refused, "asb")
    assert "Hemel Hempstead Central 570" in answer.text


def test_help_offers_every_command_s_example_to_press(talk):
    [help_] = talk.command("/jag")
    [answer] = talk.press(help_, "/hotspots asb")
    assert "Hemel Hempstead Central 570" in answer.text


def test_a_button_in_a_direct_message_is_answered_by_a_message_that_stays(talk):
    [help_] = talk.dm("help")
    [answer] = talk.press(help_, "/hotspots asb")
    assert (answer.method, answer.channel) == ("chat.postMessage", "DU1")


# When Slack refuses


def test_an_expired_response_url_falls_back_to_a_message_only_they_see(talk):
    with talk.workers.busy():
        talk.workspace.command("/hotspots", "asb")
        talk.workspace.later += 31 * 60
    talk.workers.settle()
    [answer] = talk.workspace.arrived
    assert (answer.method, answer.channel, answer.said["user"]) == ("chat.postEphemeral", JAG, "U1")


def test_where_the_bot_is_not_in_the_channel_it_falls_back_to_a_direct_message(talk):
    with talk.workers.busy():
        talk.workspace.command("/hotspots", "asb", channel=PRIVATE)
        talk.workspace.later += 31 * 60
    talk.workers.settle()
    [answer] = talk.workspace.arrived
    assert (answer.method, answer.channel) == ("chat.postMessage", "DU1")


def test_a_response_url_that_fails_does_not_cost_the_answer(talk):
    talk.workspace.refusing.methods["response"] = [(500, "server_error", {})]
    [answer] = talk.command("/hotspots", "asb")
    assert answer.method == "chat.postEphemeral"


def test_a_long_answer_goes_on_by_direct_message_and_nothing_is_cut(talk):
    many_people(talk, 600)
    answers = talk.command("/jag", "people")
    assert [answer.method for answer in answers] == ["response"] * 5 + ["chat.postMessage"] * 3
    assert answers[4].text == "The rest is in your direct messages with me."
    every = "\n".join(answer.text for answer in answers)
    assert all(f"owner-{number} |" in every for number in range(600))


def test_a_long_answer_to_a_mention_goes_on_in_the_channel_for_them_alone(talk):
    many_people(talk, 600)
    answers = talk.mention("/jag people")
    assert [answer.method for answer in answers] == ["chat.postEphemeral"] * 7


@pytest.mark.parametrize("ask", ["command", "mention", "dm"])
def test_a_refused_table_arrives_in_plainer_form(talk, ask):
    talk.workspace.refusing.kinds = {"table", "data_visualization"}
    [answer] = talk.command("/hotspots", "asb") if ask == "command" else getattr(talk, ask)("hotspots asb")
    assert "table" not in answer.kinds
    assert re.search(r"Hemel Hempstead Central +\S* *570", answer.text)


def test_a_refused_table_is_shared_in_plainer_form_and_once(talk):
    many_people(talk, 150)
    answers = talk.command("/jag", "people")
    talk.workspace.refusing.kinds = {"table"}
    *posted, done = talk.press(answers[-1], "Share here")
    assert "owner-149" in "".join(each.text for each in posted)
    assert "".join(each.text for each in posted).count("owner-17;") == 1
    assert done.method == "response"


def test_too_many_requests_are_waited_out_as_long_as_slack_says(talk):
    talk.workspace.refusing.methods["chat.postMessage"] = [(429, "", {"Retry-After": "1"})]
    [answer] = talk.dm("hotspots asb")
    assert "Hemel Hempstead Central 570" in answer.text
    assert talk.workspace.asked("chat.postMessage") == 2


def test_an_error_of_slack_s_is_logged_and_the_next_question_is_answered(talk, caplog):
    talk.workspace.refusing.methods["chat.postMessage"] = [(500, "", {})] * 2
    assert not talk.dm("hotspots asb")
    assert "reference" in caplog.text
    assert "asb" not in caplog.text
    assert talk.dm("hotspots asb")


def test_a_share_that_could_not_be_deleted_can_be_taken_back_again(talk):
    [answer] = talk.command("/hotspots", "asb")
    posted, done = talk.press(answer, "Share here")
    talk.workspace.refusing.methods["chat.delete"] = [(500, "", {})]
    [broken] = talk.press(done, "Take back")
    assert "Something broke" in broken.text
    talk.press(done, "Take back")
    assert posted not in talk.workspace.arrived


# Strangers


@BOTH
def test_a_stranger_is_told_how_to_join_and_the_coordinator_confirms_them_with_a_button(strange):
    strange.know("U1", "coordinator")
    told, notice = by_whom(strange.command("/hotspots", "asb", user="U2"))
    assert "I don't know you yet" in told.text
    assert "570" not in told.text
    assert notice.channel == "DU1"
    assert "Sam (U2) asks to join; by e-mail address they are housing-officer." in notice.text
    [told] = strange.command("/hotspots", "asb", user="U2")
    assert "I don't know you yet" in told.text
    confirmed, told = strange.press(notice, "Confirm")
    assert "Sam is housing-officer" in confirmed.text
    assert "to me you are housing-officer" in told.text
    [answer] = strange.command("/hotspots", "asb", user="U2")
    assert "Hemel Hempstead Central 570" in answer.text


def test_only_the_coordinator_can_confirm(strange):
    strange.know("U1", "coordinator")
    strange.know("U3", "asb-lead")
    _, notice = by_whom(strange.command("/jag", user="U2"))
    [refused] = strange.forge(notice, "Confirm", user="U3")
    assert "you would need to be one of: coordinator" in refused.text
    [told] = strange.forge(notice, "Confirm", user="U2")
    assert "I don't know you yet" in told.text


def test_the_coordinator_is_known_at_once_by_their_e_mail_address(strange):
    [answer] = strange.command("/hotspots", "asb", user="U1")
    assert "Hemel Hempstead Central 570" in answer.text


def test_an_e_mail_address_vouched_for_by_another_workspace_makes_nobody_coordinator(strange):
    strange.workspace.joins("U9", "coordinator@example.org", "Mallory", team="T9ELSE")
    [told] = strange.command("/hotspots", "asb", user="U9")
    assert "I don't know you yet" in told.text


def test_a_coordinator_of_another_workspace_of_the_same_organisation_is_known(strange):
    strange.workspace.enterprise = "E1"
    for user, organisation in (("U8", "E2"), ("U9", "E1")):
        strange.workspace.joins(user, "coordinator@example.org", team="T9ELSE", enterprise_user={"enterprise_id": organisation})
    [told] = strange.command("/hotspots", "asb", user="U8")
    assert "I don't know you yet" in told.text
    [answer] = strange.command("/hotspots", "asb", user="U9")
    assert "Hemel Hempstead Central 570" in answer.text


def test_a_slack_connect_user_without_an_e_mail_address_asks_without_a_suggestion(strange):
    strange.know("U1", "coordinator")
    strange.workspace.joins("U9", None, "Partner", team="T9ELSE")
    _, notice = by_whom(strange.mention("hotspots asb", user="U9"))
    assert "/jag add EMAIL as HANDLE, ROLE, AGENCY. Then let them in: /jag confirm U9 as HANDLE" in notice.text
    assert notice.has_button("Add a person")
    assert not notice.has_button("Confirm")
    [added] = strange.dm("/jag add pat@example.org as pat, Warden, Hightown")
    confirmed, told = strange.press(added, "They are Partner: confirm")
    assert "Partner is pat, Warden, from now on. They are told." in confirmed.text
    assert told.channel == "DU9"
    assert "You are in" in told.text
    assert told.has_button("My page")
    assert "570" in strange.mention("hotspots asb", user="U9")[0].text


def test_a_deactivated_user_is_suggested_as_nobody(strange):
    strange.know("U1", "coordinator")
    strange.workspace.joins("U9", "youth-officer@example.org", "Gone")
    with strange.workers.busy():
        strange.workspace.command("/jag", user="U9")
        strange.workspace.joins("U9", "youth-officer@example.org", "Gone", deleted=True)
    strange.workers.settle()
    _, notice = by_whom(strange.workspace.arrived)
    assert "no person has their e-mail address" in notice.text


@pytest.mark.parametrize("trouble", [(500, "", {}), (200, '{"ok": false, "error": "user_not_found"}', {}), (200, "not JSON", {})])
def test_when_slack_does_not_say_who_somebody_is_they_are_a_stranger_until_it_does(strange, trouble):
    strange.know("U1", "coordinator")
    strange.workspace.refusing.methods["users.info"] = [trouble]
    told, notice = by_whom(strange.command("/jag", user="U2"))
    assert "I don't know you yet" in told.text
    assert not notice.has_button("Confirm")
    _, notice = by_whom(strange.command("/jag", user="U2"))
    assert notice.has_button("Confirm")
    assert len(strange.command("/jag", user="U2")) == 1


def test_the_coordinator_whom_slack_did_not_name_at_first_does_not_go_on_asking_to_join(strange):
    strange.workspace.refusing.methods["users.info"] = [(500, "", {})]
    [told] = strange.command("/jag", user="U1")
    assert "I don't know you yet" in told.text
    [people] = strange.command("/jag", "people", user="U1")
    assert "asks to join" not in people.text


def test_a_coordinator_who_cannot_be_told_does_not_keep_the_stranger_from_being_told(strange):
    strange.know("U1", "coordinator")
    strange.workspace.refusing.methods["chat.postMessage"] = [(200, '{"ok": false, "error": "account_inactive"}', {})]
    [told] = strange.command("/jag", user="U2")
    assert "I don't know you yet" in told.text


def test_a_stranger_s_home_tab_says_so_too(strange):
    strange.know("U1", "coordinator")
    told, _ = by_whom(strange.home(user="U2"))
    assert told.method == "views.publish"
    assert "I don't know you yet" in told.text


@BOTH
def test_a_stranger_who_writes_several_times_at_once_asks_to_join_once(strange):
    strange.know("U1", "coordinator")
    with strange.workers.busy():
        for _ in range(6):
            strange.workspace.command("/jag", user="U2")
    strange.workers.settle()
    told = strange.workspace.of("response", "chat.postEphemeral")
    assert len(told) == 6
    assert all("I don't know you yet" in each.text for each in told)
    with strange.held.session() as session:
        assert len(session.scalars(select(Joining)).all()) == 1


def test_the_coordinator_can_confirm_by_mentioning(strange):
    strange.know("U1", "coordinator")
    strange.workspace.joins("U2", "housing-officer@example.org", "Sam Smith")
    strange.command("/jag", user="U2")
    confirmed, _ = strange.command("/jag", "confirm <@U2|sam> as housing-officer")
    assert "Sam Smith is housing-officer" in confirmed.text


# What people type


def test_what_was_typed_comes_back_inert(talk):
    [answer] = talk.command("/hotspots", "@channel *bold* <https://evil.example|click>")
    for block in answer.blocks:
        if block["type"] == "section":
            assert block["text"]["type"] == "plain_text"
    assert "<" not in answer.said["text"]
    assert "channel" not in answer.text


def test_ten_thousand_characters_are_refused_in_a_sentence(talk):
    [answer] = talk.dm("hotspots " + "x" * 10_000)
    assert "A question fits in" in answer.text


@pytest.mark.parametrize("typed", ["“asb” pls", "hotspots’ asb", "ASB ??", "<#C9|asb>", "anti social behaviour", "asb\n"])
def test_phones_word_and_channels_are_read_through(talk, typed):
    [answer] = talk.command("/hotspots", typed)
    assert "Hemel Hempstead Central 570" in answer.text


# When it is our fault


@BOTH
def test_a_broken_database_is_said_under_a_reference_and_the_log_has_it_without_words_or_tokens(talk, caplog):
    drop(talk, "published")
    [answer] = talk.command("/hotspots", "asb grovehill")
    reference = re.search(r"Something broke at my end and nothing was saved\. Quote ([0-9a-f]{6}) to the coordinator", answer.text)
    assert answer.method == "response"
    assert f"reference {reference[1]}" in caplog.text
    for secret in ("grovehill", TOKEN, APP_TOKEN):
        assert secret not in caplog.text
    assert not answer.has_button("Share here")


def test_a_question_s_words_are_not_logged_with_a_failing_statement(talk, caplog):
    drop(talk, "place_word")
    talk.command("/figures", "forget zebra")
    assert "reference" in caplog.text
    assert "zebra" not in caplog.text


def test_when_it_cannot_be_noted_what_was_heard_the_asker_is_told(talk):
    drop(talk, "heard")
    [answer] = talk.mention("hotspots asb")
    assert "Something broke" in answer.text
    assert answer.method == "chat.postEphemeral"


def drop(talk: Talk, table: str) -> None:
    with talk.held.session() as session:
        session.execute(text(f"drop table {table}"))


def many_people(talk: Talk, many: int) -> None:
    with talk.held.session() as session:
        session.add_all(Person(handle=f"owner-{n}", role="owner", email=f"owner-{n}@example.org") for n in range(many))


def by_whom(arrived):
    """(what the asker was told, what the coordinator was)."""
    notices = [each for each in arrived if each.text.startswith("Somebody asks to join")]
    assert len(notices) == 1
    assert len(arrived) == 2
    return next(each for each in arrived if each not in notices), notices[0]
