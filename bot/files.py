"""Files in Slack: fetched to be read, and sent to one person."""

from __future__ import annotations

import logging
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.settings import Settings
from models.base import Refusal

log = logging.getLogger("jagbot")

LARGEST = 60 << 20  # bytes
BLOCK = 1 << 16
GONE = ("file_not_found", "file_deleted")


class Files:
    """A workspace's files. The bot's token goes to Slack itself and to nobody else."""

    def __init__(self, client: WebClient, settings: Settings) -> None:
        self.client, self.token = client, settings.slack_bot_token
        self.own = urlsplit(client.base_url).hostname or ""

    def about(self, file: str) -> dict[str, Any]:
        """What Slack knows of a file: its name, size and where it is. Refuses one that was deleted meanwhile."""
        try:
            found = dict(self.client.files_info(file=file)["file"])
        except SlackApiError as error:
            if error.response.get("error") not in GONE:
                raise
            raise Refusal("That file is no longer in Slack. Drop it on me again.") from None
        return found

    def fetch(self, about: dict[str, Any], folder: Path) -> Path:
        """Download a file under its own name. Refuses what is too large, or is not kept by Slack."""
        name = PurePath(str(about.get("name") or "file").replace("\\", "/")).name[:120] or "file"
        size, address = int(about.get("size") or 0), str(about.get("url_private_download") or about.get("url_private") or "")
        if size > LARGEST:
            raise Refusal(_too_large(size), discreet=TOO_LARGE)
        if about.get("is_external") or not self._trusted(address):
            raise Refusal("That file is not kept by Slack but linked to. Download it, and drop the file itself on me.")
        path = folder / name
        self._download(address, path)
        return path

    def send(self, user: str, name: str, data: bytes) -> None:
        """Send one person a file, as a direct message: Slack gives an address, takes the bytes there, and then shows them."""
        import requests

        into = self.client.conversations_open(users=user)["channel"]["id"]
        place = self.client.files_getUploadURLExternal(filename=name, length=len(data))
        sent = requests.post(str(place["upload_url"]), data=data, timeout=60, headers={"Content-Type": "application/octet-stream"})
        sent.raise_for_status()
        self.client.files_completeUploadExternal(files=[{"id": str(place["file_id"]), "title": name}], channel_id=into)

    def _trusted(self, address: str) -> bool:
        host = urlsplit(address).hostname or ""
        return host == self.own or (host.endswith((".slack.com", ".slack-files.com")) and address.startswith("https://"))

    def _download(self, address: str, path: Path) -> None:
        import requests

        held = 0
        headers = {"Authorization": f"Bearer {self.token}"}
        with requests.get(address, headers=headers, stream=True, timeout=30) as answer, path.open("wb") as file:
            answer.raise_for_status()
            if answer.headers.get("Content-Type", "").startswith("text/html") and path.suffix.lower() not in (".html", ".htm"):
                raise Refusal("Slack did not let me read that file. Ask the coordinator whether I have files:read.")
            for block in answer.iter_content(BLOCK):
                held += len(block)
                if held > LARGEST:
                    raise Refusal(_too_large(held), discreet=TOO_LARGE)
                file.write(block)


TOO_LARGE = "That file is too large to take from chat."


def _too_large(size: int) -> str:
    return f"That file is {size >> 20} MB, and I take up to {LARGEST >> 20} MB from chat. The coordinator can load it with: jagbot load"
