"""The log: one JSON object a line, with an id people can name; no token, no text of anybody."""

from __future__ import annotations

import json
import logging
import re
import secrets
import sys
import traceback

LOG = logging.getLogger("klantvraag")
_SECRET = re.compile(r"\b(?:xox[a-z]|xapp|xwfp)-[\w-]+|(?<=ticket=)[\w-]+|(?<=hooks\.)\S+")


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The record; what looks like a secret is left out."""
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "from": record.name,
            "event": record.getMessage(),
            **getattr(record, "values", {}),
        }
        return _SECRET.sub("…", json.dumps(line, ensure_ascii=False))


def start_logging() -> None:
    """Everything of ours and of the libraries goes to standard error, in this form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for library in ("slack_bolt", "slack_sdk"):  # their warnings hold whole payloads
        logging.getLogger(library).setLevel(logging.CRITICAL)


def note(event: str, **values: str | int) -> None:
    """Log that something happened; `values` are ids and numbers."""
    LOG.info(event, extra={"values": values})


def failure(event: str, error: BaseException, **values: str) -> str:
    """Log what went wrong and where; return the id to tell people. What the error says stays out:
    it may quote what somebody wrote."""
    log_id = secrets.token_hex(4)
    where = [
        f"{frame.filename.rsplit('/bot/')[-1]}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    told = {"id": log_id, "error": type(error).__name__, "where": where[-6:], **values}
    LOG.error(event, extra={"values": told})
    return log_id
