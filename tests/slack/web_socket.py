"""A small WebSocket server that speaks Slack's envelopes to whoever connects."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import struct
import threading
from collections.abc import Iterable
from contextlib import suppress
from itertools import count
from queue import Queue
from typing import Any

MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA


class WebSocketServer:
    """Each connection gets Slack's hello; `acknowledged` are the answers to envelopes, in order.

    While `silent` no ping is answered.
    """

    def __init__(self) -> None:
        self.acknowledged: Queue[dict[str, Any]] = Queue()
        self.connected: Queue[int] = Queue()
        self.silent = False
        self._connections: list[socket.socket] = []
        self._numbers = count(1)
        self._listening = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self._listening.getsockname()[1]}/link?ticket=secret-ticket"

    def send(self, kind: str, payload: dict[str, Any]) -> str:
        """Send an envelope over the newest connection; returns its id."""
        envelope_id = f"envelope-{next(self._numbers)}"
        self.send_again(kind, payload, envelope_id)
        return envelope_id

    def send_again(self, kind: str, payload: dict[str, Any], envelope_id: str) -> None:
        self._tell({"type": kind, "envelope_id": envelope_id, "payload": payload})

    def disconnect(self) -> None:
        """As Slack does when it refreshes a connection."""
        self._tell({"type": "disconnect", "reason": "refresh_requested"})

    def drop(self) -> None:
        """End all connections without a word, as a proxy or a router does."""
        self._end(self._connections)

    def close(self) -> None:
        self._end([*self._connections, self._listening])

    @staticmethod
    def _end(sockets: Iterable[socket.socket]) -> None:
        for each in sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _tell(self, message: dict[str, Any]) -> None:
        self._connections[-1].sendall(_frame(TEXT, json.dumps(message).encode()))

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=[connection], daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError, EOFError), connection, connection.makefile("rb") as stream:
            headers = {}
            while line := stream.readline().strip():
                name, _, value = line.decode().partition(": ")
                headers[name.casefold()] = value
            accept = hashlib.sha1((headers["sec-websocket-key"] + MAGIC).encode()).digest()
            connection.sendall(
                b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Accept: " + base64.b64encode(accept) + b"\r\n\r\n"
            )
            self._connections.append(connection)
            self._tell({"type": "hello", "num_connections": 1})
            self.connected.put(len(self._connections))
            while True:
                self._hear(connection, *_read(stream))

    def _hear(self, connection: socket.socket, kind: int, data: bytes) -> None:
        if kind == PING and not self.silent:
            connection.sendall(_frame(PONG, data))
        elif kind == TEXT:
            self.acknowledged.put(json.loads(data))
        elif kind == CLOSE:
            raise EOFError


def _frame(kind: int, data: bytes) -> bytes:
    length = len(data)
    if length < 126:
        return struct.pack("!BB", 0x80 | kind, length) + data
    return struct.pack("!BBH", 0x80 | kind, 126, length) + data


def _read(stream: Any) -> tuple[int, bytes]:
    """One masked frame: its kind and what it holds."""
    start = stream.read(2)
    if len(start) < 2:
        raise EOFError
    kind, length = start[0] & 0x0F, start[1] & 0x7F
    if length == 126:
        (length,) = struct.unpack("!H", stream.read(2))
    elif length == 127:
        (length,) = struct.unpack("!Q", stream.read(8))
    mask, data = stream.read(4), stream.read(length)
    return kind, bytes(byte ^ mask[place % 4] for place, byte in enumerate(data))
