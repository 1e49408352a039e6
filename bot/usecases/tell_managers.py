"""Tell managers: the figures of several channels that somebody subscribed to, when they are due."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.dates import period_of_code
from bot.domain.release import Released
from bot.domain.schedule import Every, Weekly
from bot.domain.view import ManagersDigestView
from bot.storage import jobs, occurrences, subscriptions
from bot.storage.claims import Job
from bot.storage.database import Session
from bot.storage.occurrences import Occurrence
from bot.storage.posted_messages import Posted
from bot.storage.subscriptions import Subscription
from bot.usecases import subscribe
from bot.usecases.make_managers_digest import make_managers_digest
from bot.usecases.settle_occurrence import LATE, is_no_news, occurrence_of
from bot.usecases.toolbox import Caller, Toolbox, Untold

PAGE = "page"  # the file below a digest among records that are shown; its id is the occurrence's
STOPPED = "stopped"
TOO_SMALL = "too_small"  # nothing of it may be shown
_NAMED = 8  # characters of an occurrence's id that tell two pages of a period apart


@dataclass(frozen=True)
class SubscribedDigest:
    """A digest with who gets it: everybody in its channel, or (not `everybody`) one person.

    `subscription` is our id. `first`: none was told before it, so it comes however little it says.
    """

    digest: ManagersDigestView
    subscription: str
    everybody: bool
    every: Every
    moment: Weekly
    first: bool

    @property
    def language(self) -> str:
        """The language of who gets it."""
        return self.digest.language


@dataclass(frozen=True)
class PageView:
    """The same as a page, in a file of this name."""

    digest: ManagersDigestView
    name: str
    everybody: bool

    @property
    def language(self) -> str:
        """The language of who gets it."""
        return self.digest.language


def view_of_managers_digest(toolbox: Toolbox, job: Job) -> SubscribedDigest:
    """What may be told now, of the channels that take part now.

    Raises Untold where it was stopped meanwhile, or where nothing may be shown and that was said
    before.
    """
    with toolbox.database.write(job.workspace_id) as session:
        occurrence, subscription = _found(session, job)
        subscribe.ask(session, job.surface, subscription, toolbox.now())
        first = not occurrences.told_before(session, occurrence)
    digest = _digest(toolbox, job, occurrence, subscription)
    if digest.released == Released() and not first:
        raise Untold(TOO_SMALL, nothing=True)
    return SubscribedDigest(
        digest,
        subscription.id,
        everybody=bool(subscription.channel_id),
        every=subscription.every,
        moment=subscription.moment,
        first=first,
    )


def view_of_page(toolbox: Toolbox, job: Job) -> PageView:
    """The page of a digest that was posted. Raises Untold where it shows nothing, or is no news."""
    with toolbox.database.read(job.workspace_id) as session:
        occurrence, subscription = _found(session, job)
    if is_no_news(toolbox, occurrence):
        raise Untold(LATE)
    digest = _digest(toolbox, job, occurrence, subscription)
    if digest.released == Released():
        raise Untold(TOO_SMALL, nothing=True)
    name = f"klantvraag-{occurrence.period}-{occurrence.id[:_NAMED]}.html"
    return PageView(digest, name, everybody=bool(subscription.channel_id))


def follow(session: Session, job: Job, view: object, shown: Posted, now: str) -> None:
    """Have its page follow a digest that was posted just now; nothing follows anything else.

    Where the digest was there already, its page may be.
    """
    if not isinstance(view, SubscribedDigest) or view.digest.released == Released():
        return
    jobs.bring(session, job.surface, PAGE, job.record_id, job.recipient_id, now)
    if shown.in_doubt:
        jobs.doubt(session, PAGE, job.record_id, now)


def _found(session: Session, job: Job) -> tuple[Occurrence, Subscription]:
    occurrence = occurrence_of(session, job.record_id)
    found = subscriptions.find(session, occurrence.target)
    if found is None:
        raise LookupError(job.record_id)
    if found.stopped_at:
        raise Untold(STOPPED, nothing=True)
    return occurrence, found


def _digest(
    toolbox: Toolbox, job: Job, occurrence: Occurrence, one: Subscription
) -> ManagersDigestView:
    with toolbox.database.read(job.workspace_id) as session:
        scope, language = subscribe.scope_of(session, one), subscribe.language_of(session, one)
    caller = Caller(job.surface, job.tenant, "", "")
    return make_managers_digest(toolbox, caller, period_of_code(occurrence.period), scope, language)
