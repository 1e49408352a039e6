"""All that `klantvraag slack` loads, before it is forked; see `processes`."""

from bot.readers.catalogue import read_prompts
from bot.surfaces.slack import http, process, socket
from bot.surfaces.terminal import check_up, slack_app

__all__ = ["check_up", "http", "process", "slack_app", "socket"]

read_prompts()  # ours are read once in a process
