"""What every use case works with, and on whose behalf; put together by app."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from bot.config import Config
from bot.readers.catalogue import Prompts
from bot.storage import deliveries
from bot.storage.database import Database, Session
from bot.usecases.recognise import Recognisers


@dataclass(frozen=True)
class Caller:
    """Who asks, and from where: the platform's own names, mapped to our ids inside.

    `delivery` names what the platform delivered and may deliver again, None where it can't; what it
    writes is written once.
    """

    platform: str
    tenant: str
    channel: str
    person: str
    delivery: str | None = None


class Repeated(Exception):
    """What a delivery asked for was done the first time it came."""


class Untold(Exception):
    """What was to be shown is not, or not any more; `reason` is a code.

    `nothing`: there is nothing to tell, so nobody misses it.
    """

    def __init__(self, reason: str, *, nothing: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.nothing = nothing


@dataclass(frozen=True)
class Toolbox:
    """Configuration, prompts, the clock (aware instants) and the database, opened on first use."""

    config: Config
    prompts: Prompts
    clock: Callable[[], datetime]

    @cached_property
    def database(self) -> Database:
        """The database of this installation. Raises Problem when it can't be opened."""
        return Database(self.config.database)

    @cached_property
    def recognisers(self) -> Recognisers:
        """What hears the customer in texts."""
        return Recognisers(self.prompts)

    def close(self) -> None:
        """Let go of the database, if it was opened at all."""
        if "database" in self.__dict__:
            self.database.close()

    def now(self, later: float = 0) -> str:
        """This instant, or one some seconds later, as it is stored: UTC, ISO 8601."""
        return as_kept(self.clock() + timedelta(seconds=later))

    def today(self) -> date:
        """The local day."""
        return self.clock().astimezone(self.config.zone).date()

    @contextmanager
    def read(self, caller: Caller) -> Iterator[Session]:
        """A reading session in the caller's workspace."""
        with self.database.read(self._workspace(caller)) as session:
            yield session

    @contextmanager
    def write(self, caller: Caller) -> Iterator[Session]:
        """A writing session in the caller's workspace: all of it is kept, or nothing.

        Raises Repeated when this delivery wrote before.
        """
        with self.database.write(self._workspace(caller)) as session:
            if caller.delivery and not deliveries.first(session, caller.delivery, self.now()):
                raise Repeated
            yield session

    def once(self, caller: Caller) -> None:
        """Count a delivery that writes nothing by itself. Raises Repeated when it came before."""
        with self.write(caller):
            pass

    def _workspace(self, caller: Caller) -> str:
        return self.database.workspace(caller.platform, caller.tenant, self.now)


def as_kept(instant: datetime) -> str:
    """An instant as it is stored: UTC, ISO 8601."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds")
