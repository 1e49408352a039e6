"""A meeting held in the terminal: item by item, every answer kept the moment it is typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from bot.domain.answer import Answer, Certainty, Standing
from bot.domain.choice import Choice, Reason
from bot.domain.view import ItemView, MeetingView
from bot.surfaces.terminal import asides, closing_talk
from bot.surfaces.terminal.asides import Place
from bot.surfaces.terminal.console import NoMoreInput
from bot.surfaces.terminal.talk import INDENT, Stopped, Talk
from bot.usecases import run_meeting
from bot.usecases.show_meeting import show
from bot.wording import plain
from bot.wording.plain import Line, Role

MODEST = Certainty.ASSUME  # what an answer is kept with until somebody says otherwise


class _Aside(Exception):
    """Something else was done than answering; the item may look different now."""


class Conversation:
    """Asks the questions of one meeting and keeps what is said."""

    def __init__(self, talk: Talk, meeting_id: str) -> None:
        self.talk, self.meeting_id = talk, meeting_id
        self.toolbox, self.caller = talk.toolbox, talk.caller
        self.texts, self.console = talk.texts, talk.console

    def hold(self, resume: str, *, reopened: bool = False) -> MeetingView:
        """Hold the meeting until it is closed or left; `resume` is the command to go on with.

        One that was interrupted goes on with every question nobody answered; a reopened one only
        with items nobody answered, because the others were left so.
        """
        try:
            self._ask_all(reopened=reopened)
            self._finish()
        except (Stopped, NoMoreInput):
            self.console.say(self.texts.say("talk.left_open"))
            self.console.show([Line(resume, Role.COMMAND, 2)])
        return self._view()

    def _view(self) -> MeetingView:
        return show(self.toolbox, self.caller, self.meeting_id)

    def _ask_all(self, *, reopened: bool) -> None:
        view = self._view()
        if any(item.answers for item in view.items):
            self.console.say(self.texts.say("talk.again"))
        if view.substantive:
            self.console.say(self.texts.say("talk.how"), Role.NOTE)
        self.console.say()
        before, seen = None, set[str | None]()
        while item := next((it for it in self._view().items if it.id not in seen), None):
            self.console.show(plain.session(before, item))
            if reopened and item.answers:
                self.console.show(plain.item(item, self.texts))
            else:
                self._ask(item)
            before = item
            seen.add(item.id)

    def _ask(self, item: ItemView) -> None:
        """Ask what nobody answered yet, and go on with it after every aside."""
        passed: set[str | None] = set()
        while True:
            try:
                return self._ask_once(item, passed)
            except _Aside:
                self.console.say()
                item = next(it for it in self._view().items if it.id == item.id)

    def _ask_once(self, item: ItemView, passed: set[str | None]) -> None:
        """Show an item, with what was said of it, and put the questions nobody answered yet.

        `passed` grows by the questions that were put. An answer that was interrupted before it was
        said how sure it is, is asked that now.
        """
        waiting = [question for question in item.unanswered if question.id not in passed]
        shown = item if item.answers else replace(item, questions=())
        self.console.show(plain.item_head(item, self.texts))
        self.console.show(plain.item_answers(shown, self.texts))
        given = [answer for answer in item.answers if answer.provisional]
        for number, question in enumerate(waiting):
            before = waiting[number - 1].choice.reason if number else None
            said = self._question(item, question.choice, before)
            passed.add(question.id)
            if self.talk.means(said, "not_applicable_words"):
                if not (given or item.answers):  # else only this question is passed over
                    self._not_applicable(item)
                break
            if said:
                given.append(self._keep(item, said, question.id))
        if given:
            self._how_sure(given)
        if waiting or item.answers:
            self.console.say()

    def _question(self, item: ItemView, choice: Choice, before: Reason | None) -> str:
        """Ask a question; its reason too, unless that of the question `before` is the same."""
        asked, why = plain.question(choice, self.texts)
        self.console.show([asked] if choice.reason == before else [asked, why])
        said = self.talk.typed()
        self._listen(item, choice, said)
        return said

    def _listen(self, item: ItemView, choice: Choice, said: str) -> None:
        """Do what was asked beside answering. Raises _Aside when it was."""
        if self.talk.means(said, "back_words"):
            self._go_back(item)
            raise _Aside
        if asides.listen(Place(self.talk, self.meeting_id, item, choice.key), said):
            raise _Aside

    def _keep(self, item: ItemView, text: str, question_id: str | None = None) -> Answer:
        answer = Answer(text, MODEST, asked_question_id=question_id, provisional=True)
        return replace(answer, id=self.talk.do(lambda: self._answer(item, answer)))

    def _answer(self, item: ItemView, answer: Answer) -> str:
        return run_meeting.answer(self.toolbox, self.caller, item.id or "", answer)

    def _change(self, answer: Answer) -> None:
        run_meeting.change_answer(self.toolbox, self.caller, answer.id or "", answer)

    def _not_applicable(self, item: ItemView) -> None:
        answer = Answer("", None)
        answer_id = self.talk.do(lambda: self._answer(item, answer))
        why = self.talk.typed(self.texts.say("talk.why_not"))
        if why:
            self.talk.do(lambda: self._change(replace(answer, id=answer_id, text=why)))

    def _how_sure(self, given: list[Answer]) -> None:
        """Ask certainty and decision once for all that was just said of an item.

        What says in words that they don't know is not asked how sure it is. The decision is one
        for the item, so one answer carries it: the last.
        """
        unknown = {it.id for it in given if plain.not_known(it.text, self.texts) != it.text}
        asked = self._certainty() if any(it.id not in unknown for it in given) else MODEST
        sure = {it.id: Certainty.DONT_KNOW if it.id in unknown else asked for it in given}
        given = [replace(it, certainty=sure[it.id], provisional=False) for it in given]
        for answer in given:
            self.talk.do(partial(self._change, answer))
        changed = self.talk.yes("talk.changed")
        if changed or given[-1].changed_decision:
            decided = replace(given[-1], changed_decision=changed)
            self.talk.do(partial(self._change, decided))

    def _certainty(self) -> Certainty:
        chosen = self.talk.one_of("talk.certainty", "talk.certainty_words")
        return MODEST if chosen is None else list(Certainty)[chosen]

    def _finish(self) -> None:
        """Offer to go back to items until the person closes the meeting, or leaves it open."""
        while True:
            view = self._view()
            items = _by_position(view.substantive)
            if not items:
                self.console.say(self.texts.say("talk.nothing_to_ask"))
                return
            said = self._next_step(view)
            if said in items:
                self._go_to(items[said])
            elif self.talk.means(said, "close_words") or not (said or view.open_items):
                closing_talk.close(self.talk, self.meeting_id)
                return
            elif not said:
                raise Stopped
            else:
                self._unknown_item(said, items)

    def _next_step(self, view: MeetingView) -> str:
        """Say what is open, and ask what to do; closing with open items takes a word."""
        positions = [item.item.position for item in view.open_items]
        self.console.say()
        if positions:
            listed = ", ".join(positions)
            self.console.say(self.texts.say("talk.still_open", n=len(positions), positions=listed))
        else:
            skipped = any(item.skipped for item in view.substantive)
            done = "talk.nothing_open" if skipped else "talk.all_done"
            self.console.say(self.texts.say(done))
        prompt = "talk.finish_open" if positions else "talk.finish"
        return self.talk.typed(self.texts.say(prompt), 0)

    def _go_back(self, here: ItemView) -> None:
        """To an item of one's choice, before the one we are at goes on."""
        items = _by_position(it for it in self._view().substantive if it.id != here.id)
        while said := self.talk.typed(self.texts.say("talk.back_to")):
            if said in items:
                self.console.say()
                return self._go_to(items[said])
            self._unknown_item(said, items, INDENT)
        return None

    def _unknown_item(self, said: str, items: Iterable[str], indent: int = 0) -> None:
        known = ", ".join(items)
        unknown = self.texts.say("talk.unknown_item", found=said, known=known)
        self.console.say(unknown, indent=indent)

    def _go_to(self, item: ItemView) -> None:
        if item.standing is Standing.OPEN:
            self._ask(replace(item, not_discussed=False))  # chosen, so it is discussed after all
            return
        self.console.show(plain.item_head(item, self.texts))
        self.console.show(plain.numbered_answers(item, self.texts))
        said = self.talk.typed(self.texts.say("talk.add_or_change"))
        delete = re.escape(self.texts.say("talk.delete_letter"))
        chosen = re.fullmatch(rf"({delete}?)([0-9]+)", said.casefold())
        if chosen and 0 < int(chosen[2]) <= len(item.answers):
            self._correct(plain.in_order(item)[int(chosen[2]) - 1], delete=bool(chosen[1]))
        elif self.talk.means(said, "not_applicable_words"):
            self.console.say(self.texts.say("talk.answered_already"), indent=INDENT)
        elif said and not asides.listen(Place(self.talk, self.meeting_id, item), said):
            first = next(iter(item.unanswered), None)
            self._how_sure([self._keep(item, said, first.id if first else None)])

    def _correct(self, answer: Answer, *, delete: bool) -> None:
        if delete:
            answer_id = answer.id or ""
            self.talk.do(lambda: run_meeting.delete_answer(self.toolbox, self.caller, answer_id))
            self.console.say(self.texts.say("talk.deleted"), indent=INDENT)
            return
        text = self.talk.typed(self.texts.say("talk.new_text")) or answer.text
        answer = replace(answer, text=text)
        self.talk.do(lambda: self._change(answer))
        if not answer.not_applicable:
            self._how_sure([answer])


def _by_position(items: Iterable[ItemView]) -> dict[str, ItemView]:
    return {item.item.position: item for item in items}
