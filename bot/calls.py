"""Calls of Slack's Web API for what must not be sent twice: how each came out, and no call before Slack's time."""

from __future__ import annotations

from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.rates import Rates
from scheduler.parcels import Ambiguous, Away

RATED = ("ratelimited", "rate_limited", "message_limit_exceeded")
MAYBE = ("internal_error", "fatal_error", "request_timeout", "service_unavailable")  # Slack may have begun
ACCOUNT = ("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "missing_scope", "not_allowed_token_type")
USUAL_WAIT = 30.0  # seconds, where Slack does not say
Answer = dict[str, Any]


class SaysNo(Exception):
    """Slack refuses a call for what is in it, by its own word."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Calls:
    """Slack's Web API, each call made once."""

    def __init__(self, client: WebClient) -> None:
        self.client, self.rates = client, Rates()

    def write(self, method: str, where: str, **said: Any) -> Answer:
        """A call that changes something. Raises Later or Away where it was not done, SaysNo where it never will be, else Ambiguous."""
        self.rates.check(method, where)
        try:
            return self._made(method, where, said)
        except URLError as error:  # the request never left whole
            raise Away(f"Slack cannot be reached ({type(error.reason).__name__})") from error
        except (OSError, HTTPException, SlackClientError) as error:
            raise Ambiguous(f"the connection broke before Slack answered ({type(error).__name__})") from error

    def read(self, method: str, **said: Any) -> Answer:
        """A call that changes nothing. Raises Later, Away or SaysNo."""
        self.rates.check(method)
        try:
            return self._made(method, "", said)
        except Ambiguous as error:
            raise Away(str(error)) from error
        except (OSError, HTTPException, SlackClientError) as error:
            raise Away(f"Slack cannot be reached ({type(error).__name__})") from error

    def _made(self, method: str, where: str, said: dict[str, Any]) -> Answer:
        try:
            answer = self.client.api_call(method, json=said) if method.startswith("chat.") else self.client.api_call(method, params=said)
        except SlackApiError as error:
            raise self._refused(error, method, where) from error
        return dict(answer.data) if isinstance(answer.data, dict) else {}

    def _refused(self, error: SlackApiError, method: str, where: str) -> Exception:
        status, code = int(error.response.status_code), str(error.response.get("error", ""))
        if status == 429 or code in RATED:
            return self.rates.wait(_retry_after(error.response.headers), method, where)
        if status >= 500 or code in MAYBE:
            return Ambiguous(f"Slack answered {status} {code if code in MAYBE else ''}".rstrip())
        if code in ACCOUNT:
            return Away(f"Slack does not take the bot's token: {code}")
        return SaysNo(code if status == 200 else str(status))


def _retry_after(headers: dict[str, Any]) -> float:
    said = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    try:
        return max(float(str(said)), 0.1)
    except (TypeError, ValueError):
        return USUAL_WAIT
