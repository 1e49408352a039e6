"""How many messages it takes to show 2,000 answers that come in bursts, in 50 channels."""

from __future__ import annotations

import random
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from bot.config import read_config
from bot.domain.answer import Answer, Certainty
from bot.domain.customer import ChannelSettings, CustomerWords
from bot.readers.catalogue import read_prompts
from bot.storage import jobs
from bot.storage.jobs import JobState
from bot.surfaces.clock import Clock
from bot.surfaces.slack.sender import Sender, client
from bot.usecases import deliver, prepare_meeting, run_meeting
from bot.usecases.show_meeting import MEETING
from bot.usecases.toolbox import Caller, Toolbox
from tests.agendas import agenda
from tests.bench.ratio import Ratio
from tests.slack.conftest import TOKEN, render
from tests.slack.sending import NAP, fast
from tests.slack.stand_in import StandIn

AGENDAS, BURSTS, OF_A_BURST = 50, 50, 40
APART = 0.1  # seconds between two bursts; the bot's clock runs eight times as fast
PATIENCE = 120.0
SETTINGS = ChannelSettings(
    "nl", {"nl": CustomerWords("de huurder"), "en": CustomerWords("the tenant")}
)


def messages_of_a_burst() -> Iterator[Ratio]:
    """Raises AssertionError when an answer is not shown in the end."""
    with tempfile.TemporaryDirectory() as folder, closing(StandIn(time.time)) as slack:
        config = replace(read_config(), database=Path(folder) / "klantvraag.db")
        toolbox = Toolbox(config, read_prompts(), fast(time.time()))
        sender = Sender(lambda _: client(TOKEN, slack.url), toolbox, render)
        nap = threading.Event()
        clock = Clock(toolbox, sender.post, "slack", lambda _: nap.wait(NAP))
        items = _posted(toolbox, slack)
        clock.start()
        _wait(toolbox)
        before = len(slack.calls)
        given = _answer(toolbox, items)
        _wait(toolbox)
        clock.stop(PATIENCE)
        sent = len(slack.calls) - before
        _check_shown(slack, given)
        toolbox.close()
    answers = sum(given.values())
    yield Ratio("messages sent / answers, bursts in 50 agendas", sent, answers, "times", most=0.1)


def _posted(toolbox: Toolbox, slack: StandIn) -> list[tuple[Caller, str]]:
    """Who answers where, and the item: one of each agenda."""
    found = []
    for number in range(AGENDAS):
        slack.channel(f"C{number}")
        slack.members.add(f"C{number}")
        caller = Caller("slack", "T1", f"C{number}", "U1")
        with toolbox.write(caller) as session:
            view = prepare_meeting.keep(session, toolbox, caller, agenda("Tarieven"), SETTINGS)
            deliver.show(session, "slack", MEETING, view.id or "", toolbox.now())
        found.append((caller, view.items[0].id or ""))
    return found


def _answer(toolbox: Toolbox, items: list[tuple[Caller, str]]) -> Counter[str]:
    """Bursts, each in one agenda, drawn by lot; how many answers each channel got."""
    lot, given = random.Random(5), Counter[str]()
    for _ in range(BURSTS):
        caller, item_id = lot.choice(items)
        for _ in range(OF_A_BURST):
            words = f"antwoord {given[caller.channel]}."
            run_meeting.answer(toolbox, caller, item_id, Answer(words, Certainty.KNOW))
            given[caller.channel] += 1
        time.sleep(APART)
    return given


def _wait(toolbox: Toolbox) -> None:
    """Until nothing is due or under way."""
    end = time.monotonic() + PATIENCE
    here = Caller("slack", "T1", "", "")
    while time.monotonic() < end:
        with toolbox.read(here) as session:
            if not any(jobs.of_state(session, s) for s in (JobState.DUE, JobState.SENDING)):
                return
        time.sleep(0.05)
    raise AssertionError("not all was sent")


def _check_shown(slack: StandIn, given: Counter[str]) -> None:
    for channel, answers in given.items():
        shown = "".join(message["text"] for message in slack.messages(channel))
        missing = [n for n in range(answers) if f"antwoord {n}." not in shown]
        assert not missing, f"{channel} does not show {missing}"
