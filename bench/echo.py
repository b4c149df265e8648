"""The baselines that speak Slack, under the server we run under. `python -m bench.echo defaults|hops PORT API`

`defaults` acknowledges on Bolt's defaults and does nothing more. `hops` acknowledges as the answer to the request, and
answers at the response URL from a pool: the same two hops as ours, with nothing to work out.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import uvicorn
from slack_bolt import Ack, App
from slack_bolt.adapter.asgi import SlackRequestHandler
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bench.workspace import SECRET


def defaults(app: App) -> None:
    """Acknowledge."""

    @app.command("/action")
    @app.command("/hotspots")
    def echo(ack: Ack) -> None:
        ack()


def hops(app: App) -> None:
    """Acknowledge, and answer after."""
    workers = ThreadPoolExecutor(16)

    @app.command("/action")
    @app.command("/hotspots")
    def echo(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        workers.submit(WebhookClient(body["response_url"]).send, text="echo", response_type="ephemeral")


def serve(kind: str, port: int, api: str) -> None:
    """Serve until killed."""
    client = WebClient(token="xoxb-bench", base_url=api)
    app = App(client=client, signing_secret=SECRET, process_before_response=kind == "hops")
    {"defaults": defaults, "hops": hops}[kind](app)
    uvicorn.run(SlackRequestHandler(app), host="127.0.0.1", port=port, http="httptools", ws="none", log_level="warning", access_log=False)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), sys.argv[3])
