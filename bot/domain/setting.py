"""What may be set in a channel, and what a change of it was: from what to what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.customer import ChannelSettings
from bot.domain.language import FALLBACK_LANGUAGE

ALL, CHOSEN = "all", "chosen"  # what a subscription is over, where it is no level


class Setting(StrEnum):
    """In the order people meet them. KEEPER is who may change them, SUBSCRIPTION a digest over
    several channels that comes here."""

    CUSTOMER = "customer"
    PROMISE = "promise"
    ACCOUNTS = "accounts"
    QUESTIONS = "questions"
    LANGUAGE = "language"
    LEVEL = "level"
    PROCEDURAL = "procedural"
    DIGEST = "digest"
    TALK = "talk"
    OUTSIDE = "outside"
    SUBSCRIPTION = "subscription"
    KEEPER = "keeper"


@dataclass(frozen=True)
class Change:
    """A setting that became another; empty where nothing was or is set.

    Words as people chose them, numbers and codes as text; a keeper by our id of the person.
    Of accounts it is told how many there are: their names may be those of people. A subscription is
    "week 1 09:00 Europe/Amsterdam tactical", with what it is over at its end; older ones without.
    """

    setting: Setting
    before: str
    after: str


def changes(before: ChannelSettings, after: ChannelSettings) -> list[Change]:
    """What a channel set otherwise, in the language it has now."""
    language = after.language or FALLBACK_LANGUAGE
    old, new = _values(before, language), _values(after, language)
    changed = {name for name in new if old[name] != new[name]}
    if set(before.accounts) != set(after.accounts):
        changed.add(Setting.ACCOUNTS)  # also when there are as many
    return [Change(name, old[name], new[name]) for name in new if name in changed]


def _values(settings: ChannelSettings, language: str) -> dict[Setting, str]:
    promises = settings.promise
    return {
        Setting.CUSTOMER: settings.customer[language].one,
        Setting.PROMISE: promises.get(language) or next(iter(promises.values()), ""),
        Setting.ACCOUNTS: str(len(settings.accounts) or ""),
        Setting.QUESTIONS: str(settings.questions),
        Setting.LANGUAGE: settings.language or "",
        Setting.LEVEL: settings.level or "",
        Setting.PROCEDURAL: "yes" if settings.procedural else "",
        Setting.DIGEST: settings.digest.code if settings.digest else "",
        Setting.TALK: "yes" if settings.talk else "",
        Setting.OUTSIDE: "yes" if settings.outside else "",
    }
