"""A meeting held in the terminal: item by item, every answer kept the moment it is typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from bot.domain.answer import Answer, Certainty, Standing
from bot.domain.choice import Choice, Reason
from bot.domain.problem import Problem
from bot.domain.view import ItemView, MeetingView
from bot.surfaces.terminal.console import Console, NoMoreInput
from bot.usecases import run_meeting
from bot.usecases.show_meeting import show
from bot.usecases.toolbox import Caller, Toolbox
from bot.wording import plain
from bot.wording.plain import Line, Role
from bot.wording.texts import Texts

T = TypeVar("T")

INDENT = 4
MODEST = Certainty.ASSUME  # what an answer is kept with until somebody says otherwise


class Stopped(Exception):
    """The person wants to go on later."""


class Conversation:
    """Asks the questions of one meeting and keeps what is said."""

    def __init__(
        self, toolbox: Toolbox, caller: Caller, texts: Texts, console: Console, meeting_id: str
    ) -> None:
        self.toolbox, self.caller = toolbox, caller
        self.texts, self.console = texts, console
        self.meeting_id = meeting_id

    def hold(self, resume: str, *, reopened: bool = False) -> MeetingView:
        """Hold the meeting until it is closed or left; `resume` is the command to go on with.

        One that was interrupted goes on with every question nobody answered; a reopened one only
        with items nobody answered, because the others were left so.
        """
        try:
            self._ask_all(self._view(), reopened=reopened)
            self._finish()
        except (Stopped, NoMoreInput):
            self.console.say(self.texts.say("talk.left_open"))
            self.console.show([Line(resume, Role.COMMAND, 2)])
        return self._view()

    def _view(self) -> MeetingView:
        return show(self.toolbox, self.caller, self.meeting_id)

    def _ask_all(self, view: MeetingView, *, reopened: bool) -> None:
        if any(item.answers for item in view.items):
            self.console.say(self.texts.say("talk.again"))
        if view.substantive:
            self.console.say(self.texts.say("talk.how"), Role.NOTE)
        self.console.say()
        for before, item in zip([None, *view.items], view.items, strict=False):
            self.console.show(plain.session(before, item))
            if reopened and item.answers:
                self.console.show(plain.item(item, self.texts))
            else:
                self._ask(item)

    def _ask(self, item: ItemView) -> None:
        """Show an item, with what was said of it, and put the questions nobody answered yet.

        An answer that was interrupted before it was said how sure it is, is asked that now.
        """
        waiting = item.unanswered
        shown = item if item.answers else replace(item, questions=())
        self.console.show(plain.item_head(item, self.texts))
        self.console.show(plain.item_answers(shown, self.texts))
        given = [answer for answer in item.answers if answer.provisional]
        for number, question in enumerate(waiting):
            before = waiting[number - 1].choice.reason if number else None
            said = self._question(question.choice, before)
            if self._is(said, "not_applicable_words"):
                if not (given or item.answers):  # else only this question is passed over
                    self._not_applicable(item)
                break
            if said:
                given.append(self._keep(item, said, question.id))
        if given:
            self._how_sure(given)
        if waiting or item.answers:
            self.console.say()

    def _question(self, choice: Choice, before: Reason | None) -> str:
        """Ask a question; its reason too, unless that of the question `before` is the same."""
        asked, why = plain.question(choice, self.texts)
        self.console.show([asked] if choice.reason == before else [asked, why])
        return self._typed()

    def _typed(self, prompt: str = "") -> str:
        said = self.console.ask(prompt, INDENT)
        if self._is(said, "quit_words"):
            raise Stopped
        return said

    def _is(self, said: str, words: str) -> bool:
        return said.casefold() in self.texts.say(f"talk.{words}").split()

    def _do(self, action: Callable[[], T]) -> T:
        """Keep something; when that fails at a keyboard, say why and try again, so that no typed
        word is lost."""
        while True:
            try:
                return action()
            except Problem as problem:
                if not self.console.typed:
                    raise
                self.console.say(self.texts.problem(problem), indent=INDENT)
                self._typed(self.texts.say("talk.try_again"))

    def _keep(self, item: ItemView, text: str, question_id: str | None = None) -> Answer:
        answer = Answer(text, MODEST, asked_question_id=question_id, provisional=True)
        return replace(answer, id=self._do(lambda: self._answer(item, answer)))

    def _answer(self, item: ItemView, answer: Answer) -> str:
        return run_meeting.answer(self.toolbox, self.caller, item.id or "", answer)

    def _change(self, answer: Answer) -> None:
        run_meeting.change_answer(self.toolbox, self.caller, answer.id or "", answer)

    def _not_applicable(self, item: ItemView) -> None:
        answer = Answer("", None)
        answer_id = self._do(lambda: self._answer(item, answer))
        why = self._typed(self.texts.say("talk.why_not"))
        if why:
            self._do(lambda: self._change(replace(answer, id=answer_id, text=why)))

    def _how_sure(self, given: list[Answer]) -> None:
        """Ask certainty and decision once for all that was just said of an item.

        The decision is one for the item, so one answer carries it: the last.
        """
        certainty = self._certainty()
        given = [replace(answer, certainty=certainty, provisional=False) for answer in given]
        for answer in given:
            self._do(partial(self._change, answer))
        changed = self._yes("talk.changed")
        if changed or given[-1].changed_decision:
            decided = replace(given[-1], changed_decision=changed)
            self._do(partial(self._change, decided))

    def _certainty(self) -> Certainty:
        chosen = self._one_of("talk.certainty", "talk.certainty_words")
        return MODEST if chosen is None else list(Certainty)[chosen]

    def _yes(self, prompt: str) -> bool:
        return self._one_of(prompt, "talk.yes_no_words") == 0

    def _one_of(self, prompt: str, choices: str) -> int | None:
        """Which of some words, or its first letter, was typed; None for nothing. Asks until so."""
        words = self.texts.say(choices).split()
        while True:
            said = self._typed(self.texts.say(prompt)).casefold()
            chosen = [n for n, word in enumerate(words) if said in (word, word[0])]
            if chosen or not said:
                return chosen[0] if chosen else None
            known = ", ".join(word[0] for word in words)
            unknown = self.texts.say("talk.unknown_choice", found=said, known=known)
            self.console.say(unknown, indent=INDENT)

    def _finish(self) -> None:
        """Offer to go back to items until the person closes the meeting, or leaves it open."""
        while True:
            view = self._view()
            items = {item.item.position: item for item in view.substantive}
            if not items:
                self.console.say(self.texts.say("talk.nothing_to_ask"))
                return
            said = self._next_step(view)
            if said in items:
                self._go_back_to(items[said])
            elif self._is(said, "close_words") or not (said or view.open_items):
                self._do(self._close)
                self.console.say(plain.closing(self._view(), self.texts))
                return
            elif not said:
                raise Stopped
            else:
                known = ", ".join(items)
                self.console.say(self.texts.say("talk.unknown_item", found=said, known=known))

    def _next_step(self, view: MeetingView) -> str:
        """Say what is open, and ask what to do; closing with open items takes a word."""
        positions = [item.item.position for item in view.open_items]
        self.console.say()
        if positions:
            listed = ", ".join(positions)
            self.console.say(self.texts.say("talk.still_open", n=len(positions), positions=listed))
        else:
            self.console.say(self.texts.say("talk.all_done"))
        said = self.console.ask(self.texts.say("talk.finish_open" if positions else "talk.finish"))
        if self._is(said, "quit_words"):
            raise Stopped
        return said

    def _close(self) -> None:
        run_meeting.open_meeting(self.toolbox, self.caller, self.meeting_id)
        run_meeting.close_meeting(self.toolbox, self.caller, self.meeting_id)

    def _go_back_to(self, item: ItemView) -> None:
        if item.standing is Standing.OPEN:
            self._ask(replace(item, not_discussed=False))  # chosen, so it is discussed after all
            return
        self.console.show(plain.item_head(item, self.texts))
        self.console.show(plain.numbered_answers(item, self.texts))
        said = self._typed(self.texts.say("talk.add_or_change"))
        delete = re.escape(self.texts.say("talk.delete_letter"))
        chosen = re.fullmatch(rf"({delete}?)([0-9]+)", said.casefold())
        if chosen and 0 < int(chosen[2]) <= len(item.answers):
            self._correct(plain.in_order(item)[int(chosen[2]) - 1], delete=bool(chosen[1]))
        elif self._is(said, "not_applicable_words"):
            self.console.say(self.texts.say("talk.answered_already"), indent=INDENT)
        elif said:
            first = next(iter(item.unanswered), None)
            self._how_sure([self._keep(item, said, first.id if first else None)])

    def _correct(self, answer: Answer, *, delete: bool) -> None:
        if delete:
            answer_id = answer.id or ""
            self._do(lambda: run_meeting.delete_answer(self.toolbox, self.caller, answer_id))
            self.console.say(self.texts.say("talk.deleted"), indent=INDENT)
            return
        text = self._typed(self.texts.say("talk.new_text")) or answer.text
        answer = replace(answer, text=text)
        self._do(lambda: self._change(answer))
        if not answer.not_applicable:
            self._how_sure([answer])
