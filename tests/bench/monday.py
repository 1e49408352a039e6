"""`klantvraag slack --http` whose clock comes to a moment when it is told; for `due_together`."""

from __future__ import annotations

import json
import signal
import sys
import threading
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.config import read_config
from bot.readers.catalogue import read_prompts
from bot.readers.slack_access import SlackAccess
from bot.surfaces.clock import Clock
from bot.surfaces.slack import journal, process
from bot.usecases.toolbox import Toolbox
from tests.slack.people import SECRET


def main() -> None:
    """Its clock shows `moment` (ISO 8601) when the machine's shows `at` (seconds)."""
    values = json.loads(sys.argv[1])
    moment, at = datetime.fromisoformat(values["moment"]), values["at"]
    config = replace(read_config(), database=Path(values["database"]))
    toolbox = Toolbox(config, read_prompts(), lambda: moment + timedelta(seconds=time.time() - at))
    access = SlackAccess("xoxb-test", values["slack"], signing_secret=SECRET)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    journal.start_logging()
    process.work(toolbox, access, Clock, stop, lambda _: None, values["address"])


if __name__ == "__main__":
    main()
