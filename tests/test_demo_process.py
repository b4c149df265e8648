"""`jagbot demo`, `jagbot workspace` and `jagbot run` as they are started, and a page that talks to them over its socket."""

import json
import socket
import time
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from starting import PATIENCE, says, started
from websockets.sync.client import connect

from bot.workspace.state import State


class Page:
    """A page's socket."""

    def __init__(self, address: str, user: str) -> None:
        self.held = ExitStack()
        origin = address.rsplit("/", 2)[0]
        self.socket = self.held.enter_context(connect(f"{address.replace('http', 'ws', 1)}live", origin=origin))
        self.number, self.news = 0, list[Any]()
        self.told = self.ask("become", user=user)

    def ask(self, what: str, **more: Any) -> Any:
        self.number += 1
        self.socket.send(json.dumps({"n": self.number, "do": what, **more}))
        while (said := json.loads(self.socket.recv(PATIENCE))).get("n") != self.number:
            self.news.append(said)
        return said

    def until(self, kind: str) -> Any:
        """The next news of a kind."""
        while True:
            for each in self.news:
                if each.get("news") == kind:
                    self.news.remove(each)
                    return each
            self.news.append(json.loads(self.socket.recv(PATIENCE)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder with a demo in it."""
    made = tmp_path_factory.mktemp("demo")
    with started(made, "demo", "--no-browser", "--port", "0") as demo:
        says(demo, r"http://\S+")
    return made


def test_the_demo_answers_in_its_page_stops_and_goes_on_where_it_was_left(folder):
    with started(folder, "demo", "--no-browser", "--port", "0") as demo:
        address = says(demo, r"http://\S+")[0]
        page = Page(address, "UCOORDINATOR")
        assert page.told["clock"]["words"].startswith("Monday 2 September 2013")
        assert page.ask("command", channel="CJAG", command="/hotspots", text="asb")["ok"]
        answer = page.until("message")["message"]
        assert answer["ephemeral"]
        assert "simulated spread of published totals" in json.dumps(answer["blocks"])
        assert page.ask("move", by="week")["clock"]["words"].startswith("Monday 9 September 2013")
    assert demo.returncode == 0
    with started(folder, "demo", "--no-browser", "--port", "0") as demo:
        again = says(demo, r"http://\S+")[0]
        assert again.split("/", 3)[3] == address.split("/", 3)[3]  # the page's secret stays
        assert Page(again, "UCOORDINATOR").told["clock"]["words"].startswith("Monday 9 September 2013")


def test_a_second_server_on_the_port_is_refused_in_words(folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        with started(folder, "demo", "--no-browser", "--port", str(taken.getsockname()[1])) as demo:
            says(demo, "is in use: another server may be running there. Choose another with --port PORT")
            demo.wait(PATIENCE)
        assert demo.returncode == 2


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--fresh", "--real", "nowhere.zip"), "There is no nowhere.zip"),
        (("--real", "demo.db"), "There is a demo here already"),
    ],
)
def test_real_files_are_refused_that_are_not_there_or_come_to_a_demo_of_simulated_ones(folder, more, words):
    with started(folder, "demo", "--no-browser", "--port", "0", *more) as demo:
        says(demo, words)
        demo.wait(PATIENCE)
    assert demo.returncode == 2
    with closing(State(str(folder / "demo-workspace.db"))) as state:
        assert state.get("kept", "made")  # what was there is there still


def test_a_demo_whose_making_was_cut_short_is_made_anew(tmp_path):
    with started(tmp_path, "demo", "--no-browser", "--port", "0") as demo:
        until = time.monotonic() + PATIENCE
        log = tmp_path / "demo.db-wal"
        while not log.exists() or log.stat().st_size < 1_000_000:  # the example is there, and not its year
            assert demo.poll() is None
            assert time.monotonic() < until
        demo.kill()
    with started(tmp_path, "demo", "--no-browser", "--port", "0") as demo:
        page = Page(says(demo, r"http://\S+")[0], "UCOORDINATOR")
        assert page.told["clock"]["words"].startswith("Monday 2 September 2013")


def test_a_bot_that_was_killed_is_said_not_to_have_responded(tmp_path):
    database = {"DATABASE_URL": f"sqlite:///{tmp_path / 'own.db'}"}
    with started(tmp_path, "init", "--example", **database) as made:
        made.wait(PATIENCE)
    with started(tmp_path, "workspace", "--port", "0", **database) as workspace:
        address = says(workspace, r"http://\S+")[0]
        told = {name: says(workspace, rf"export {name}=(\S+)")[1] for name in ("SLACK_API_URL", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")}
        assert urlopen(address).status == 200
        page = Page(address, "UCOORDINATOR")
        assert "did not respond" in page.ask("command", channel="CJAG", command="/priority", text="")["error"]
        with started(tmp_path, "run", **database, **told) as bot:
            says(bot, "connected to Slack by Socket Mode")
            assert page.ask("command", channel="CJAG", command="/priority", text="")["ok"]
            assert page.until("message")["message"]["ephemeral"]
            bot.kill()
            bot.wait(PATIENCE)
            page.news.clear()
            assert "did not respond" in page.ask("command", channel="CJAG", command="/priority", text="")["error"]
            assert "did not respond" in page.until("late")["text"]
