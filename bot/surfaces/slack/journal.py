"""The log: one JSON object a line, with an id people can name; no token, no text of anybody."""

from __future__ import annotations

import json
import logging
import re
import secrets
import sys
import traceback
from collections.abc import Mapping
from typing import TextIO

from bot.domain.problem import Problem

LOG = logging.getLogger(__name__)
LIBRARIES = ("slack_bolt", "slack_sdk", "waitress")  # they log what was sent to us
_SECRET = re.compile(r"\b(?:xox[a-z]|xapp|xwfp)-[\w-]+|(?<=ticket=)[\w-]+|(?<=hooks\.)\S+")
_OWN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """A record as one line of JSON, with what it was given as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        """The record; what looks like a secret is left out."""
        extra = {key: value for key, value in vars(record).items() if key not in _OWN}
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "from": record.name,
            "event": record.getMessage(),
            **extra,
            **(_origin(record.exc_info[1]) if record.exc_info and record.exc_info[1] else {}),
        }
        return json.dumps(_redacted(line), ensure_ascii=False)


def start_logging(stream: TextIO | None = None) -> None:
    """Everything but what these libraries say goes to standard error, in this form.

    They give each of their loggers a level of its own, so it is the handler that passes them by.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    handler.addFilter(lambda record: record.name.partition(".")[0] not in LIBRARIES)
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def failure(event: str, error: BaseException, **values: str) -> str:
    """Log what went wrong and where; return the id to tell people."""
    log_id = secrets.token_hex(4)
    LOG.error(event, extra={"id": log_id, **values, **_origin(error)})
    return log_id


def _redacted(value: object) -> object:
    """A value without what looks like a secret; what JSON does not know as its text."""
    if isinstance(value, Mapping):
        return {str(key): _redacted(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_redacted(each) for each in value]
    return value if isinstance(value, int | float | None) else _SECRET.sub("…", str(value))


def _origin(error: BaseException) -> dict[str, object]:
    """Of which kind, and where. What an error says stays out: it may quote what people wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{frame.filename.rsplit('/bot/')[-1]}:{frame.lineno}" for frame in frames]
    code = {"code": error.code} if isinstance(error, Problem) else {}
    return {"error": type(error).__name__, **code, "where": where[-6:]}
