"""A meeting held in the terminal: item by item, every answer kept the moment it is typed."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.answer import Answer, Certainty, Standing
from bot.domain.question import Choice, Reason
from bot.domain.view import ItemView, MeetingView
from bot.surfaces.terminal.console import Console, NoMoreInput
from bot.usecases import run_meeting
from bot.usecases.show_meeting import show
from bot.usecases.toolbox import Caller, Toolbox
from bot.wording import plain
from bot.wording.plain import Line, Role
from bot.wording.texts import Texts

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

    def hold(self, resume: str) -> MeetingView:
        """Hold the meeting until it is closed or left; `resume` is the command to go on with."""
        run_meeting.open_meeting(self.toolbox, self.caller, self.meeting_id)
        try:
            self._ask_all(self._view())
            self._finish()
        except (Stopped, NoMoreInput):
            self.console.say(self.texts.say("talk.left_open"))
            self.console.show([Line(resume, Role.COMMAND, 2)])
        return self._view()

    def _view(self) -> MeetingView:
        return show(self.toolbox, self.caller, self.meeting_id)

    def _ask_all(self, view: MeetingView) -> None:
        if any(item.answers for item in view.items):
            self.console.say(self.texts.say("talk.again"))
        if view.open_items:
            self.console.say(self.texts.say("talk.how"), Role.NOTE)
        self.console.say()
        for item in view.items:
            if item.substantive and item.standing is Standing.OPEN and not item.removed:
                self._ask(item)
            else:
                self.console.show(plain.item(item, self.texts))

    def _ask(self, item: ItemView) -> None:
        self.console.show([plain.item_line(item, self.texts)])
        given = []
        for number, question in enumerate(item.questions):
            before = item.questions[number - 1].choice.reason if number else None
            said = self._question(question.choice, before)
            if self._is(said, "not_applicable_words"):
                self._not_applicable(item)
                break
            if said:
                given.append(self._keep(item, said, question.id))
        if given:
            self._how_sure(given)
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

    def _keep(self, item: ItemView, text: str, question_id: str | None = None) -> Answer:
        answer = Answer(text, MODEST, asked_question_id=question_id)
        answer_id = run_meeting.answer(self.toolbox, self.caller, item.id or "", answer)
        return replace(answer, id=answer_id)

    def _not_applicable(self, item: ItemView) -> None:
        answer = Answer("", None)
        answer_id = run_meeting.answer(self.toolbox, self.caller, item.id or "", answer)
        why = self._typed(self.texts.say("talk.why_not"))
        if why:
            run_meeting.change_answer(
                self.toolbox, self.caller, answer_id, replace(answer, text=why)
            )

    def _how_sure(self, given: list[Answer]) -> None:
        """Ask certainty and decision once for all that was just said of an item."""
        certainty = self._certainty()
        changed = self._typed(self.texts.say("talk.changed"))[:1]
        decided = bool(changed) and changed in self.texts.say("talk.yes_letters")
        for answer in given:
            surer = replace(answer, certainty=certainty, changed_decision=decided)
            run_meeting.change_answer(self.toolbox, self.caller, answer.id or "", surer)

    def _certainty(self) -> Certainty:
        letters = self.texts.say("talk.certainty_letters")
        while True:
            said = self._typed(self.texts.say("talk.certainty")).casefold()
            if not said:
                return MODEST
            if said in letters and len(said) == 1:
                return list(Certainty)[letters.index(said)]
            known = ", ".join(letters)
            self.console.say(
                self.texts.say("talk.unknown_choice", found=said, known=known), indent=INDENT
            )

    def _finish(self) -> None:
        """Offer to go back to items until the person closes the meeting."""
        while True:
            view = self._view()
            items = {item.item.position: item for item in view.substantive}
            if not items:
                run_meeting.close_meeting(self.toolbox, self.caller, self.meeting_id)
                self.console.say(self.texts.say("talk.nothing_to_ask"))
                return
            self.console.say()
            self.console.say(self._what_is_open(view))
            said = self.console.ask(self.texts.say("talk.finish"))
            if self._is(said, "quit_words"):
                raise Stopped
            if not said:
                run_meeting.close_meeting(self.toolbox, self.caller, self.meeting_id)
                self.console.say(plain.closing(self._view(), self.texts))
                return
            if said in items:
                self._go_back_to(items[said])
            else:
                known = ", ".join(items)
                self.console.say(self.texts.say("talk.unknown_item", found=said, known=known))

    def _what_is_open(self, view: MeetingView) -> str:
        positions = [item.item.position for item in view.open_items]
        if not positions:
            return self.texts.say("talk.all_done")
        return self.texts.say("talk.still_open", n=len(positions), positions=", ".join(positions))

    def _go_back_to(self, item: ItemView) -> None:
        if item.standing is Standing.OPEN:
            self._ask(item)
            return
        self.console.show([plain.item_line(item, self.texts)])
        self.console.say(self.texts.say("talk.existing"), Role.NOTE, INDENT)
        for number, answer in enumerate(item.answers, 1):
            line = f"{number} {plain.answer(answer, self.texts)}"
            self.console.show([Line(line, Role.ANSWER, INDENT, 4)])
        said = self._typed(self.texts.say("talk.add_or_change"))
        delete = re.escape(self.texts.say("talk.delete_letter"))
        chosen = re.fullmatch(rf"({delete}?)(\d+)", said.casefold())
        if chosen and 0 < int(chosen[2]) <= len(item.answers):
            self._change(item.answers[int(chosen[2]) - 1], delete=bool(chosen[1]))
        elif said:
            self._how_sure([self._keep(item, said)])

    def _change(self, answer: Answer, *, delete: bool) -> None:
        if delete:
            run_meeting.delete_answer(self.toolbox, self.caller, answer.id or "")
            self.console.say(self.texts.say("talk.deleted"), indent=INDENT)
            return
        text = self._typed(self.texts.say("talk.new_text")) or answer.text
        answer = replace(answer, text=text)
        run_meeting.change_answer(self.toolbox, self.caller, answer.id or "", answer)
        if not answer.not_applicable:
            self._how_sure([answer])
