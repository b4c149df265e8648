"""Words that may be about a person, and dates that have gone by: nothing is saved until their writer insists, and nothing is repeated."""

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest
from acting import Acting, C, H, acting, filled, form, plan_of_six, press, words
from asking import facts, labels, notes, table
from sqlalchemy import select, text

from models.base import Base
from models.drafts import Kept
from scheduler.forget import forget_what_nobody_came_back_to

JOHN = "John Smith dob 1/2/1990"
TITLE = "Not saved: it may name somebody"
SAW = (
    "I saw a name beside a date of birth. Personal data of a case belongs in the case management system, not in chat. "
    "Write a case reference instead, such as “case 1234”. Nothing was saved, and only you can get at your words, for a day."
)


@pytest.fixture
def say(opened) -> Acting:
    return acting(opened("plan of six", plan_of_six))


def kept(say: Acting) -> list[str]:
    with say.held.session() as session:
        return list(session.scalars(select(Kept.line).order_by(Kept.id)))


def written(say: Acting, name: str = "Smith") -> list[str]:
    """The tables a name is in, other than the one that keeps words for their writer alone."""
    found = []
    with say.held.session() as session:
        for table_ in Base.metadata.sorted_tables:
            rows = session.connection().execute(text(f'select * from "{table_.name}"')).all()
            found += [table_.name for row in rows if name in str(row)]
    return sorted(set(found) - {"kept"})


LINES = (
    f"add Speak to {JOHN} @college due fri",
    f"add csag: speak to {JOHN} @college due fri",
    f"1 at risk: {JOHN} moved in",
    f"done 1 {JOHN} moved out",
    f"update 3 {JOHN} rang for @dens-officer",
    f"due 1 12 Jan {JOHN} moved in",
    f"withdraw 1 {JOHN} moved in",
    f"assign 1 @college who knows {JOHN}",
)


@pytest.mark.parametrize("line", LINES)
def test_words_that_may_name_somebody_are_kept_with_their_writer_alone(say, line, caplog):
    with caplog.at_level(logging.DEBUG):
        reply = say(f"/action {line}", where="#jag")
    assert (reply.refused, reply.title, reply.summary, reply.parts[0]) == (True, TITLE, TITLE, SAW)
    assert reply.tells == ()
    assert "Smith" not in words(reply)
    assert "1990" not in words(reply)
    assert "Smith" not in caplog.text
    assert written(say) == []
    assert kept(say) == [line]
    assert labels(reply) == ["It is a place, not a person: save it", "Change the words", "Let it go"]


@pytest.mark.parametrize("line", ["add Ring Kelly on 07700 900123 @college due fri", "1 at risk: Kelly's mum 07700900123 rang"])
def test_a_given_name_alone_is_kept_with_its_writer_until_they_insist(say, line, caplog):
    with caplog.at_level(logging.DEBUG):
        reply = say(f"/action {line}", where="#jag")
        assert (reply.title, written(say, "Kelly"), kept(say)) == (TITLE, [], [line])
        assert "Kelly" not in words(reply) + caplog.text
        insisted = say(press(reply, "It is a place, not a person: save it"))
    assert not insisted.refused
    assert "Kelly" not in caplog.text


@pytest.mark.parametrize("line", [f"close 1 {JOHN} left", f"undo 1 {JOHN} left", f"agree 1 {JOHN}", f"reopen 1 {JOHN} is back"])
def test_no_line_leaves_a_name_behind(say, line):
    say.answered("/action done 1")
    say.answered("/action due 5 12 Jan", person=H)
    if line.startswith("reopen"):
        say.answered("/action close 1")
    say(f"/action {line}")
    assert written(say) == []


@pytest.mark.parametrize(
    "line", [f"{JOHN} rang", f"speak to {JOHN}", f"99 {JOHN}", f"add Fit gates for {JOHN} @college due fri #burglry", f"update {JOHN}"]
)
def test_a_refusal_of_another_kind_repeats_no_name_either(say, line):
    reply = say(f"/action {line}")
    said = [str(part) for part in reply.parts if not hasattr(part, "buttons") and not hasattr(part, "asks")]
    assert "Smith" not in " ".join([reply.title, reply.summary, *said])
    assert written(say) == []


