"""10,000 messages of talk, counted on one core: how long that takes, and what stays in memory.

They are our own labelled sentences (tests/data/mentions), each with a number so that no two are
the same, in twenty channels, through the real app into a file with synchronous = FULL.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from slack_bolt import BoltRequest

from bot.config import read_config
from bot.readers.catalogue import read_prompts
from bot.storage import channels, talk_days
from bot.surfaces.slack.received import PLATFORM
from bot.usecases import deliver, set_up_channel
from bot.usecases.toolbox import Caller, Toolbox
from tests.bench.ratio import Ratio
from tests.conftest import Clock
from tests.mention_scores import HALVES, half, sentences
from tests.slack.office import office_of
from tests.slack.people import Office
from tests.slack.workspace import TEAM

ROOT = Path(__file__).parents[2]
BEFORE, MESSAGES, CHANNELS = 5_000, 10_000, 20  # BEFORE: while words and pages are met first
MINUTE = 60_000.0  # milliseconds
GROWTH = 2.0  # megabytes


def of_a_minute() -> Iterator[Ratio]:
    """In a process of its own that has one core; it fails where a message was not counted.

    By that process's own clock: others may have the same core.
    """
    script = "from tests.bench import hear_talk as it; print(*it.measured())"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    took, before, after = map(float, done.stdout.split())
    yield Ratio("10,000 messages of talk counted / a minute, one core", took, MINUTE, most=1)
    name = "memory after 10,000 messages of talk / before"
    yield Ratio(name, after, before, "MB", most=1 + GROWTH / before)


def measured() -> tuple[float, float, float]:
    """(milliseconds for the messages, megabytes before, megabytes after)."""
    with tempfile.TemporaryDirectory() as folder:
        config = replace(read_config(), database=Path(folder) / "klantvraag.db")
        clock = Clock()
        toolbox = Toolbox(config, read_prompts(), clock)
        with office_of(toolbox, clock) as office:
            _counting(office)
            os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:1])
            said = _messages()
            for body in islice(said, BEFORE):
                _hear(office, body)
            before, begin = _resident(), time.process_time()
            for body in said:
                _hear(office, body)
            took, after = (time.process_time() - begin) * 1000, _resident()
        assert _counted(toolbox) == BEFORE + MESSAGES, _counted(toolbox)
        toolbox.close()
    return took, before, after


def _counting(office: Office) -> None:
    """Channels that chose to have their talk counted, and were told."""
    toolbox = office.toolbox
    for number in range(CHANNELS):
        caller = Caller(PLATFORM, TEAM, f"C{number}", "UFATIMA")
        office.slack.invite(caller.channel)
        settings = toolbox.config.settings("", toolbox.prompts.customers, None, "housing")
        set_up_channel.change_settings(toolbox, caller, replace(settings, talk=True))
    while due := deliver.next_delivery(toolbox, PLATFORM):
        office.sender.post(due)
        office.clock.later(seconds=1)


def _messages() -> Iterator[dict[str, Any]]:
    """Half of them Dutch, half English."""
    texts = [it.text for language in ("nl", "en") for of in HALVES for it in _half(language, of)]
    for number, text in enumerate(islice(cycle(texts), BEFORE + MESSAGES)):
        said = {
            "type": "message",
            "channel": f"C{number % CHANNELS}",
            "user": f"U{number % 400}",
            "text": f"{text} (woord{number})",
            "ts": f"1795510800.{number:06d}",
        }
        body = {"type": "event_callback", "team_id": TEAM, "event_id": f"EvTalk{number}"}
        yield body | {"event": said}


def _half(language: str, name: str) -> Any:
    return sentences(half(language, name))


def _hear(office: Office, body: dict[str, Any]) -> None:
    response = office.app.dispatch(BoltRequest(mode="socket_mode", body=body))
    assert response.status == 200, response.body


def _counted(toolbox: Toolbox) -> int:
    day = toolbox.today()
    with toolbox.read(Caller(PLATFORM, TEAM, "", "")) as session:
        ids = [channels.find(session, PLATFORM, f"C{n}") or "" for n in range(CHANNELS)]
        return sum(talk_days.count(session, each, day, day)[0] for each in ids)


def _resident() -> float:
    """Megabytes this process holds, as Linux tells."""
    status = Path("/proc/self/status").read_text("ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(line.split()[1]) / 1024
