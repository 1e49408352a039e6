"""HTTP mode: Slack comes to an address of ours, instead of a connection from us to Slack."""

from __future__ import annotations

import time
from threading import Thread

from waitress import create_server, wasyncore
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer

from bot.domain.problem import Problem
from bot.surfaces.slack.web import Web

SLOW = 10  # seconds in which a request has to be there as a whole
LOOK = 0.5  # seconds between two looks at who is slow, and whether to stop
LIMITS = {
    "threads": 4,  # measured: more only wait for each other, as no listener waits for Slack
    "max_request_body_size": 1_000_001,  # bytes it refuses, without reading them
    "max_request_header_size": 16_384,
    "inbuf_overflow": 2_000_000,  # no body gets as far as a file
    "connection_limit": 500,  # of the 1,024 files a process may have open
    "channel_timeout": SLOW,
    "cleanup_interval": 1,
    "ident": None,
}


class HttpServer:
    """Serves `web` at an address like 0.0.0.0:3000, on threads of its own, until drained."""

    def __init__(self, web: Web, address: str) -> None:
        self._web = web
        self._address = address
        self._sockets: dict[int, wasyncore.dispatcher] = {}
        self._begun: dict[HTTPRequestParser, float] = {}  # requests that are not there as a whole
        self._thread = Thread(target=self._run, name="HTTP", daemon=True)

    def connect(self) -> None:
        """Begin to serve. Raises Problem "no_address"."""
        try:
            self._server = create_server(self._web, self._sockets, listen=self._address, **LIMITS)
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise Problem("no_address", address=self._address, why=why) from None
        self._thread.start()

    @property
    def hears(self) -> bool:
        """Whether requests are taken."""
        return self._thread.is_alive() and not self._web.stopping

    def drain(self, patience: float) -> bool:
        """Take nothing new, answer what is under way, let go; whether that was in time."""
        self._web.stopping = True
        self._thread.join(patience)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._web.stopping:
            self._serve()
        for one in list(self._sockets.values()):
            if isinstance(one, BaseWSGIServer):
                wasyncore.dispatcher.close(one)  # its own also lets go of what answers need
        while any(one.requests or one.total_outbufs_len for one in self._channels()):
            self._serve()
        self._server.task_dispatcher.shutdown()
        wasyncore.close_all(self._sockets)

    def _serve(self) -> None:
        wasyncore.loop(LOOK, use_poll=True, map=self._sockets, count=1)
        self._cut_off_slow()

    def _cut_off_slow(self) -> None:
        """A byte now and then would hold a connection for ever: waitress only times silence."""
        now, channels = time.monotonic(), self._channels()
        self._begun = {
            one.request: self._begun.get(one.request, now) for one in channels if one.request
        }
        for one in channels:
            if now - self._begun.get(one.request, now) > SLOW:
                one.will_close = True

    def _channels(self) -> list[HTTPChannel]:
        return [one for one in self._sockets.values() if isinstance(one, HTTPChannel)]