@pytest.mark.parametrize(("where", "reminded"), [("#jag", True), ("direct message", True), ("terminal", False), ("form", False)])
def test_a_message_in_chat_has_to_be_deleted_by_hand(say, where, reminded):
    reply = say(f"/action add Speak to {JOHN} @college due fri", where=where)
    assert ("If you wrote it as a message in chat, delete that message yourself: I cannot." in notes(reply)) == reminded


@pytest.mark.parametrize("said", ["14 High Street", "AL1 1AA", "07700 900123", "custody number CU/1234/13"])
def test_it_says_what_it_saw_without_repeating_it(say, said):
    reply = say(f"/action add Visit John Smith, {said}, about noise @college due fri")
    assert reply.title == TITLE
    assert said not in words(reply)


@pytest.mark.parametrize(
    "wording",
    [
        "Fit gates at 14 High Street",
        "Ring the council on 01442 228000",
        "Visit case 1234",
        "Patrol Queensway and Marlowes, HP1 1BB",
        "Ask the Housing Officer, Hightown, 01442 228000",
    ],
)
def test_places_and_colleagues_are_nobody_s_business(say, wording):
    assert facts(say.answered(f"/action add {wording} @college due fri"))["Action"] == wording


def test_its_writer_insists(say):
    reply = say(f"/action add Speak to {JOHN} @college due fri #asb")
    saved = say.answered(press(reply, "It is a place, not a person: save it"))
    assert (saved.title, facts(saved)["Action"]) == ("JAG-13-007 is added", f"Speak to {JOHN}")
    assert kept(say) == []
    assert say.history("7")[0][3] == f"add Speak to {JOHN} @college due fri #asb"


@pytest.mark.parametrize("label", ["It is a place, not a person: save it", "Change the words", "Let it go"])
def test_an_old_button_never_acts_on_something_else(say, label):
    first = say(f"/action add Speak to {JOHN} @college due fri")
    say.answered(press(first, "It is a place, not a person: save it"))
    say("/action add Speak to Jane Jones dob 1/2/1990 @college due fri")
    assert say.refused(press(first, label)) == "Those words are no longer kept. Type them again."
    assert say.count() == 7


def test_insisting_twice_at_once_saves_once(say):
    line = press(say("/action add Fit gates @college due 1 Aug"), "Yes, 1 August 2013")
    with ThreadPoolExecutor(2) as both:
        replies = list(both.map(lambda _: say(line), range(2)))
    assert sorted(reply.refused for reply in replies) == [False, True]
    assert say.count() == 7


def test_a_number_is_not_given_again_when_all_are_gone(say):
    first = say(f"/action add Speak to {JOHN} @college due fri")
    say.answered(press(first, "Let it go"))
    second = say("/action add Fit gates @college due 1 Aug 2013")
    assert press(second, "Let it go") != press(first, "Let it go")


@pytest.mark.parametrize("verb", ["yes", "mend", "drop"])
@pytest.mark.parametrize("number", ["", " 0", " x", " 99", " 99999999999999999999", " -1", " ²", " ١"])
def test_a_number_of_nothing_is_refused(say, verb, number):
    assert say.refused(f"/action {verb}{number}") == "Those words are no longer kept. Type them again."


@pytest.mark.parametrize("verb", ["yes", "mend", "drop"])
def test_somebody_else_s_words_do_not_exist(say, verb):
    number = press(say(f"/action add Speak to {JOHN} @college due fri"), "Let it go").split()[-1]
    hidden, nowhere = (words(say(f"/action {verb} {each}", person=C)) for each in (number, "99"))
    assert hidden.replace(number, "99") == nowhere
    assert len(kept(say)) == 1


def test_they_are_let_go(say):
    reply = say(f"/action add Speak to {JOHN} @college due fri")
    assert say.says(press(reply, "Let it go")) == "Nothing was saved, and the words are no longer kept."
    assert kept(say) == []
    assert say.count() == 6


