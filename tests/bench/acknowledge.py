"""How soon and how often deliveries are acknowledged, against Bolt apps that only acknowledge.

What comes after the ack, such as opening a form, waits until a round is over. The answers are real
forms, of items of posted agendas; the file is written with synchronous = FULL.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count, cycle
from pathlib import Path
from typing import Any

from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult

from bot.config import read_config
from bot.readers.catalogue import read_prompts
from bot.surfaces.slack.names import Action, Command, Form
from bot.usecases.toolbox import Toolbox
from tests.bench.ratio import Ratio
from tests.conftest import Clock
from tests.slack.office import office_of
from tests.slack.people import SECRET, Office, Person
from tests.slack.workspace import TEAM

ROUNDS = 5
REQUESTS = {1: 200, 32: 2_000}  # of a round, by the number of callers
AGENDAS, ITEMS = 20, 8

Body = dict[str, Any]
Line = Callable[[Any], None]  # hands a delivery over and returns when it is acknowledged
numbers = count(1)


@dataclass
class Measured:
    """Requests a second of each round, and how many milliseconds each request took."""

    rates: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.times, n=100)[-1]


def against_bare_bolt() -> Iterator[Ratio]:
    with tempfile.TemporaryDirectory() as folder, office_in(Path(folder)) as office:
        answers = cycle(submissions(office))
        apps = {"ours": office.app, "default": bare(early=False), "early": bare(early=True)}
        lines = {name: partial(_dispatch, app) for name, app in apps.items()}
        yield from compare("answer stored, then acked", lines, lambda: answer(next(answers)))
        yield from compare("/klantvraag acked", lines, command)


def compare(
    name: str,
    lines: Mapping[str, Line],
    delivery: Callable[[], Any],
) -> Iterator[Ratio]:
    """`lines` are "ours", and bare Bolt as "default" and "early"."""
    for callers in REQUESTS:
        found = _measure(lines, delivery, callers)
        ours, bare, early = found["ours"], found["default"], found["early"]
        what = f"{name}, {callers} caller{'s'[: callers > 1]}"
        least = 10.0 if callers == 1 else 0.5
        yield Ratio(f"{what} / bare Bolt", ours.rate, bare.rate, "req/s", least=least)
        if callers > 1:
            yield Ratio(f"{what}, p99 / bare Bolt", ours.p99, bare.p99, most=5)
        yield Ratio(f"{what} / process_before_response", ours.rate, early.rate, "req/s")


def _measure(
    lines: Mapping[str, Line],
    delivery: Callable[[], Any],
    callers: int,
) -> dict[str, Measured]:
    """Round after round in turns; the first one does not count."""
    found = {name: Measured() for name in lines}
    with ThreadPoolExecutor(callers) as pool:
        for turn in range(ROUNDS + 1):
            for name, line in lines.items():
                deliveries = [delivery() for _ in range(REQUESTS[callers])]
                begin = time.perf_counter()
                times = list(pool.map(partial(_timed, line), deliveries))
                if turn:
                    found[name].rates.append(len(deliveries) / (time.perf_counter() - begin))
                    found[name].times += times
    return found


def _timed(line: Line, delivery: Any) -> float:
    """How many milliseconds it took."""
    begin = time.perf_counter()
    line(delivery)
    return (time.perf_counter() - begin) * 1000


def _dispatch(app: App, body: Body) -> None:
    response = app.dispatch(BoltRequest(mode="socket_mode", body=body))
    assert response.status == 200, (response.status, response.body)
    assert not response.body, response.body  # a form that was refused stays open


@contextmanager
def office_in(folder: Path) -> Iterator[Office]:
    clock = Clock()
    config = replace(read_config(), database=folder / "klantvraag.db")
    toolbox = Toolbox(config, read_prompts(), clock)
    with office_of(toolbox, clock) as office:
        yield office
    toolbox.close()


def submissions(office: Office) -> list[Body]:
    """A filled in form for each item of posted agendas."""
    fatima = Person(office, "UFATIMA")
    for number in range(AGENDAS):
        items = [f"{place}. Tarieven wijk {number} {place}" for place in range(1, ITEMS + 1)]
        fatima.types("\n".join([f"Overleg {number}", *items]))
        fatima.fills_in()
    return [_submission(fatima, name) for name in _buttons(office)]


def _submission(person: Person, button: str) -> Body:
    person.presses("Antwoord", of=button)
    return person.submission(text="Minder gedoe: één formulier in plaats van drie.")


def _buttons(office: Office) -> list[str]:
    return [
        element["action_id"]
        for message in office.slack.messages("C1")
        for block in message["blocks"]
        for element in [*block.get("elements", ()), block.get("accessory", {})]
        if element.get("action_id", "").startswith(f"{Action.ANSWER}:")
    ]


def answer(submission: Body) -> Body:
    """The same form, filled in by another person at another time."""
    number = next(numbers)
    view = {**submission["view"], "id": f"VB{number}"}
    return {**submission, "user": {"id": f"U{number % 50}"}, "view": view}


def command() -> Body:
    return {
        "command": Command.KLANTVRAAG,
        "text": "",
        "team_id": TEAM,
        "channel_id": "C1",
        "user_id": "UFATIMA",
        "trigger_id": f"bench.{next(numbers)}",
    }


def bare(*, early: bool) -> App:
    """An app whose handlers only acknowledge; `early`: with process_before_response."""

    def only_ack(ack: Callable[[], object]) -> None:
        ack()

    def authorize(**_: object) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_token="xoxb-test")

    app = App(
        process_before_response=early,
        token_verification_enabled=False,
        authorize=authorize,
        signing_secret=SECRET,
    )
    app.view(Form.ANSWER)(only_ack)
    app.command(Command.KLANTVRAAG)(only_ack)
    return app
