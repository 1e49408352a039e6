"""What came by itself, in words for whoever runs klantvraag: when, where, why it was not told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from zoneinfo import ZoneInfo

from bot.domain.schedule import Occasion
from bot.usecases.check_schedules import ByItself, Standing
from bot.usecases.choose import OPT_IN
from bot.usecases.make_digest import SHARE
from bot.usecases.set_up_channel import INTRODUCTION
from bot.usecases.tell_changes import SETTINGS_CHANGE, TALK_CHANGE
from bot.usecases.tell_managers import PAGE
from bot.wording.texts import Texts

# What a message without a title is called, by the kind of its record.
CALLED = {
    INTRODUCTION: "slack.job.introduction",
    SHARE: "slack.job.share",
    SETTINGS_CHANGE: "slack.job.settings_change",
    Occasion.DIGEST: "slack.job.digest",
    Occasion.QUIET: "slack.job.quiet",
    OPT_IN: "slack.job.opt_in",
    Occasion.MANAGERS_DIGEST: "slack.job.managers_digest",
    PAGE: "slack.job.page",
    TALK_CHANGE: "slack.job.talk_change",
    Occasion.NEXT_WEEK: "slack.job.next_week",
}
WITHHELD = {"channel_shared", "recipient_gone", "recipient_not_ours"}  # reasons we have words for
MOST_PLACES = 5  # that are named


def _alike(one: ByItself) -> tuple[str, str, str]:
    """What is told in one sentence; how it was missed makes no difference."""
    withheld = one.standing is Standing.WITHHELD
    return one.standing, one.occasion, (one.reason or "") if withheld else ""


def _known(reason: str) -> str:
    return reason if reason in WITHHELD else "other"


class SchedulesTold:
    """Sentences in a language, with times in a zone."""

    def __init__(self, texts: Texts, zone: ZoneInfo) -> None:
        self._texts = texts
        self._zone = zone

    def one(self, one: ByItself) -> str:
        """Where one stands."""
        what = self._texts.say(CALLED[one.occasion])
        return self._texts.say(
            f"check.by_itself.{one.standing}",
            what=what,
            when=self._when(one),
            where=self._where(one),
        )

    def together(self, these: Sequence[ByItself]) -> Iterator[str]:
        """How often the same was not told, where, and when for the last time; or why it may not be
        told, since when, and what to do."""
        ordered = sorted(these, key=_alike)
        for (standing, occasion, reason), alike in groupby(ordered, _alike):
            found = sorted(alike, key=attrgetter("due_at"))
            places = sorted({self._where(one) for one in found})
            more = ["…"] if len(places) > MOST_PLACES else []
            yield self._texts.say(
                f"check.by_itself.{standing}",
                n=len(found),
                what=self._texts.say(CALLED[occasion]),
                where=", ".join([*places[:MOST_PLACES], *more]),
                when=self._when(found[0 if standing is Standing.WITHHELD else -1]),
                reason=self._texts.say(f"check.by_itself.why.{_known(reason)}", reason=reason),
                then=self._texts.say(f"check.by_itself.then.{_known(reason)}"),
            )

    def _when(self, one: ByItself) -> str:
        local = datetime.fromisoformat(one.due_at).astimezone(self._zone)
        day, clock = self._texts.short_day(local.date()), self._texts.clock(local.time())
        return f"{day} {clock}"

    def _where(self, one: ByItself) -> str:
        if one.channel is None:
            return self._texts.say("check.by_itself.person")
        return self._texts.say("check.by_itself.channel", channel=one.channel)