def test_they_are_forgotten_after_a_day(say):
    say(f"/action add Speak to {JOHN} @college due fri")
    say.later(hours=23)
    with say.held.session() as session:
        forget_what_nobody_came_back_to(session, say.now)
    assert len(kept(say)) == 1
    say.later(hours=2)
    with say.held.session() as session:
        forget_what_nobody_came_back_to(session, say.now)
    assert kept(say) == []


def test_the_words_of_an_action_are_changed_without_losing_the_rest(say):
    reply = say(f"/action add csag: speak to {JOHN} @college with @Hightown due fri #asb")
    asked = say.answered(press(reply, "Change the words"))
    assert filled(asked) == {
        "wording": f"speak to {JOHN}",
        "owner": "college",
        "due": "6 September 2013",
        "supporters": "Hightown",
        "priority": "asb",
        "group": "csag",
    }
    assert asked.summary == "Add an action"
    saved = say.answered(form(asked).asks, fields=filled(asked) | {"wording": "speak about case 1234"})
    assert facts(saved)["Action"] == "speak about case 1234"
    assert (facts(saved)["Group"], facts(saved)["Supported by"]) == ("CSAG", "Hightown Housing Association")
    assert kept(say) == [], "words that were changed are kept no longer"


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (f"1 at risk: {JOHN} moved in", {}),
        (f"update 1 at risk: {JOHN} moved in", {}),
        ("update JAG-13-001", {"status": "at risk", "said": f"{JOHN} moved in", "due": ""}),
    ],
)
def test_the_words_of_news_are_changed_without_losing_how_it_stands(say, line, fields):
    reply = say(f"/action {line}", person=H, fields=fields)
    asked = say.answered(press(reply, "Change the words"), person=H)
    assert (filled(asked)["status"], filled(asked)["said"]) == ("at risk", f"{JOHN} moved in")
    saved = say.answered(form(asked).asks, person=H, fields=filled(asked) | {"said": "case 1234 moved in"})
    assert (facts(saved)["Status"], facts(saved)["Latest"]) == ("at risk (amber)", "case 1234 moved in")


def test_news_entered_for_somebody_stays_theirs_when_its_words_are_changed_or_insisted_on(say):
    reply = say(f"/action 3 {JOHN} rang for @dens-officer")
    say.answered(press(reply, "It is a place, not a person: save it"))
    assert say.history("3")[-1][0] == "coordinator for dens-officer"


def test_the_reason_of_a_date_is_changed_in_the_form_of_a_date(say):
    reply = say(f"/action due 1 12 Jan {JOHN} moved in", person="asb-lead")
    asked = say.answered(press(reply, "Change the words"), person="asb-lead")
    saved = say.answered(form(asked).asks, person="asb-lead", fields=filled(asked) | {"said": "case 1234 moved in"})
    assert facts(saved)["Due"] == "12 January 2014"


@pytest.mark.parametrize(
    ("line", "status", "latest"),
    [
        ("done 1 {} moved out", "done, for JAG to agree (green)", "case 1234"),
        ("withdraw 1 {} moved out", "withdrawn (grey)", "case 1234"),
        ("1 at risk: {} wont be til 12 jan", "at risk (amber)", "case 1234"),
    ],
)
def test_what_is_mended_is_done_as_it_was_asked_and_kept_no_longer(say, line, status, latest):
    asked = say.answered(press(say(f"/action {line.format(JOHN)}"), "Change the words"))
    assert say.status("1") == "not reported (grey)", "the form alone does nothing"
    say.answered(form(asked).asks, fields=filled(asked) | {"said": "case 1234"})
    read = say.shown("1")
    assert (read["Status"], read["Latest"]) == (status, latest)
    assert read["Due"] == ("12 January 2014" if "til" in line else "12 December 2013")
    assert kept(say) == []


