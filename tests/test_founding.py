"""A partnership of one's own, made by a few questions: mistakes can be mended, and nothing that is held is lost."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from models.partnership import Partnership
from models.people import Person
from models.priorities import Priority
from models.sources.founding import Answers, make_own

MINE = Answers("Northends CSP", "Northends", "Borderland", "Borderland Police", "me@northends.gov.uk", ("burglary",))


def keys(store) -> list[str]:
    with store.session() as session:
        return list(session.scalars(select(Partnership.key).order_by(Partnership.id)))


def test_a_partnership_that_holds_nothing_makes_way_for_a_better_spelt_one(store):
    make_own(store, Answers("Northends CSP", "Northedns", "Borderland", "Borderland Police", "me@northends.gov.uk"))
    make_own(store, MINE)
    assert keys(store) == ["northends"]


def test_one_with_people_or_figures_stays(example):
    make_own(example.store, MINE)
    with example.store.session() as session:
        mine = session.scalar(select(Partnership).where(Partnership.key == "northends"))
        session.add(Person(partnership_id=mine.id, handle="warden", role="Warden", email="w@northends.gov.uk"))
    make_own(example.store, Answers("Southends CSP", "Southends", "Borderland", "Borderland Police", "me@southends.gov.uk"))
    assert keys(example.store) == ["dacorum", "northends", "southends"]


def test_its_priorities_are_named_after_what_police_uk_counts(store):
    made = make_own(store, MINE)
    with store.session(made.id) as session:
        assert session.scalars(select(Priority.name)).all() == ["Burglary"]


def jagbot(folder: Path, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "bot", *words], cwd=folder, input=typed, capture_output=True, text=True, timeout=180)


ANSWERS = "Northends CSP\nNorthends\n\nBorderland Police\nme@northends.gov.uk\n\n"


def test_every_question_takes_its_own_line_from_a_pipe(tmp_path):
    made = jagbot(tmp_path, "init", typed=ANSWERS)
    assert made.returncode == 0
    assert "County        none" in made.stdout
    assert "asb, burglary, vehicle, drugs" in made.stdout


@pytest.mark.parametrize(
    ("line", "wrong", "said"),
    [
        (4, "nobody", "'nobody' is no e-mail address"),
        (5, "burglry", "I know no priority burglry"),
        (1, "", "A partnership needs its district"),
    ],
)
def test_a_wrong_answer_from_a_pipe_is_refused_and_nothing_is_made(tmp_path, line, wrong, said):
    lines = ANSWERS.splitlines()
    lines[line] = wrong
    refused = jagbot(tmp_path, "init", typed="\n".join(lines) + "\n")
    assert refused.returncode == 2
    assert said in refused.stderr
    assert "No partnership is held yet" in jagbot(tmp_path, "ask", "asb").stderr


def test_asking_where_nothing_is_held_begins_no_file(tmp_path):
    assert jagbot(tmp_path, "ask", "asb").returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_a_second_partnership_is_made_only_when_said(tmp_path):
    assert jagbot(tmp_path, "init", "--example").returncode == 0
    refused = jagbot(tmp_path, "init", typed=ANSWERS)
    assert refused.returncode == 2
    assert "jagbot init --another" in refused.stderr
    assert jagbot(tmp_path, "init", "--another", typed=ANSWERS).returncode == 0
    assert "Say which with --partnership KEY" in jagbot(tmp_path, "ask", "asb").stderr
    assert jagbot(tmp_path, "ask", "--partnership", "northends", "/jag me").returncode == 0
