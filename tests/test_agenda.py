"""Agendas: what is in them, who may write what, what goes out when nobody has looked, and how they are posted."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from asking import Asking, labels
from cycled import at
from lived import a_year, shown
from made import Report
from planned import Plan
from sqlalchemy import select

from bot.markdown import markdown
from commands.agendas.all_priorities import in_a_line
from commands.agendas.drafted import this_morning
from commands.agendas.sitting import Sitting
from commands.agendas.template import BLOCKS, INLINE
from commands.reply import Facts, Heading, Paper, Reply
from models.agendas import Agenda, Item, Minutes
from models.calendar import Calendar
from models.groups import Group
from models.partnership import Partnership
from models.people import Person

NOW = at("2013-09-05 08:00")
SIMULATED = "simulated spread of published totals"


BOTH = pytest.mark.parametrize("databases", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def databases(request):
    """SQLite, except where a test asks for both."""
    return request.getfixturevalue(getattr(request, "param", "sqlite"))


@pytest.fixture
def lived(opened, asks) -> Asking:
    from conftest import Held

    store = opened("a year lived through", a_year)
    with store.session() as session:
        return asks(Held(store, Partnership.named(session)))


@pytest.fixture
def ask(lived) -> Callable[..., Reply]:
    def asked(line: str, person: str = "coordinator", when: datetime = NOW, **more) -> Reply:
        return lived.answered(line, person=person, at=when, **more)

    return asked


@pytest.fixture
def refused(lived) -> Callable[..., str]:
    def asked(line: str, person: str = "coordinator", when: datetime = NOW, **more) -> str:
        return lived.refused(line, person=person, at=when, **more)

    return asked


def headed(reply: Reply) -> list[str]:
    """The numbered items."""
    return [part.text for part in reply.parts if isinstance(part, Heading) and re.match(r"\d+\. ", part.text)]


def item(reply: Reply, name: str) -> str:
    """Everything below a numbered item."""
    parts, inside = [], False
    for part in reply.parts:
        if isinstance(part, Heading) and re.match(r"\d+\. ", part.text):
            inside = name in part.text
        elif inside:
            parts.append(part)
    return shown(Reply("", *parts))


def test_a_jag_agenda_goes_in_the_order_of_the_trade(ask):
    assert headed(ask("/agenda jag")) == [
        "1. Welcome and apologies",
        "2. Declarations of interest and confidentiality",
        "3. Minutes of the last meeting",
        "4. Matters arising",
        "5. Performance",
        "6. Road traffic collisions",
        "7. Emerging issues outside the priorities",
        "8. Referrals and escalations",
        "9. Partner updates and items suggested",
        "10. Any other business",
        "11. Date of the next meeting",
    ]


def test_matters_arising_go_by_reference_with_done_ones_to_agree(ask):
    said = item(ask("/agenda jag"), "Matters arising")
    assert "10 open: 2 red, 1 green, 7 grey; 1 done, for JAG to agree." in said
    assert "JAG-12-001" in said
    assert "red: overdue, blocked" in said
    assert "30 Aug: the contractor's gates do not fit the arch by the chemist" in said
    assert "Done, for JAG to agree" in said
    assert said.index("JAG-13-009") < said.index("JAG-12-001") < said.index("JAG-13-008") < said.index("JAG-13-005")


def test_each_priority_has_its_sentence_figures_hotspots_and_leads_word(ask):
    said = item(ask("/agenda jag"), "Performance")
    assert "ASB incidents are down, 3,917 from 5,690 (−31.2%), clearly down; 5th of 10 in the county" in said
    assert "Hemel Hempstead Central 570 (down 342 from 912; highest, greatest fall)" in said
    assert "ASB incidents (simulated spread of published totals): 342 in July 2013, and 514 in July 2012" in said
    assert "none yet (asb-lead)" in said
    assert "Source: Strategic assessment 2014/15, line 180;" in said
    assert "Held to July 2013, 2 months behind today." in said


def test_a_month_that_ought_to_be_in_and_is_not_is_said_in_a_plain_line(ask):
    assert "August 2013 is not in: figures by the month (a simulated spread of published totals) go to July 2013." in item(
        ask("/agenda jag"), "Performance"
    )
    assert "are not in: figures by the month (a simulated spread of published totals) go to July 2013." in item(
        ask("/agenda jag", when=at("2013-11-01 09:00")), "Performance"
    )
    assert "not in" not in item(ask("/agenda jag", when=at("2013-08-20 09:00")), "Performance")


def test_made_up_months_say_so_wherever_they_stand(ask):
    said = "\n".join(shown(ask(line)) for line in ("/agenda jag", "/agenda raog"))
    made_up = [line for line in said.splitlines() if re.search(r"\bin July 2013\b|April to June 2013 against", line)]
    assert len(made_up) == 5
    assert all(SIMULATED in line for line in made_up)


def test_collisions_come_up_in_march_and_september_alone(ask):
    said = item(ask("/agenda jag"), "Road traffic")
    assert "Road traffic collisions are down, 268 from 299 (−10.4%), no clear change" in said
    assert "Serious road traffic collisions: 50 from 37 (+35.1%)" in said
    assert "Reported on twice a year, in March and September." in said
    assert not any("Road traffic" in each for each in headed(ask("/agenda jag 8 October 2013")))
    assert any("Road traffic" in each for each in headed(ask("/agenda jag 11 March 2014")))


def test_what_is_no_priority_is_watched(ask):
    said = item(ask("/agenda jag"), "Emerging")
    assert "Nothing outside the priorities is clearly up. 15 measures outside the priorities were looked at." in said


def test_what_rises_outside_the_priorities_is_listed_in_the_borough_and_by_ward(placed, asks, made):
    many = [(month, 25 if month.startswith("2025") else 6) for year in (2024, 2025) for month in (f"{year}-{n:02d}" for n in range(1, 13))]
    months = [made.street(month, [Report("E01900011", "Shoplifting")] * number) for month, number in many]
    placed.street(made.zipped(*months))
    said = item(asks(placed).answered("/agenda jag", at=at("2026-02-05 09:00")), "Emerging")
    assert "Shoplifting (police.uk) | Dacorum | 300 | 72 | +316.7% | 2025" in said
    assert "Shoplifting (police.uk) | Grovehill | 300 | 72 | +228 | 2025" in said
    assert "By the month. Source: police.uk" in said


def test_what_is_held_of_police_uk_stands_apart_from_what_is_printed(counted):
    said = item(counted.answered("/agenda jag", at=at("2026-03-05 09:00")), "Performance")
    assert "January 2026 is not in: figures of police.uk go to December 2025." in said
    assert "Anti-social behaviour (police.uk) | 2025 | " in said
    assert "ASB incidents | 3917 | 5690 | −31.2% | clearly down" in said


def test_what_was_printed_years_ago_is_no_verdict_on_today(counted):
    raog = item(counted.answered("/agenda raog", at=at("2026-02-05 09:00")), "by quarter")
    assert "No clear change, or nothing to tell it by: Anti-Social Behaviour and Criminal Damage; " in raog
    assert "3,917" not in raog
    forum = item(counted.answered("/agenda forum", at=at("2026-02-05 09:00")), "priorities stand")
    assert "Anti-social behaviour in Dacorum is" in forum
    assert "3,917" not in forum
    assert "police activity, not drug use" in forum
    assert "By the month. Source: police.uk" in forum


def test_the_next_meeting_is_never_this_one(ask):
    assert "Tuesday 8 October 2013, 10:00" in item(ask("/agenda jag"), "next meeting")


@BOTH
def test_raog_goes_by_exception_and_by_quarter(ask):
    reply = ask("/agenda raog", when=at("2013-09-03 09:00"))
    actions = item(reply, "Actions by exception")
    assert "2 open: 2 grey." in actions
    assert "RAOG-13-001" not in actions
    assert re.search(r"RAOG-12-002 \| \w[^|]+ \| on track \| closed", actions)  # which moved since June
    said = item(reply, "by quarter")
    assert "ASB incidents (simulated spread of published totals) in Dacorum are down, 872 from 1,438 (−39.4%)" in said
    assert "April to June 2013 against April to June 2012" in said
    assert "No clear change, or nothing to tell it by: Alcohol Misuse; Managing Offenders/ Reducing Re Offending." in said
    assert said.count("police activity, not drug use") == 1, "what to beware of is said once for all that it is said of"
    assert "68 from 13 (+55, printed +423.1%), clearly up" in said
    assert "Not a measure of alcohol" not in item(reply, "Emerging risk"), "of figures that are not shown nothing is to be known"


def test_the_members_forum_reads_no_abbreviation(ask):
    ask("/meeting apologies forum", "asb-lead")
    ask("/agenda add forum Speeding in the villages", "burglary-lead")
    reply = ask("/agenda export forum")
    paper = next(part for part in reply.parts if isinstance(part, Paper))
    text = markdown(paper).replace("Marking: OFFICIAL", "")
    assert not re.findall(r"\b[A-Z]{2,}s?\b", text)
    assert "Anti-social behaviour incidents: 3,917 incidents, August 2012 to July 2013, down from 5,690 the year before." in text
    assert "Drug offences mostly measure police activity, not drug use" in text
    assert "Apologies so far: Lead, Anti-Social Behaviour and Criminal Damage." in text
    assert "- Speeding in the villages (Lead, Dwelling Burglary)" in text
    assert "-lead" not in text
    assert "E-test" not in text


def test_a_reference_stays_as_it_is_in_plain_words(ask):
    ask("/action add forum: ASB leaflet for parish councils @asb-lead due 1 Oct 2013")
    said = item(ask("/agenda forum"), "agreed before")
    assert "FORUM-13-001" in said
    assert "Anti-social behaviour leaflet for parish councils" in said
    assert "Lead, Anti-Social Behaviour and Criminal Damage" in said


def test_the_footer_says_where_the_figures_end_and_the_marking_follows_the_group(ask):
    for key, marking in (("jag", "OFFICIAL"), ("csag", "OFFICIAL-SENSITIVE"), ("raog", "OFFICIAL-SENSITIVE"), ("forum", "OFFICIAL")):
        paper = ask(f"/agenda export {key}").parts[0]
        assert isinstance(paper, Paper)
        assert paper.marking == marking
        months = "" if key == "csag" else "Figures by the month (a simulated spread of published totals) go to July 2013. "
        assert paper.dated == f"{months}Drawn up on 5 September 2013."


def test_the_minutes_of_the_last_meeting_are_there_to_be_agreed(ask, lived):
    with lived.held.session() as session:
        jag = session.scalars(select(Group).where(Group.key == "jag")).one()
        calendar = Calendar.of(jag, session)
        (august,) = calendar.on(date(2013, 8, 13))
        session.add(Minutes(meeting=calendar.row(august, session), at=NOW, body="## Welcome"))
    said = item(ask("/agenda jag"), "Minutes")
    assert said == "\nMinutes of 13 August 2013: to be agreed."
    button = next(each for each in ask("/agenda jag", "analyst").asks if each.label == "Minutes of 13 August")
    assert ask(button.asks, "analyst").title == "JAG: minutes of 13 August 2013"


def test_apologies_are_named(ask):
    ask("/meeting apologies jag", "town-centre")
    assert item(ask("/agenda jag"), "apologies") == "\nApologies so far: town-centre."


def test_what_comes_from_another_group_says_so_and_of_a_private_one_not_from_where(ask):
    ask("/action refer JAG-13-009 to forum because members ask", "asb-lead")
    assert "- FORUM-13-001, referred from JAG-13-009: Off-road bikes at the quarry" in item(ask("/agenda forum"), "other groups")
    fields = {"wording": "Noise in the flats", "because": ""}
    ask("/action refer CSAG-13-001 to jag", "csag-chair", fields=fields)
    assert "JAG-13-017, referred from CSAG-13-001: Noise in the flats" in item(ask("/agenda jag"), "Referrals")  # to who sees CSAG
    for person in ("jag-chair", "analyst"):
        assert item(ask("/agenda jag", person), "Referrals") == "\n- JAG-13-017, referred to JAG: Noise in the flats"
        assert "JAG-13-017" in item(ask("/agenda jag", person), "Matters")


# Items that people suggest


@BOTH
def test_any_member_suggests_an_item_and_takes_it_back(ask, refused):
    reply = ask("/agenda add jag Talk about fireworks before bonfire night", "trading-standards")
    assert reply.title == "Suggested for JAG, 10 September 2013"
    assert "Talk about fireworks before bonfire night" in shown(reply)
    assert labels(reply) == ["Take back", "The agenda", "Another"]
    assert "Talk about fireworks before bonfire night (trading-standards)" in item(ask("/agenda jag"), "items suggested")
    back = reply.asks[0].asks
    assert refused(back, "fire-officer").startswith("You have no agenda item ")
    assert ask(back, "trading-standards").title == "Taken back"
    assert "None so far." in item(ask("/agenda jag"), "items suggested")
    assert refused(back, "trading-standards").startswith("You have no agenda item ")


def test_plain_words_put_an_item_on_the_agenda(ask):
    assert ask("please add fireworks on bonfire night to the JAG agenda", "fire-officer").title == "Suggested for JAG, 10 September 2013"
    assert "- fireworks on bonfire night (fire-officer)" in item(ask("what is on the agenda for jag"), "items suggested")


def test_without_words_a_form_asks_for_them(lived, ask):
    form = lived("/agenda add", person="fire-officer", at=NOW).form
    assert form is not None
    assert [field.name for field in form.fields] == ["group", "words"]
    said = ask("/agenda add", "fire-officer", fields={"group": "csag", "words": "Winter nights"})
    assert said.title == "Suggested for CSAG, 12 September 2013"
    assert said.summary == "1 CSAG agenda item."


def test_who_is_not_on_a_group_suggests_it_nothing(ask):
    reply = ask("/agenda add csag Talk about noise", "analyst")
    assert reply.title == "Suggested for JAG, 10 September 2013"  # to whom "csag" is a word like any other


def test_words_that_name_a_person_of_a_case_are_held_back(lived, ask):
    held = lived("/agenda add jag John Smith, born 3 May 1990, is back", person="fire-officer", at=NOW)
    assert held.title == "Not saved: it may name somebody"
    assert "John" not in str(held.as_json())
    assert "None so far." in item(ask("/agenda jag"), "items suggested")
    insisted = ask(held.asks[0].asks, "fire-officer")
    assert insisted.title == "Suggested for JAG, 10 September 2013"


def test_an_item_left_over_goes_on_to_the_next_meeting(ask, refused):
    ask("/agenda add jag Talk about fireworks", "trading-standards")
    ask("/agenda approve jag")
    meeting = at("2013-09-10 10:30")
    carry = next(each.asks for each in ask("/agenda jag", when=meeting).asks if each.label.startswith("Carry over"))
    assert "carry items over" in refused(carry, "trading-standards", meeting)
    assert ask(carry, "jag-chair", meeting).title == "Carried over"
    october = ask("/agenda jag 8 October 2013", when=at("2013-09-12 09:00"))
    assert "Talk about fireworks (trading-standards)" in item(october, "Carried over")
    assert "None so far." in item(october, "items suggested")


def test_an_item_that_no_meeting_reached_is_carried_over_by_itself(ask):
    ask("/agenda add jag Talk about fireworks", "trading-standards")
    october = ask("/agenda jag 8 October 2013", when=at("2013-09-12 09:00"))
    assert "Talk about fireworks" in item(october, "Carried over")


# The leads' words


def test_a_lead_writes_of_their_own_priority_alone(ask, refused):
    reply = ask("/agenda edit burglary: three arrests in Berkhamsted", "burglary-lead")
    assert reply.title == "Written for JAG, Tuesday 10 September 2013"
    assert "It goes out once the chair or the coordinator has approved the draft." in shown(reply)
    assert "three arrests in Berkhamsted (burglary-lead)" in item(ask("/agenda jag"), "Performance")
    assert refused("/agenda edit vehicle: all well", "burglary-lead").startswith("The word on vehicle is its lead's")
    assert refused("/agenda edit burglary: all well", "fire-officer").startswith("The word on burglary is its lead's")
    ask(reply.asks[0].asks, "burglary-lead")
    assert "three arrests" not in shown(ask("/agenda jag"))


@BOTH
def test_the_chair_writes_any_and_the_form_has_them_all(ask, lived):
    ask("/agenda edit jag vehicle: plates are being screwed on", "jag-chair")
    form = lived("/agenda edit jag", person="jag-chair", at=NOW).form
    assert form is not None
    assert [field.name for field in form.fields] == ["asb", "burglary", "vehicle", "alcohol", "drugs", "offenders"]
    assert form.fields[2].value == "plates are being screwed on"
    again = ask(form.asks, "jag-chair", fields={field.name: field.value for field in form.fields})
    assert again.title == "Nothing was changed"
    assert "plates are being screwed on (written by jag-chair)" in shown(ask("/agenda jag", "fire-officer"))


def test_a_headline_that_something_clearly_changed_says_what_to_beware_of(lived):
    with lived.held.session() as session:
        calendar = Calendar.of(session.scalars(select(Group).where(Group.key == "jag")).one(), session)
        occurrence = calendar.next(NOW)
        sitting = Sitting.of(calendar.group, occurrence, session, NOW)
        assert "Clearly up: Drug Misuse (Drug offences mostly measure police activity, not drug use)." in in_a_line(sitting)
        assert "Drug Misuse (Drug offences mostly measure police activity, not drug use)" in shown(this_morning(sitting))


def test_a_priority_that_is_none_is_refused(refused):
    assert refused("/agenda edit parking: awful").startswith("I know no priority “parking”. I know asb, burglary, ")


# Draft, approval, and what goes out without


def test_what_nobody_has_looked_at_does_not_go_out(ask):
    ask("/agenda add jag Talk about fireworks", "trading-standards")
    ask("/agenda edit burglary: three arrests", "burglary-lead")
    seen = shown(ask("/agenda jag", "fire-officer"))
    for words in ("fireworks", "three arrests", "the contractor's gates", "crews ring the depot"):
        assert words not in seen
    assert "1 item to come." in seen
    assert "Lead's word: to come (burglary-lead)" in seen
    assert "JAG-12-001" in seen
    assert "3,917 from 5,690" in seen
    shared = shown(ask("/agenda jag", audience="here", where="#jag"))
    assert "three arrests" not in shared


def test_who_writes_after_the_approval_is_told_that_it_waits_and_those_who_look_are_told_once(ask, lived):
    later, handles = at("2013-09-05 08:30"), {}
    with lived.held.session() as session:
        handles = {person.id: person.handle for person in session.scalars(select(Person))}
    assert not ask("/agenda add jag Talk about fireworks", "trading-standards").tells
    ask("/agenda approve jag", "jag-chair")
    reply = ask("/agenda add jag The fair", "trading-standards", later)
    assert "The agenda was approved already: this waits for the chair or the coordinator to look again." in shown(reply)
    assert sorted(handles[tell.person_id] for tell in reply.tells) == ["coordinator", "jag-chair"]
    told = reply.tells[0].reply
    assert told.title == "More to look at: the agenda of JAG, Tuesday 10 September 2013"
    assert labels(told) == ["The agenda", "Approve"]
    assert not ask("/agenda add jag The circus", "trading-standards", later).tells
    second = ask("/agenda edit burglary: three arrests", "burglary-lead", later)
    assert "approved already" in shown(second)
    assert not second.tells
    assert "2 more items to come." in shown(ask("/agenda jag", "fire-officer", later))
    ask("/agenda approve jag", "jag-chair", at("2013-09-05 08:40"))
    assert ask("/agenda edit burglary: four arrests", "burglary-lead", at("2013-09-05 08:45")).tells


@BOTH
def test_what_was_approved_goes_out_and_what_came_later_does_not(ask):
    ask("/agenda edit burglary: three arrests", "burglary-lead")
    approved = ask("/agenda approve jag", "jag-chair")
    assert approved.title == "Approved: the agenda of JAG, Tuesday 10 September 2013"
    ask("/agenda edit drugs: a word too late", "drugs-lead", at("2013-09-05 08:30"))
    ask("/action JAG-13-010 at risk: the lorry broke down", "fire-officer", at("2013-09-05 08:30"))
    seen = shown(ask("/agenda jag", "fire-officer", at("2013-09-05 08:40")))
    assert "three arrests (burglary-lead)" in seen
    assert "30 Aug: the contractor's gates do not fit" in seen
    assert "amber: at risk" in seen
    assert "a word too late" not in seen
    assert "the lorry" not in seen


def test_only_the_chair_and_the_coordinator_approve_hold_and_post(refused):
    for verb in ("approve", "hold", "post"):
        assert "The chair, the deputy chair and the coordinator of JAG" in refused(f"/agenda {verb} jag", "burglary-lead")


def test_a_held_agenda_says_who_holds_it_and_why(ask):
    held = ask("/agenda hold jag because the figures for August are coming", "jag-chair")
    assert "Held by jag-chair: the figures for August are coming. It does not go out until somebody posts it." in shown(held)
    assert "Held by jag-chair" in shown(ask("/agenda"))
    assert "Approved by coordinator." in shown(ask("/agenda approve jag"))


# Templates


@BOTH
def test_a_template_is_shown_set_and_put_back(ask, lived):
    assert "{priorities}" in shown(ask("/agenda template jag"))
    own = "# JAG on {date}\n## Old business\n{minutes}\n{actions}\n## New business\nChaired by {chair}.\n{items}\n## Next\n{next meeting}"
    assert ask(f"/agenda template jag\n{own}", "jag-chair").title == "JAG's template is set"
    agenda = ask("/agenda jag")
    assert headed(agenda) == ["1. Old business", "2. New business", "3. Next"]
    assert "Chaired by Chair of JAG." in item(agenda, "New")
    form = lived("/agenda template jag change", at=NOW).form
    assert form is not None
    assert form.fields[0].value.strip() == own
    assert ask("/agenda template jag usual").title == "JAG's template is the usual one"
    assert len(headed(ask("/agenda jag"))) == 11


WHOLE = "## A\n{minutes}\n{actions}\n{items}\n{next meeting}"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("## A\n{actions}\n{items}\n{next meeting}", "The template lacks {minutes}: an agenda without would lose what people rely on."),
        ("## A\n{minutes}\n{items}\n{next meeting}", "lacks {actions}, {actions by exception} or {actions in plain words}:"),
        (f"{WHOLE}\n{{figurs}}", "I don't know the placeholder {figurs}."),
        (f"{WHOLE}\n{{prioritys}}", "Did you mean {priorities}"),
        (f"{WHOLE}\nSee {{referrals}} below", "needs a line of its own"),
        (f"{WHOLE}\nopen {{brace", "a brace without its other half"),
        (f"Words first\n{WHOLE}", "“Words first” stands below no heading."),
        (WHOLE + "\n" + "x" * 3_000, "a template has up to 3,000"),
    ],
)
def test_a_template_that_would_make_no_agenda_is_refused_with_what_is_expected(ask, refused, text, why):
    assert why in refused(f"/agenda template jag\n{text}")
    assert len(headed(ask("/agenda jag"))) == 11


def test_a_member_sees_the_template_and_does_not_set_it(ask, refused):
    assert "Change it" not in labels(ask("/agenda template jag", "fire-officer"))
    assert "set its template" in refused(f"/agenda template jag\n{WHOLE}", "fire-officer")


# Which meeting


def test_on_its_own_it_says_where_the_next_agendas_stand(ask):
    reply = ask("/agenda", "fire-officer")
    assert [label for part in reply.parts if isinstance(part, Facts) for label, _ in part.facts] == [
        "JAG, 10 September 2013, 10:00",
        "CSAG, 12 September 2013, 14:00",
        "RAOG, 4 December 2013, 09:30",
    ]
    assert reply.summary == "3 agendas."


def test_a_meeting_gone_by_has_the_agenda_that_was_posted_or_none(refused):
    assert refused("/agenda jag 13 August 2013") == "No agenda of JAG was posted for 13 August 2013."


def test_the_word_document_and_the_plain_answer_say_the_same(ask):
    paper = ask("/agenda export jag").parts[0]
    assert isinstance(paper, Paper)
    assert [f"{n}. {section.heading}" for n, section in enumerate(paper.sections, 1)] == headed(ask("/agenda jag"))
    assert paper.name == "jag-agenda-2013-09-10"
    assert paper.title == "Joint Action Group (JAG): agenda"
    assert (paper.kind, paper.words) == ("agenda", "jag 2013-09-10")


def test_on_paper_an_agenda_says_that_it_is_a_draft_until_it_is_approved(ask):
    def standing(person: str = "coordinator", when: datetime = NOW) -> str:
        paper = ask("/agenda export jag", person, when).parts[0]
        assert isinstance(paper, Paper)
        return paper.standing

    assert standing() == standing("fire-officer") == "Draft, not approved"
    ask("/agenda hold jag because a figure is wrong")
    assert standing() == "Draft, not approved"
    ask("/agenda approve jag")
    assert standing() == standing("fire-officer") == ""
    later = at("2013-09-05 08:30")
    ask("/agenda add jag The fair", "trading-standards", later)
    assert standing(when=later) == "With words that nobody has approved yet"
    assert standing("fire-officer", later) == "", "whose paper does not have them"


def test_looking_at_an_agenda_writes_nothing(ask, lived):
    ask("/agenda jag")
    ask("/agenda")
    with lived.held.session() as session:
        assert not session.scalars(select(Agenda)).all()
        assert not session.scalars(select(Item)).all()
        assert session.scalars(select(Group).where(Group.template != "")).all() == []


def test_csag_s_morning_has_no_figures_and_jag_s_has(lived):
    with lived.held.session() as session:
        said = {}
        for group in session.scalars(select(Group).where(Group.key.in_(("jag", "csag")))):
            occurrence = Calendar.of(group, session).next(NOW)
            assert occurrence is not None
            said[group.key] = this_morning(Sitting.of(group, occurrence, session, NOW))
    assert "Figures: August 2013 is not in" in shown(said["jag"])
    assert "Figures" not in shown(said["csag"])
    assert said["csag"].summary == "1 CSAG meeting today."


def test_a_partnership_without_figures_says_so(example, asks):
    Plan(example).add("Fit alley gates", number=1)
    said = item(asks(example).answered("/agenda jag", at=at("2026-02-05 09:00")), "Performance")
    assert "No figures by the month are held: what follows is as printed." in said


def test_since_last_jag_goes_by_the_meeting_that_was_held(ask):
    before = ask("/figures asb since last jag", when=at("2013-08-12 09:00"))
    assert "July 2013" in shown(before)
    ask("/meeting cancel jag 9 Jul 2013 because of the heat", when=at("2013-07-01 09:00"))
    after = ask("/figures asb since last jag", when=at("2013-08-12 09:00"))
    assert "June to July 2013" in shown(after)


def test_the_documentation_names_every_placeholder():
    said = (Path(__file__).parent.parent / "docs" / "meetings.md").read_text()
    assert [name for name in (*BLOCKS, *INLINE) if f"{{{name}}}" not in said] == []


def test_in_plain_words_a_lead_s_word_is_its_writer_s(ask):
    ask("/agenda edit forum vehicle: plates are being screwed on")
    facts = [fact for part in ask("/agenda forum").parts if isinstance(part, Facts) for fact in part.facts]
    (label,) = [label for label, said in facts if said == "plates are being screwed on"]
    assert "oordinator" in label


def test_a_long_item_is_cut_at_a_word_on_its_buttons(ask):
    ask("/agenda add jag Discuss case 13/0500, warrant on Elm Road next week", "jag-chair")
    assert "Take back: Discuss case 13/0500, warrant on Elm…" in labels(ask("/agenda jag", "jag-chair"))


def test_the_overview_goes_by_date(ask):
    ask("/meeting move jag 10 Sep 2013 to 13 Sep 2013 10:00")
    reply = ask("/agenda", "fire-officer")
    assert [label[:4] for part in reply.parts if isinstance(part, Facts) for label, _ in part.facts] == ["CSAG", "JAG,", "RAOG"]


# Groups that are none of mine


@BOTH
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/agenda approve raogg", "I know no group called raogg. Did you mean RAOG? Nothing was done."),
        ("/agenda approve the agenda of raogg", "I know no group called raogg. Did you mean RAOG? Nothing was done."),
        (
            "/agenda hold zzz because the figures are wrong",
            "I know no group called zzz. I know JAG, CSAG, RAOG and Members Forum. Nothing was done.",
        ),
        ("/agenda post forun", "I know no group called forun. Did you mean Members Forum? Nothing was done."),
        ("/agenda post jag and raog", "I cannot read “and raog” after JAG. Such as: /agenda post jag"),
        ("/agenda template csga", "I know no group called csga. Did you mean CSAG? Nothing was done."),
        ("/agenda add raogg Talk about fireworks", "I know no group called raogg. Did you mean RAOG?"),
    ],
)
def test_a_mistyped_group_is_no_other_group(lived, line, said):
    reply = lived(line, person="coordinator", at=NOW)
    assert reply.refused
    assert said in shown(reply)
    with lived.held.session() as session:
        assert not session.scalars(select(Agenda)).all()
        assert not session.scalars(select(Item)).all()


def test_a_private_group_that_one_may_not_see_is_no_group_letter_for_letter(refused):
    for line in ("approve {}", "post {}", "hold {} because of dogs", "template {}", "edit {} burglary: well"):
        said = [refused(f"/agenda {line.format(name)}", "burglary-lead").replace(name, "…") for name in ("csag", "zzzz")]
        assert said[0] == said[1]


def test_what_is_meant_anyhow_and_a_day_name_the_agenda(ask, refused):
    lines = (
        "approve",
        "approve the agenda",
        "approve it now",
        "approve the agenda of jag",
        "approve jag 10 Sep",
        "approve 10 September 2013",
    )
    for line in lines:
        assert ask(f"/agenda {line}").title == "Approved: the agenda of JAG, Tuesday 10 September 2013"
    assert ask("/agenda approve jag 8 October 2013").title == "Approved: the agenda of JAG, Tuesday 8 October 2013"
    assert "does not meet on 9 October 2013" in refused("/agenda approve jag 9 October 2013")
    held = ask("/agenda hold jag 8 October 2013 because the hall is taken")
    assert "Held by coordinator: the hall is taken." in shown(held)
    assert "Held by coordinator: Monday's figures are missing." in shown(ask("/agenda hold jag Monday's figures are missing"))
    assert "Held by coordinator: figures are coming." in shown(ask("/agenda hold because figures are coming"))


def test_an_item_whose_first_word_is_like_a_group_is_asked_about(lived, ask):
    asked = lived("/agenda add raogg Talk about fireworks", person="coordinator", at=NOW)
    assert labels(asked) == ["For RAOG", "For JAG, as typed"]
    assert "Talk about fireworks" in shown(ask(asked.asks[0].asks))
    assert "raogg Talk about fireworks" in shown(ask(asked.asks[1].asks))
    assert ask("/agenda add Bag thefts in the market").title == "Suggested for JAG, 10 September 2013"