def test_words_that_are_mended_and_still_name_somebody_are_held_back_again(say):
    asked = say.answered(press(say(f"/action add Speak to {JOHN} @college due fri"), "Change the words"))
    reply = say(form(asked).asks, fields=filled(asked))
    assert reply.title == TITLE
    assert len(kept(say)) == 1
    saved = say.answered(press(reply, "It is a place, not a person: save it"))
    assert facts(saved)["Action"] == f"Speak to {JOHN}"
    assert kept(say) == []


@pytest.mark.parametrize("changed", [{"wording": "Speak about case 1234"}, {"wording": "Case 1234", "due": "asap"}, {"due": "tmrw"}])
@pytest.mark.parametrize("mended", [False, True])
def test_a_form_that_is_sent_again_lets_go_what_was_held_back_of_it(say, mended, changed):
    """Whatever comes of it: an old button would save the name that has been taken out since."""
    fields = {"wording": f"Speak to {JOHN}", "owner": "college", "due": "fri"}
    old = say(f"/action add Speak to {JOHN} @college due fri") if mended else say("/action add", fields=fields)
    say(form(say.answered(press(old, "Change the words"))).asks if mended else "/action add", fields=fields | changed)
    assert say.refused(press(old, "It is a place, not a person: save it")) == "Those words are no longer kept. Type them again."
    assert say.count() == 6 + (changed == {"wording": "Speak about case 1234"})
    assert written(say) == []


def test_what_another_form_holds_back_and_what_others_hold_back_stays(say):
    news = say("/action update 1", fields={"status": "at risk", "said": JOHN, "due": ""})
    theirs = say("/action add", person=C, fields={"wording": JOHN, "owner": "college", "due": "fri"})
    say.refused("/action add", fields={"wording": "Fit gates", "owner": "college", "due": "asap"})
    assert say.answered(press(news, "It is a place, not a person: save it")).title == "JAG-13-001: at risk"
    assert say.answered(press(theirs, "It is a place, not a person: save it"), person=C).title == "JAG-13-007 is added"


def test_a_form_whose_words_are_forgotten_meanwhile_is_saved_all_the_same(say):
    reply = say(f"/action add Speak to {JOHN} @college due fri")
    asked = say.answered(press(reply, "Change the words"))
    say.answered(press(reply, "Let it go"))
    assert say.answered(form(asked).asks, fields=filled(asked) | {"wording": "Speak about case 1234"}).title == "JAG-13-007 is added"


def test_in_a_settlement_the_others_are_saved_and_the_name_is_nowhere(say):
    reply = say(f"/action 1 done, 2 {JOHN} moved in, 5 blocked", person=H)
    assert [row[0] for row in table(reply)] == ["JAG-13-001", "JAG-13-005"]
    assert "I saw a name beside a date of birth." in words(reply)
    assert "Smith" not in words(reply)
    assert written(say) == []
    assert "Smith" not in words(say("/action show 1", person=H))


@pytest.mark.parametrize(("where", "reminded"), [("direct message", True), ("#jag", True), ("terminal", False)])
def test_in_a_settlement_too_a_message_in_chat_has_to_be_deleted_by_hand(say, where, reminded):
    reply = say(f"/action 1 done, 2 {JOHN} moved in, 5 blocked by {JOHN}", person=H, where=where)
    assert [part.partition(" I saw")[0] for part in reply.parts if isinstance(part, str)] == [
        "Not saved: your words on JAG-13-002.",
        "Not saved: your words on JAG-13-005.",
    ]
    assert notes(reply).count("If you wrote it as a message in chat, delete that message yourself: I cannot.") == int(reminded)


def test_what_is_asked_about_in_a_settlement_repeats_no_name_either(say):
    reply = say(f"/action 1 done, 5 12 letters sent, 2 {JOHN} moved in, 99 {JOHN}", person=H)
    assert "Smith" not in " ".join(part for part in reply.parts if isinstance(part, str))
    assert "Not saved: words that may name somebody. " in words(reply)


def test_the_words_held_back_in_a_settlement_can_be_insisted_on_or_changed(say):
    reply = say(f"/action 1 done, 2 {JOHN} moved in, 5 blocked", person=H)
    say.answered(press(reply, "It is a place, not a person: save it"), person=H)
    assert say.shown("2")["Latest"] == f"{JOHN} moved in"
    assert len(say.history("1")) == 2, "what was saved is not saved twice"


