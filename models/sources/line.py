"""A patient line to a web server: it asks again, follows redirects, counts what came, and refuses in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from models.base import Refusal

if TYPE_CHECKING:
    from requests import Response

UNCHANGED = "Nothing was changed; try again later."


@dataclass(frozen=True)
class Patience:
    """How long a server is waited for, in seconds, and how often it is asked again."""

    connect: float = 10
    read: float = 60
    again: int = 3
    pause: float = 1  # before asking again, doubled each time
    longest: float = 300  # the most that a server's own Retry-After is heeded


PATIENT = Patience()


class Line:
    """A line to a server: it asks patiently, follows redirects, counts what came, and refuses in plain words."""

    def __init__(self, patience: Patience) -> None:
        from requests import Session
        from requests.adapters import HTTPAdapter
        from urllib3.util import Retry

        self._timeout = (patience.connect, patience.read)
        self._answers: list[Response] = []
        self._session = Session()
        # a part of a compressed answer would not be a part of the archive
        self._session.headers.update({"User-Agent": "jagbot", "Accept-Encoding": "identity"})
        retry = Retry(
            patience.again,
            status_forcelist=(429, 500, 502, 503, 504),
            raise_on_status=False,
            backoff_factor=patience.pause,
            backoff_max=patience.longest,
            retry_after_max=int(patience.longest),
        )
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for answer in self._answers:
            answer.close()
        self._session.close()

    @property
    def received(self) -> int:
        """Bytes of the answers' bodies that came over the line."""
        return sum(answer.raw.tell() for answer in self._answers)

    def status(self, url: str) -> int:
        """What the server says of an address, by HEAD, or by its first byte where HEAD is not allowed."""
        answer = self._ask("HEAD", url)
        if answer.status_code in (403, 405, 501):
            answer = self._ask("GET", url, headers={"Range": "bytes=0-0"})
        answer.close()
        return answer.status_code

    def get(self, url: str, **asked: Any) -> Response:
        """What remotezip calls: a body yet to be read. RangeNotSupported when no part comes of one asked for."""
        from remotezip import RangeNotSupported

        answer = self._ask("GET", url, **asked)
        if "Range" in asked.get("headers", {}) and answer.status_code in (200, 416):
            answer.close()
            raise RangeNotSupported(f"{url} is not sent in parts")
        if answer.status_code >= 400:
            raise Refusal(f"police.uk does not give {url} (it says {answer.status_code}). Nothing was changed.")
        return answer

    def _ask(self, method: str, url: str, **asked: Any) -> Response:
        from requests import RequestException

        try:
            answer = self._session.request(method, url, timeout=self._timeout, **{**asked, "stream": True})
        except RequestException as fault:
            raise unanswered(url, reason(fault)) from fault
        self._answers.append(answer)
        if answer.status_code == 429:
            wait = answer.headers.get("Retry-After", "a while")
            raise unanswered(url, f"it was asked too often and says to wait: {wait}")
        if answer.status_code >= 500 and (method, answer.status_code) != ("HEAD", 501):
            raise unanswered(url, f"it says {answer.status_code}")
        return answer


def unanswered(url: str, why: str) -> Refusal:
    """What to say of a server that did not give what was asked, without the credentials its address may hold."""
    return Refusal(f"police.uk did not answer at {urlsplit(url).netloc.rpartition('@')[2] or url} ({why}). {UNCHANGED}")


def reason(fault: Exception) -> str:
    """Why, in words for who loads the figures: the fault itself goes to the log."""
    from requests import exceptions as told
    from urllib3.exceptions import HTTPError

    if isinstance(fault, told.SSLError):
        return "its certificate is not trusted here; REQUESTS_CA_BUNDLE can name your own authority's"
    if isinstance(fault, told.ProxyError):
        return "the proxy that HTTPS_PROXY names did not let me through"
    if isinstance(fault, told.Timeout) or "timed out" in str(fault):
        return "it was silent for too long"
    if isinstance(fault, told.TooManyRedirects):
        return "it redirects in circles"
    if isinstance(fault, told.InvalidSchema | told.MissingSchema | told.InvalidURL):
        return "it is no web address"
    if isinstance(fault, told.ChunkedEncodingError | HTTPError | EOFError):
        return "it broke off before the end"
    return "no connection" if isinstance(fault, told.RequestException) else str(fault) or "it is no zip archive"
