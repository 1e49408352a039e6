"""Who is Slack and who only says so: the signature of a request, its age, and that it is new."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from threading import Lock

from slack_sdk.signature import Clock, SignatureVerifier

AGE = 300  # seconds, before or after now, that Slack's library admits
_AT = re.compile("[0-9]{1,11}")
_SIGNATURE = re.compile("v0=[0-9a-f]{64}")  # the library can't compare what is not ASCII


class Signatures:
    """Knows by `secret` what Slack signed, and what it saw before.

    Slack signs anew, with the time, whenever it delivers something again; the same signature a
    second time is somebody else's. `now` gives Unix seconds.
    """

    def __init__(self, secret: str, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._verifier = SignatureVerifier(secret, _Clock(now))
        self._seen: dict[str, int] = {}  # when they were made, by signature
        self._lock = Lock()

    def objection(self, body: str, at: str, signature: str) -> str:
        """Why this is not to be heard, in a word for the log; empty when it is."""
        if not (_AT.fullmatch(at) and _SIGNATURE.fullmatch(signature)):
            return "not signed"
        if abs(self._now() - int(at)) > AGE:
            return "age"
        if not self._verifier.is_valid(body, at, signature):
            return "signature"
        return "" if self._first(signature, int(at)) else "replay"

    def forget(self, signature: str) -> None:
        """It came to nothing: the same request may come again."""
        with self._lock:
            self._seen.pop(signature, None)

    def _first(self, signature: str, at: int) -> bool:
        now = self._now()
        with self._lock:
            while self._seen and now - next(iter(self._seen.values())) > AGE:
                self._seen.pop(next(iter(self._seen)))
            first = signature not in self._seen
            self._seen[signature] = at
            return first


class _Clock(Clock):
    def __init__(self, now: Callable[[], float]) -> None:
        self._time = now

    def now(self) -> float:
        return self._time()
