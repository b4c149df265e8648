"""A file that comes as a part of a form, which is how some clients send what others send as it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from bot.workspace.errors import SlackError

FORM, HEAD, CHUNK = "multipart/form-data", 1 << 14, 1 << 18  # bytes that a part's headers may take; bytes read at once


@contextmanager
def file_in(body: BinaryIO, size: int, kind: str) -> Iterator[tuple[BinaryIO, int]]:
    """(the file, its size): the first part of a form, and any body of another content type as it stands."""
    about = Message()
    about["Content-Type"] = kind
    if about.get_content_type() != FORM:
        yield body, size
        return
    with SpooledTemporaryFile(CHUNK) as file:
        size = _copied(body, str(about.get_boundary()), cast(BinaryIO, file))
        file.seek(0)
        yield cast(BinaryIO, file), size


def _copied(form: BinaryIO, boundary: str, file: BinaryIO) -> int:
    """Copy a form's first part, and how many bytes that is; `invalid_form_data` where there is none."""
    begins = form.read(HEAD).find(b"\r\n\r\n")
    form.seek(begins + 4)
    end, held = f"\r\n--{boundary}".encode(), b""
    while begins >= 0 and (read := form.read(CHUNK)):
        held += read
        at = held.find(end)
        sure = at if at >= 0 else max(0, len(held) - len(end) + 1)  # the end may lie across two reads
        file.write(held[:sure])
        if at >= 0:
            return file.tell()
        held = held[sure:]
    raise SlackError("invalid_form_data")
