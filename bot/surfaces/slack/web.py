"""What the app answers over HTTP, as WSGI: to Slack, and whether it is well."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl

from slack_bolt import App, BoltRequest

from bot.surfaces.slack import journal
from bot.surfaces.slack.signed import Signatures

if TYPE_CHECKING:
    from wsgiref.types import StartResponse

EVENTS, HEALTH = "/slack/events", "/health"
METHODS = {EVENTS: "POST", HEALTH: "GET"}
QUIET = 60.0  # seconds in which a refusal is logged once: anybody can send us thousands

log = logging.getLogger(__name__)


class Answer(NamedTuple):
    """Status, body, and headers."""

    status: int
    body: str = ""
    headers: Mapping[str, str] = {"Content-Type": "text/plain; charset=utf-8"}


class Web:
    """The WSGI application. `health` tells what has to be well, by its name, and what only counts:
    a new process would not mend that.

    With `stopping` it takes nothing more, so that Slack gives it to another.
    """

    def __init__(
        self, app: App, signatures: Signatures, health: Callable[[], Mapping[str, bool | int]]
    ) -> None:
        self.stopping = False
        self._app = app
        self._signatures = signatures
        self._health = health
        self._logged: dict[str, float] = {}

    def __call__(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        answer = self._answer(environ)
        status = HTTPStatus(answer.status)
        start(f"{status.value} {status.phrase}", list(answer.headers.items()))
        body = [answer.body.encode()]
        # waitress hangs up after a body of unknown length
        return iter(body) if self.stopping else body

    def _answer(self, environ: Mapping[str, Any]) -> Answer:
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if self.stopping:
            return Answer(503, "stopping")
        if path not in METHODS:
            return Answer(404, "not found")
        if method != METHODS[path]:
            return Answer(405, f"only {METHODS[path]}", {"Allow": METHODS[path]})
        return self._well() if path == HEALTH else self._hear(environ)

    def _well(self) -> Answer:
        found = self._health()
        well = all(value is not False for value in found.values())
        content = json.dumps({"ok": well, **found})
        return Answer(200 if well else 503, content, {"Content-Type": "application/json"})

    def _hear(self, environ: Mapping[str, Any]) -> Answer:
        """Nothing that is not Slack's gets further than this, not even to be parsed."""
        try:
            body = environ["wsgi.input"].read().decode()
        except UnicodeDecodeError:
            return self._refuse("not UTF-8")
        if _is_check(body):
            return Answer(200)
        at = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
        signature = environ.get("HTTP_X_SLACK_SIGNATURE", "")
        why = self._signatures.objection(body, at, signature)
        if why:
            return self._refuse(why)
        answer = self._hand_over(body, environ.get("CONTENT_TYPE", ""), at, signature)
        if answer.status >= 500:
            self._signatures.forget(signature)
        return answer

    def _hand_over(self, body: str, content_type: str, at: str, signature: str) -> Answer:
        signed = {"x-slack-request-timestamp": at, "x-slack-signature": signature}
        try:
            request = BoltRequest(body=body, headers={"content-type": content_type, **signed})
        except Exception as error:  # noqa: BLE001  it parses with whatever the body brings about
            journal.failure("not understood", error)
            return Answer(400, "not understood")
        try:
            response = self._app.dispatch(request)
        except Exception as error:  # noqa: BLE001  nothing of Slack's: Bolt has a listener for errors
            journal.failure("not heard", error)
            return Answer(500)
        return Answer(response.status, response.body, response.first_headers_without_set_cookie())

    def _refuse(self, why: str) -> Answer:
        """The same for every reason; the log tells it, since our secret or clock may be wrong."""
        now = time.monotonic()
        if now - self._logged.get(why, -QUIET) >= QUIET:
            self._logged[why] = now
            log.warning("refused", extra={"why": why})
        return Answer(401, "not from Slack")


def _is_check(body: str) -> bool:
    """Whether Slack only looks at our certificate, which it may do without signing."""
    fields = dict(parse_qsl(body, keep_blank_values=True)) if len(body) < 200 else {}
    return fields.get("ssl_check") == "1" and fields.keys() <= {"ssl_check", "token"}