def test_a_pasted_row_is_held_back_and_can_be_insisted_on(say):
    reply = say.answered(f"/action add • Visit {JOHN} @college due fri\n• Fit gates @college due fri")
    assert "Smith" not in words(reply)
    assert table(reply)[0][1] == "(held back)"
    saved = say.answered(press(reply, "Save the 1 that is clear"))
    assert [row[1] for row in table(saved)] == ["Fit gates"]
    assert set(written(say)) <= {"draft"}
    draft = press(reply, "Row 1").removesuffix(" 1")
    insisted = say.answered(f"{draft} 1 insist")
    assert [row[1] for row in table(say.answered(press(insisted, "Save it")))] == [f"Visit {JOHN}"]


def test_the_names_of_a_pasted_list_do_not_stay_longer_than_a_day(say):
    say.answered(f"/action add • Visit {JOHN} @college due fri\n• Fit gates @college due fri")
    say.later(hours=25)
    with say.held.session() as session:
        forget_what_nobody_came_back_to(session, say.now)
    assert written(say) == []


# Dates that have gone by.


def test_a_date_in_the_past_is_asked_about_and_taken_when_it_is_meant(say):
    reply = say("/action add Fit gates @college due 1 Aug #asb")
    assert (reply.refused, reply.title) == (True, "1 August 2013 has gone by")
    assert reply.parts[0] == "1 August 2013 is in the past. Did you mean 1 August 2014? Nothing was saved yet."
    assert say.count() == 6
    saved = facts(say.answered(press(reply, "Yes, 1 August 2013")))
    assert (saved["Due"], saved["Status"]) == ("1 August 2013", "not reported (red: overdue)")


def test_the_date_that_was_meant_is_one_press_away(say):
    reply = say("/action add Fit gates @college due 1 Aug #asb")
    lines = [button.asks for button in reply.asks if "1 August 2014" in button.label]
    assert lines, "it asks whether 1 August 2014 was meant, and gives no way to say yes"
    assert facts(say.answered(lines[0]))["Due"] == "1 August 2014"


@pytest.mark.parametrize("line", ["due 1 1 Aug contractor delayed", "1 at risk: wont be til 1 aug"])
def test_so_it_is_for_another_date(say, line):
    reply = say(f"/action {line}")
    say.answered(press(reply, "I meant 1 August 2014"))
    assert say.shown("1")["Due"] == "1 August 2014"


def test_a_date_in_the_past_is_changed_in_the_form_without_losing_the_rest(say):
    asked = say.answered(press(say("/action add Fit gates @college due 1 Aug #asb"), "Change the words"))
    assert (filled(asked)["wording"], filled(asked)["owner"], filled(asked)["priority"]) == ("Fit gates", "college", "asb")


@pytest.mark.parametrize("due", ["today", "2 Sep", "mon 2 sept"])
def test_today_is_not_past(say, due):
    assert facts(say.answered(f"/action add Fit gates @college due {due}"))["Due"] == "2 September 2013"


def test_both_are_asked_about_one_after_the_other(say):
    reply = say(f"/action add Visit {JOHN} @college due 1 Aug 2013")
    titles = [reply.title]
    while reply.refused:
        reply = say(next(button.asks for button in reply.asks if button.asks.startswith("/action yes")))
        titles.append(reply.title)
    assert sorted(titles[:2]) == ["1 August 2013 has gone by", TITLE]
    assert titles[2:] == ["JAG-13-007 is added"]
    assert kept(say) == []


@pytest.mark.parametrize("typed", ["wont be til 1 aug", "new date 1 aug 2013 please"])
@pytest.mark.parametrize("person", [H, "asb-lead"])
def test_a_past_date_in_news_is_asked_about_too(say, typed, person):
    say(f"/action 1 {typed}", person=person)
    assert say.shown("1")["Due"] == "12 December 2013"
    assert say.says("/action list asked") == "Nothing waits to be settled."
