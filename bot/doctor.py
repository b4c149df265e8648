"""Looks at whether everything is as it must be: settings, database, Slack, and what could not be delivered."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from sqlalchemy.exc import DatabaseError

from bot.asking import Asked, ask
from bot.manifest import SCOPES
from bot.settings import Settings
from bot.terminal import console, draw
from commands.reply import Reply
from models.base import Refusal
from models.partnership import Partnership
from models.people import Person
from models.store import Store, newest_version, unreachable

FINE, WRONG, UNSET = "✓", "✗", "–"
COLOURS = {FINE: "green", WRONG: "red", UNSET: "yellow"}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: fine, wrong, or not set and so not looked at."""

    mark: str
    said: str


def doctor(options: argparse.Namespace, settings: Settings) -> int:
    """Print what was found, and how the bot is; 0 when nothing is wrong, 2 otherwise."""
    screen, store = console(), Store(settings.database_url)
    found = [*_of_the_database(store, options), *_of_slack(settings)]
    for each in found:
        screen.print(f"[{COLOURS[each.mark]}]{each.mark}[/] ", end="")
        screen.print(each.said, markup=False, highlight=False)
    if all(each.mark != WRONG for each in found[:2]):
        screen.print(draw(_health(store, options))[0])
    return 2 if any(each.mark == WRONG for each in found) else 0


def _of_the_database(store: Store, options: argparse.Namespace) -> Iterator[Finding]:
    try:
        with store.engine.connect():
            at = store.version()
    except DatabaseError as error:
        yield Finding(WRONG, unreachable(store.engine, error).words)
        return
    if at != newest_version():
        wants = f"and this jagbot wants {newest_version()}. Whatever uses it next brings it up to date, such as: jagbot ask /jag"
        yield Finding(WRONG, f"The database is at revision {at or 'none'}, {wants}")
        return
    yield Finding(FINE, f"The database answers, at revision {at}.")
    try:
        with store.session() as session:
            partnership = Partnership.named(session, options.partnership)
        yield Finding(FINE, f"{partnership.name} is held.")
    except Refusal as refusal:
        yield Finding(WRONG, refusal.words)


def _of_slack(settings: Settings) -> Iterator[Finding]:
    if not settings.slack_bot_token:
        yield Finding(UNSET, "SLACK_BOT_TOKEN is not set: nothing of Slack was looked at.")
        return
    yield from _of_the_token(settings)
    if settings.slack_app_token and not settings.slack_app_token.startswith("xapp-"):
        yield Finding(WRONG, "SLACK_APP_TOKEN is no app token: expected xapp-…")
    if not (settings.slack_app_token or settings.slack_signing_secret):
        yield Finding(WRONG, "Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET to listen over HTTP.")


def _of_the_token(settings: Settings) -> Iterator[Finding]:
    address = settings.slack_api_url if settings.slack_api_url.endswith("/") else f"{settings.slack_api_url}/"
    try:
        answer = WebClient(settings.slack_bot_token, address, timeout=10, retry_handlers=[]).auth_test()
    except SlackApiError as error:
        yield Finding(WRONG, f"Slack does not take SLACK_BOT_TOKEN: {error.response.get('error')}")
        return
    except (SlackClientError, OSError) as error:
        yield Finding(WRONG, f"Slack cannot be reached at {address}: {getattr(error, 'reason', None) or type(error).__name__}")
        return
    yield Finding(FINE, f"Slack knows the bot as {answer['user']} in {answer['team']}.")
    given = next((str(value) for name, value in answer.headers.items() if name.lower() == "x-oauth-scopes"), "")
    missing = sorted(set(SCOPES) - set(given.replace(" ", "").split(","))) if given else []
    if missing:
        yield Finding(WRONG, f"The app lacks scopes: {', '.join(missing)}. Print the manifest with jagbot manifest, and install it again.")
    elif given:
        yield Finding(FINE, "It has every scope that it uses.")


def _health(store: Store, options: argparse.Namespace) -> Reply:
    with store.session() as session:
        partnership = Partnership.named(session, options.partnership)
    return ask(store, partnership.id, lambda session: Person.named(options.person, session), Asked("/jag health", datetime.now(UTC)))
