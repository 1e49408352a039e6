"""Socket Mode: a connection out to Slack, over which everything comes in; no address is needed."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Condition, Event

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.domain.problem import Problem

PING = 10  # seconds
STALE = 4 * PING  # without a pong for so long a connection is dead, whatever it says
HEART_BEAT = 10.0


class Socket:
    """Hands what Slack sends to the app, until it is drained."""

    def __init__(self, app: App, app_token: str, client: WebClient) -> None:
        self._app = app
        self._client = SocketModeClient(app_token, web_client=client, ping_interval=PING)
        self._client.socket_mode_request_listeners.append(self._take)
        self._idle = Condition()
        self._busy = 0
        self._stopping = False

    def connect(self) -> None:
        """Begin to listen; lost connections come back by themselves.

        Raises Problem "slack_refused" or "no_slack".
        """
        try:
            self._client.connect()
        except SlackApiError as error:
            raise Problem("slack_refused", why=str(error.response.get("error"))) from None
        except OSError as error:
            where = self._client.web_client.base_url
            raise Problem("no_slack", url=where, why=str(error)) from None

    @property
    def hears(self) -> bool:
        """Whether Slack reaches us: an open connection that answers."""
        session = self._client.current_session
        if session is None or not self._client.is_connected():
            return False
        pong = session.last_ping_pong_time
        return pong is None or time.time() - pong < STALE

    def listen(self, stop: Event, beat: Callable[[bool], None]) -> None:
        """Stay until `stop`; every ten seconds tell whether we hear."""
        while True:
            beat(self.hears)
            if stop.wait(HEART_BEAT):
                return

    def drain(self, patience: float) -> bool:
        """Take nothing new, finish what is under way, let go; whether that was in time."""
        with self._idle:
            self._stopping = True
            drained = self._idle.wait_for(lambda: self._busy == 0, patience)
        if drained:
            self._client.close()
        return drained

    def _take(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        """What comes while we stop is not acknowledged, so that Slack gives it to another."""
        with self._idle:
            if self._stopping:
                return
            self._busy += 1
        try:
            send_response(client, request, run_bolt_app(self._app, request), time.time())
        finally:
            with self._idle:
                self._busy -= 1
                self._idle.notify_all()
