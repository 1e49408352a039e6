"""Whether Slack lets us in, and what we may do there; what is wrong with it as one Problem."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

from bot.domain.problem import Problem
from bot.surfaces.slack.manifest import OPTIONAL, REQUIRED
from bot.surfaces.slack.refusals import HICCUPS, code_of

SOCKET_SCOPE = "connections:write"

log = logging.getLogger(__name__)


def refusal(error: SlackApiError | OSError, url: str) -> Problem:
    """Why Slack at `url` does not let us in.

    "slack_refused" and "app_token_scope" need a person, "slack_hiccup" and "no_slack" may pass.
    """
    if isinstance(error, OSError):
        return Problem("no_slack", url=url, why=_reason(error))
    response, code = error.response, code_of(error)
    if not re.fullmatch("[a-z_]+", code):
        return Problem("no_slack", url=url, why=f"HTTP {response.status_code}")
    if response.status_code >= 429 or code in HICCUPS | {"ratelimited"}:
        return Problem("slack_hiccup", why=code)
    if code == "missing_scope":  # nothing we ask on the way in needs a scope of the bot's
        return Problem("app_token_scope", scope=SOCKET_SCOPE)
    return Problem("slack_refused", why=code)


def demand(scopes: Collection[str]) -> None:
    """Raise Problem "bot_scopes" where the bot may not do what it can't work without.

    Without any scope Slack did not tell, and nothing is known.
    """
    missing = [scope for scope in REQUIRED if scope not in scopes]
    if scopes and missing:
        raise Problem("bot_scopes", scopes=", ".join(missing))


def tell_missing(scopes: Collection[str]) -> None:
    """Log what the bot can't do, for each optional scope it was not given."""
    for scope, purpose in OPTIONAL.items():
        if scope not in scopes:
            log.warning("scope missing", extra={"scope": scope, "without": purpose})


def _reason(error: OSError) -> str:
    """In the words of the system: "Connection refused"."""
    reason = error.reason if isinstance(error, URLError) else error
    return str(getattr(reason, "strerror", None) or reason)
