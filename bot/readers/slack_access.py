"""Access to Slack, from the variables that tell of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.domain.problem import Problem

SLACK_API = "https://slack.com/api/"


@dataclass(frozen=True)
class SlackAccess:
    """What opens a workspace: the bot's token, and where Slack is; the app's token for Socket Mode,
    or the secret by which over HTTP Slack is known."""

    bot_token: str = field(repr=False)
    api_url: str
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)


def read_slack_access(
    environment: Mapping[str, str | None], *, http: bool | None = None
) -> SlackAccess:
    """How to reach Slack: over HTTP, by Socket Mode, or None for either.

    Raises Problem "no_slack_token", "other_slack_token" or "no_signing_secret", which name the
    variable and no value, or "bad_slack_url".
    """
    secret = (environment.get("SLACK_SIGNING_SECRET") or "").strip()
    if http and not secret:
        raise Problem("no_signing_secret")
    either = http is None and secret
    return SlackAccess(
        bot_token=_token(environment, "SLACK_BOT_TOKEN", "xoxb-"),
        api_url=_address((environment.get("SLACK_API_URL") or SLACK_API).strip()),
        app_token="" if http or either else _token(environment, "SLACK_APP_TOKEN", "xapp-"),
        signing_secret=secret,
    )


def _token(environment: Mapping[str, str | None], name: str, start: str) -> str:
    token = (environment.get(name) or "").strip()
    if not token:
        raise Problem("no_slack_token", name=name, start=start)
    if not token.startswith(start):
        raise Problem("other_slack_token", name=name, start=start)
    return token


def _address(url: str) -> str:
    """A web address, ending in /."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # a port that is no number
        known = False
    if not known or len(url.split()) > 1:
        raise Problem("bad_slack_url", url=url)
    return url if url.endswith("/") else url + "/"
