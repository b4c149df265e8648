"""A stub of Slack that takes its time: run as a program it answers each call after so many seconds, and says on what port."""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
from contextlib import suppress


async def main(seconds: float) -> None:
    """Answer until ended. Of a message it says where it stands; of a user, that they are there."""
    numbers = itertools.count(1)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            length = next((int(line[15:]) for line in head.split("\r\n") if line.startswith("content-length:")), 0)
            await reader.readexactly(length)
            await asyncio.sleep(seconds)
            users = [{"id": f"U{number}", "deleted": False} for number in range(6_000)] if "users.list" in head else []
            said = {"ok": True, "channel": "D1", "ts": f"1.{next(numbers)}", "members": users}
            body = json.dumps(said).encode()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n")
            writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1])))
