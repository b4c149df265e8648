"""A workspace by itself, for the people of a partnership of one's own: `jagbot run` connects to it as to Slack."""

from __future__ import annotations

import argparse

from bot.demo.people import settle_people
from bot.feeds import Feed
from bot.manifest import manifest
from bot.serving import keep_secrets, stopping
from bot.terminal import console
from bot.workspace.core import Workspace
from bot.workspace.running import serving
from bot.workspace.state import State
from models.partnership import Partnership
from models.store import Store


def serve_alone(store: Store, partnership: Partnership, options: argparse.Namespace) -> int:
    """Serve until told to stop; nothing is written to the partnership, so its people ask to join as they do in Slack."""
    keep_secrets("ERROR")
    stop = stopping()
    state = State(options.file)
    workspace = Workspace(state, manifest())
    with store.session(partnership.id) as session:
        settle_people(workspace, partnership.name, session)
    workspace.calendars = Feed(store, workspace.clock).at
    with serving(workspace, options.port) as served:
        screen = console()
        screen.print(f"The workspace: [bold]{served.page}[/bold]", soft_wrap=True)
        screen.print("In another terminal, the bot in it:\n")
        for name, value in (("API_URL", f"{served.address}/api/"), ("BOT_TOKEN", workspace.bot_token), ("APP_TOKEN", workspace.app_token)):
            screen.print(f"  export SLACK_{name}={value}", soft_wrap=True)
        screen.print(f"  export PUBLIC_URL={served.address}", soft_wrap=True)
        screen.print("  jagbot run\n\nCtrl-C stops it; what was said in it is kept.")
        stop.wait()
    state.close()
    return 0
