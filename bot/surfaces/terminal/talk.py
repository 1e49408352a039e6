"""Talking with a person at the terminal: what they type, and what it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.domain.problem import Problem
from bot.surfaces.terminal.console import Console
from bot.usecases.toolbox import Caller, Toolbox
from bot.wording.texts import Texts

T = TypeVar("T")

INDENT = 4


class Stopped(Exception):
    """The person wants to go on later."""


@dataclass(frozen=True)
class Talk:
    """One person at one terminal, in one language."""

    toolbox: Toolbox
    caller: Caller
    texts: Texts
    console: Console

    def typed(self, prompt: str = "", indent: int = INDENT) -> str:
        """Ask, and return what was typed. Raises Stopped or NoMoreInput."""
        said = self.console.ask(prompt, indent)
        if self.means(said, "quit_words"):
            raise Stopped
        return said

    def means(self, said: str, words: str) -> bool:
        """Whether what was typed is one of the words of this text."""
        return said.casefold() in self.texts.say(f"talk.{words}").split()

    def do(self, action: Callable[[], T]) -> T:
        """Keep something; when that fails at a keyboard, say why and try again, so that no typed
        word is lost."""
        while True:
            try:
                return action()
            except Problem as problem:
                if not self.console.typed:
                    raise
                self.console.say(self.texts.problem(problem), indent=INDENT)
                self.typed(self.texts.say("talk.try_again"))

    def one_of(self, prompt: str, choices: str, indent: int = INDENT) -> int | None:
        """Which of some words, or its first letter, was typed; None for nothing. Asks until so."""
        words = self.texts.say(choices).split()
        while True:
            said = self.typed(self.texts.say(prompt), indent).casefold()
            chosen = [n for n, word in enumerate(words) if said in (word, word[0])]
            if chosen or not said:
                return chosen[0] if chosen else None
            known = ", ".join(word[0] for word in words)
            unknown = self.texts.say("talk.unknown_choice", found=said, known=known)
            self.console.say(unknown, indent=indent)

    def yes(self, prompt: str, indent: int = INDENT) -> bool:
        """Whether the answer was yes."""
        return self.one_of(prompt, "talk.yes_no_words", indent) == 0
