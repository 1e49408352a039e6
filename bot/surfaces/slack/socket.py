"""Socket Mode: a connection out to Slack, over which everything comes in; no address is needed."""

from __future__ import annotations

import logging
import time
from threading import Condition, Thread
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.surfaces.slack import journal
from bot.surfaces.slack.access import refusal
from bot.surfaces.slack.refusals import code_of

PING = 2.5  # seconds; the library gives up a connection after four without a pong

log = logging.getLogger(__name__)


class Socket:
    """Hands what Slack sends to the app, until it is drained."""

    def __init__(self, app: App, app_token: str, client: WebClient) -> None:
        self._app = app
        self._client = _Client(app_token, web_client=client, ping_interval=PING)
        self._client.socket_mode_request_listeners.append(self._take)
        self._idle = Condition()
        self._busy = 0
        self._stopping = False

    def connect(self) -> None:
        """Begin to listen; lost connections come back by themselves.

        Raises Problem as `access.refusal` makes it.
        """
        try:
            self._client.connect()
        except (SlackApiError, OSError) as error:
            raise refusal(error, self._client.web_client.base_url) from None

    @property
    def hears(self) -> bool:
        """Whether Slack reaches us: an open connection that answers."""
        session = self._client.current_session
        if session is None or not session.is_active():
            return False
        return time.time() - (session.last_ping_pong_time or 0) < 4 * PING

    def drain(self, patience: float) -> bool:
        """Take nothing new, finish what is under way, let go; whether that was in time."""
        end = time.monotonic() + patience
        with self._idle:
            self._stopping = True
            drained = self._idle.wait_for(lambda: self._busy == 0, patience)
        closing = Thread(target=self._client.close, daemon=True)  # it waits for who reconnects
        if drained:
            closing.start()
            closing.join(max(0.0, end - time.monotonic()))
        return drained and not closing.is_alive()

    def _take(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        """What comes while we stop is not acknowledged, so that Slack gives it to another."""
        with self._idle:
            if self._stopping:
                return
            self._busy += 1
        try:
            send_response(client, request, run_bolt_app(self._app, request), time.time())
        except Exception as error:  # noqa: BLE001  the library would log what people wrote
            journal.failure("not acknowledged", error)
        finally:
            with self._idle:
                self._busy -= 1
                self._idle.notify_all()


class _Client(SocketModeClient):
    """The library's client; an end is noticed at once, and why there is no new connection told."""

    _why = ""

    def connect(self) -> None:
        super().connect()
        session = self.current_session
        if session and session.sock:
            session.sock = _Ending(session.sock)  # type: ignore[assignment]
            session.last_ping_pong_time = session.last_ping_pong_time or time.time()

    def issue_new_wss_url(self) -> str:
        try:
            url: str = super().issue_new_wss_url()
        except Exception as error:
            self._tell(_code(error))
            self.disconnect()  # Slack wanted us to leave it; while it is there, nobody tries again
            raise
        self._why = ""
        return url

    def _tell(self, why: str) -> None:
        if why != self._why and self.current_session:
            log.error("no new connection", extra={"why": why})
        self._why = why


class _Ending:
    """A socket whose end is an error: the library takes it for silence, and asks on for ever."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket

    def recv(self, size: int) -> bytes:
        received: bytes = self._socket.recv(size) if self._socket.fileno() >= 0 else b""
        if not received:
            raise ConnectionResetError
        return received

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)


def _code(error: Exception) -> str:
    """What Slack calls it, else of which kind it is."""
    return code_of(error) or type(error).__name__
