"""`jagbot doctor`: what is fine, what is wrong, what was not looked at, and how the bot is."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pytest
from conftest import Held
from slack_server import APP_TOKEN, TOKEN, Workspace, workspace

from bot.doctor import doctor
from bot.settings import Settings


@pytest.fixture
def databases(sqlite):
    return sqlite


@pytest.fixture
def slack() -> Iterator[Workspace]:
    with workspace() as made:
        yield made


def seen(capsys, held: Held, **settings: str) -> tuple[int, str]:
    """(exit code, what it prints)."""
    options = argparse.Namespace(partnership=None, person="coordinator")
    code = doctor(options, Settings(database_url=held.store.url, **settings))
    return code, " ".join(capsys.readouterr().out.split())


def test_without_slack_it_looks_at_the_database_and_says_how_the_bot_is(capsys, example):
    code, said = seen(capsys, example)
    assert code == 0
    assert "✓ The database answers, at revision 0003." in said
    assert "– SLACK_BOT_TOKEN is not set: nothing of Slack was looked at." in said
    assert "How I am" in said
    assert "never: is jagbot running?" in said


def test_with_a_token_it_asks_slack_and_counts_the_scopes(capsys, example, slack):
    tokens = {"slack_bot_token": TOKEN, "slack_app_token": APP_TOKEN, "slack_api_url": f"{slack.address}/api"}
    code, said = seen(capsys, example, **tokens)
    assert code == 0
    assert "✓ Slack knows the bot as jagbot in The partnership." in said
    assert "✓ It has every scope that it uses." in said
    slack.real.scopes = slack.real.scopes - {"im:history"}
    code, said = seen(capsys, example, **tokens)
    assert code == 2
    assert "✗ The app lacks scopes: im:history." in said
    assert TOKEN not in said


@pytest.mark.parametrize(
    ("settings", "wrong"),
    [
        ({"slack_bot_token": TOKEN, "slack_app_token": "xoxb-1", "slack_api_url": "http://127.0.0.1:1"}, "expected xapp-…"),
        ({"slack_bot_token": TOKEN, "slack_api_url": "http://127.0.0.1:1"}, "✗ Slack cannot be reached at http://127.0.0.1:1/"),
        ({"slack_bot_token": TOKEN, "slack_api_url": "http://127.0.0.1:1"}, "✗ Set SLACK_APP_TOKEN for Socket Mode"),
    ],
)
def test_what_is_wrong_is_named(capsys, example, settings, wrong):
    code, said = seen(capsys, example, **settings)
    assert code == 2
    assert wrong in said


def test_a_token_that_slack_does_not_take_is_named_in_slack_s_own_word(capsys, example, slack):
    slack.refusing.token = True
    code, said = seen(capsys, example, slack_bot_token=TOKEN, slack_signing_secret="s", slack_api_url=f"{slack.address}/api")
    assert code == 2
    assert "✗ Slack does not take SLACK_BOT_TOKEN: invalid_auth" in said


def test_a_database_that_is_not_there_or_behind_is_named(capsys, tmp_path):
    options = argparse.Namespace(partnership=None, person="coordinator")
    assert doctor(options, Settings(database_url=f"sqlite:///{tmp_path}/none/none.db")) == 2
    assert "I cannot open the database" in capsys.readouterr().out
    assert doctor(options, Settings(database_url=f"sqlite:///{tmp_path}/new.db")) == 2
    assert "at revision none" in capsys.readouterr().out
