"""Refusals: what it means for a message when Slack, or the way there, says no."""

from __future__ import annotations

import re
import socket
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

from bot.usecases.delivery import Busy, Ended, Later, Outcome

BAD_BLOCKS = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"}
GONE = {"message_not_found", "thread_not_found"}
SHUT_OUT = {  # about our token, not about any message
    "not_authed",
    "invalid_auth",
    "account_inactive",
    "token_expired",
    "token_revoked",
    "missing_scope",
    "no_permission",
    "not_allowed_token_type",
    "org_login_required",
    "team_access_not_granted",
    "ekm_access_denied",
}
POST = "chat.postMessage"  # limited for each channel; all else is for the whole workspace
HICCUPS = {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
NEVER_SENT = (ConnectionRefusedError, socket.gaierror)


def meaning(error: SlackApiError, *, posting: bool, in_doubt: bool) -> Outcome:
    """What it means for a record that Slack refused a request of ours.

    `posting`: the request may have made a message; `in_doubt`: an earlier one may have.
    """
    code, response = code_of(error), error.response
    if response.status_code == 429 or code in {"ratelimited", "rate_limited"}:
        seconds = float(response.headers.get("Retry-After") or 1)
        return Busy(seconds, not str(response.api_url).endswith(POST), in_doubt)
    if response.status_code >= 500 or code in HICCUPS or not re.fullmatch("[a-z_]+", code):
        return Later(in_doubt or posting)
    if code in SHUT_OUT:
        return Later(in_doubt, code)
    return Ended(code, in_doubt)


def was_never_sent(error: Exception) -> bool:
    """Whether Slack can't have heard a request that failed so."""
    reason = error.reason if isinstance(error, URLError) else error
    return isinstance(reason, NEVER_SENT)


def code_of(error: Exception) -> str:
    """Slack's word for what is wrong; empty where it said none."""
    data = error.response.data if isinstance(error, SlackApiError) else None
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def pointers(error: SlackApiError) -> list[str]:
    """Where in the blocks Slack finds fault."""
    told = (error.response.get("response_metadata") or {}).get("messages") or []
    return re.findall(r"json-pointer:([\w/]+)", " ".join(map(str, told)))
