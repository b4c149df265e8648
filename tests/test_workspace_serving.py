"""The workspace on the network: what it answers and refuses, Socket Mode, requests over HTTP, files, and what goes wrong on demand."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urlsplit

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from small_app import CHAIR, JAG, TOWN, Place, placed, until
from websockets.exceptions import InvalidStatus

from bot.workspace import acting
from bot.workspace.core import BOT
from bot.workspace.faults import Fault
from bot.workspace.filing import LARGEST
from bot.workspace.running import serving
from models.base import Refusal

JSON, FORM = "application/json", "application/x-www-form-urlencoded"


@pytest.fixture
def place() -> Iterator[Place]:
    with placed() as made:
        yield made


def ask(
    place: Place, path: str, method: str = "GET", body: bytes | Iterator[bytes] | None = None, **headers: str
) -> tuple[int, bytes, dict[str, str]]:
    """(status, body, headers): a request as any program could send it."""
    to = urlsplit(place.served.address)
    connection = http.client.HTTPConnection(to.hostname or "", to.port, timeout=60)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()


# Calls


@pytest.mark.parametrize(
    ("kind", "body", "error"),
    [
        (JSON, b"{", "invalid_json"),
        (JSON, b"\xff", "invalid_json"),
        (JSON, b"[" * 100_000, "invalid_json"),
        (JSON, b"[]", "json_not_object"),
        (FORM, b"\xff\xfe", "invalid_form_data"),
        ("multipart/form-data", b"x", "invalid_form_data"),
        ("text/plain", b"x", "invalid_post_type"),
        (f"{JSON}; charset=latin-7", b"{}", "invalid_charset"),
        (FORM, b"x=" + b"x" * (2 << 20), "request_too_large"),
        (JSON, b"", "not_authed"),
    ],
)
def test_what_cannot_be_read_is_refused_by_slack_s_names(place, kind, body, error):
    status, said, _ = ask(place, "/api/auth.test", "POST", body, Content_Type=kind)
    assert (status, json.loads(said)) == (200, {"ok": False, "error": error})


def test_a_token_is_taken_from_the_header_the_form_or_the_query(place):
    token = place.workspace.bot_token
    for body, headers in ((None, {"Authorization": f"Bearer {token}"}), (f"token={token}".encode(), {"Content_Type": FORM})):
        assert json.loads(ask(place, "/api/auth.test", "POST", body, **headers)[1])["user_id"] == BOT
    assert json.loads(ask(place, f"/api/auth.test?token={token}")[1])["ok"]
    assert json.loads(ask(place, "/api/auth.test", Authorization="Bearer xoxb-other")[1])["error"] == "invalid_auth"
    assert json.loads(ask(place, "/api/chat.nonsense", Authorization=f"Bearer {token}")[1])["error"] == "unknown_method"


def test_the_rate_limit_says_when_to_come_back_and_no_json():
    with placed(limited=True) as place:
        body = {"channel": JAG, "text": "x"}
        headers = {"Authorization": f"Bearer {place.workspace.bot_token}", "Content_Type": JSON}
        answers = [ask(place, "/api/chat.postMessage", "POST", json.dumps(body).encode(), **headers) for _ in range(9)]
    status, said, told = answers[-1]
    assert (answers[0][0], status, said) == (200, 429, b"")
    assert int(told["retry-after"]) >= 1


# Who it answers to


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 200), ({"Host": "evil.example"}, 421), ({"Origin": "https://evil.example"}, 403), ({"Origin": "null"}, 403)],
)
@pytest.mark.parametrize("path", ["page", "api"])
def test_it_answers_to_its_own_name_and_its_own_page_alone(place, path, headers, status):
    address = f"/{place.workspace.secret}/" if path == "page" else "/api/api.test"
    assert ask(place, address, **headers)[0] == status


def test_no_other_site_s_page_opens_a_socket_and_no_ticket_is_good_twice(place):
    live = f"{place.served.page.replace('http', 'ws', 1)}live"
    for address, origin in ((live, "https://evil.example"), (live.replace(place.workspace.secret, "guess"), place.served.address)):
        with pytest.raises(InvalidStatus):
            place.link(address, origin=origin)
    url = place.client.apps_connections_open(app_token=place.workspace.app_token)["url"]
    place.link(url)
    with pytest.raises(InvalidStatus):
        place.link(url)


def test_the_page_is_under_a_secret_is_not_kept_and_runs_nothing_from_elsewhere(place):
    status, said, headers = ask(place, f"/{place.workspace.secret}/")
    assert (status, headers["cache-control"]) == (200, "no-store")
    assert said.lower().startswith(b"<!doctype html>")
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    for path in ("/", "/nothing", "/guess/", f"/{place.workspace.secret}/nothing.js", f"/{place.workspace.secret}/..%2fcore.py"):
        assert ask(place, path)[0] == 404


def test_a_port_that_is_taken_is_refused_in_words(place):
    port = urlsplit(place.served.address).port or 0
    with pytest.raises(Refusal, match=rf"Port {port} is in use.*--port PORT"), serving(place.workspace, port):
        pass


def test_a_restart_keeps_what_was_said_and_forgets_what_one_person_saw(tmp_path):
    path = str(tmp_path / "workspace.db")
    with placed(path) as place:
        token, secret = place.workspace.bot_token, place.workspace.secret
        place.client.chat_postMessage(channel=JAG, text="kept")
        place.client.chat_postEphemeral(channel=JAG, user=CHAIR, text="forgotten")
    with placed(path) as place:
        assert (place.workspace.bot_token, place.workspace.secret) == (token, secret)
        assert [each["text"] for each in place.workspace.state.history(JAG, CHAIR)] == ["kept"]


# Socket Mode


def test_it_greets_and_gives_each_connection_some_of_the_payloads(place):
    apps = [place.app() for _ in range(3)]
    greeting = until(lambda: apps[2].heard)[0]
    assert (greeting["type"], greeting["num_connections"], greeting["connection_info"]) == ("hello", 3, {"app_id": "A0JAG"})
    for _ in range(6):
        place.do(acting.command(place.workspace, CHAIR, JAG, "/hotspots"))
    assert [len(app.got("slash_commands")) for app in apps] == [2, 2, 2]
    envelope = apps[0].heard[1]
    assert {"envelope_id", "payload", "type", "accepts_response_payload"} <= set(envelope)


def test_an_eleventh_connection_is_sent_away(place):
    apps = [place.app() for _ in range(10)]
    url = place.client.apps_connections_open(app_token=place.workspace.app_token)["url"]
    assert json.loads(place.link(url).recv(timeout=60))["reason"] == "too_many_websockets"
    assert not any(app.ended for app in apps)


def test_an_event_that_a_dying_connection_has_not_acknowledged_comes_again(place):
    deaf, other = place.app(event_callback=None), None
    place.do(acting.say(place.workspace, CHAIR, BOT, "hello"))
    first = deaf.next("message")
    other = place.app()
    deaf.link.close()
    assert other.next("message")["event"]["ts"] == first["event"]["ts"]
    again = until(lambda: [each for each in other.heard if each.get("type") == "events_api"])[0]
    assert (again["retry_attempt"], again["retry_reason"]) == (1, "connection_failed")
    assert not other.got("message")[1:]


def test_a_connection_is_warned_is_replaced_and_nothing_is_lost(place):
    old = place.app()
    threading.Timer(0.1, place.app).start()
    place.do(place.workspace.sockets.refresh())
    assert [each["reason"] for each in old.heard if each["type"] == "disconnect"][:1] == ["warning"]
    until(lambda: old.ended)
    assert len(place.workspace.sockets.open) == 1
    place.do(acting.command(place.workspace, CHAIR, JAG, "/hotspots"))


# Over HTTP


@contextmanager
def an_app_over_http(place: Place, *statuses: int) -> Iterator[list[tuple[dict[str, str], str]]]:
    """An app's own server, which gives these statuses and then 200: (headers, body) of each request."""
    heard, left = list[tuple[dict[str, str], str]](), list(statuses)

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            heard.append((dict(self.headers), body))
            self.send_response(left.pop(0) if left else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    place.workspace.request_url = f"http://127.0.0.1:{server.server_address[1]}/slack/events"
    try:
        yield heard
    finally:
        server.shutdown()
        server.server_close()


def test_requests_are_signed_and_an_event_comes_again_until_it_is_taken(place):
    with an_app_over_http(place, 500) as heard:
        place.do(acting.say(place.workspace, CHAIR, BOT, "hello"))
        until(lambda: len(heard) == 2)
        time.sleep(0.05)
        assert len(heard) == 2
        assert place.refused(acting.command(place.workspace, CHAIR, JAG, "/nothing")) == "unknown_command"
        place.do(acting.command(place.workspace, CHAIR, JAG, "/hotspots", "asb"))
    assert all(SignatureVerifier(place.workspace.signing_secret).is_valid_request(body, headers) for headers, body in heard)
    (first, body), (second, copy), (_, command) = heard
    assert (first.get("X-Slack-Retry-Num"), second["X-Slack-Retry-Num"], second["X-Slack-Retry-Reason"]) == (None, "1", "http_error")
    assert body == copy
    assert "command=%2Fhotspots&text=asb" in command


def test_a_command_that_the_app_s_server_refuses_is_said_to_have_failed(place):
    with an_app_over_http(place, 500):
        assert place.refused(acting.command(place.workspace, CHAIR, JAG, "/hotspots")) == "dispatch_failed"
    assert place.refused(acting.command(place.workspace, CHAIR, JAG, "/hotspots")) == "did_not_respond"


# Faults


@pytest.mark.parametrize(
    ("fault", "status", "done"),
    [
        (Fault("slow", seconds=0.2), 200, True),
        ("429", 429, False),
        ("500", 500, False),
        ("drop before", 0, False),
        ("drop after", 0, True),
        (Fault("time-out", seconds=0.1), 0, True),
        ("disconnect", 200, True),
    ],
)
def test_what_is_to_go_wrong_does_once(place, fault, status, done):
    app = place.app()
    place.workspace.faults.plan(fault, "chat.postMessage")
    body = json.dumps({"channel": JAG, "text": "x"}).encode()
    headers = {"Authorization": f"Bearer {place.workspace.bot_token}", "Content_Type": JSON}
    began = time.monotonic()
    try:
        got = ask(place, "/api/chat.postMessage", "POST", body, **headers)[0]
    except (http.client.RemoteDisconnected, ConnectionResetError):
        got = 0
    assert (got, bool(place.workspace.state.history(JAG, TOWN))) == (status, done)
    assert time.monotonic() - began >= getattr(fault, "seconds", 0)
    if fault == "disconnect":
        until(lambda: app.ended)
    assert ask(place, "/api/chat.postMessage", "POST", body, **headers)[0] == 200


# Files


def test_a_file_is_sent_in_three_steps_and_read_by_who_may_see_it_alone(place):
    sent = place.client.files_upload_v2(channel=JAG, filename="a<b>.html", content="<script>alert(1)</script>", request_file_info=False)
    key = sent["files"][0]["id"]
    address = urlsplit(place.client.files_info(file=key)["file"]["url_private"]).path
    token = {"Authorization": f"Bearer {place.workspace.bot_token}"}
    assert ask(place, address, **token)[1] == b"<script>alert(1)</script>"
    assert b"Sign in" in ask(place, address)[1]
    _, body, headers = ask(place, f"/{place.workspace.secret}{address}?as={TOWN}")
    assert body == b"<script>alert(1)</script>"
    assert (headers["content-type"], headers["content-disposition"]) == ("application/octet-stream", "attachment")
    assert ask(place, f"/{place.workspace.secret}{address}?as=UNOBODY")[0] == 404


def test_a_file_attached_on_the_page_is_its_sender_s_once_it_is_sent(place):
    path = f"/{place.workspace.secret}/upload?name=gates.png"
    file = json.loads(ask(place, path, "POST", b"\x89PNG", Origin=place.served.address)[1])["file"]
    assert (file["name"], file["is_image"], file["size"]) == ("gates.png", True, 4)
    place.do(acting.say(place.workspace, CHAIR, JAG, "", files=[file["id"]]))
    url = f"/{place.workspace.secret}/files/{file['id']}/gates.png"
    assert ask(place, f"{url}?as={TOWN}")[2]["content-type"] == "image/png"
    assert ask(place, f"{url}?as=")[0] == 404


def test_fifty_megabytes_are_taken_whole_and_a_byte_more_is_not(place):
    path = f"/{place.workspace.secret}/upload?name=big.bin"
    whole = bytes(LARGEST)
    file = json.loads(ask(place, path, "POST", whole)[1])["file"]
    assert file["size"] == LARGEST
    assert place.workspace.state.content(file["id"]) == whole
    to = urlsplit(place.served.address)
    with ExitStack() as after:
        connection = http.client.HTTPConnection(to.hostname or "", to.port, timeout=60)
        after.callback(connection.close)
        connection.putrequest("POST", path)
        connection.putheader("Content-Length", str(LARGEST + 1))
        connection.endheaders()
        answer = connection.getresponse()
        assert (answer.status, b"50 MB" in answer.read()) == (413, True)
    assert ask(place, path, "POST", iter([bytes(1 << 20)] * 51))[0] == 413


def test_what_is_sent_must_be_what_was_announced(place):
    begun = place.client.files_getUploadURLExternal(filename="a.csv", length=3)
    assert ask(place, urlsplit(begun["upload_url"]).path, "POST", b"four")[0] == 400
    assert ask(place, "/upload/FNOTHING", "POST", b"abc")[0] == 400
    with pytest.raises(SlackApiError, match="file_not_found"):
        place.client.files_completeUploadExternal(files=[{"id": begun["file_id"]}], channel_id=JAG)
