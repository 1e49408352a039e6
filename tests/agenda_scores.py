"""Precision, recall and F1 of the agenda reader over a folder with a gold.json."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from bot.domain.meeting import Agenda, AgendaItem, SubItem, title_key
from bot.domain.vocabulary import Vocabulary
from bot.readers.agenda import read_agenda
from bot.readers.catalogue import read_prompts

WHOLE = ("title", "starts_at", "place", "language")  # facts of an agenda that gold.json may give
EACH = ("presenter", "minutes")  # and of an item


@dataclass
class Score:
    """Counts of one file or of many."""

    name: str
    hits: int = 0
    missed: tuple[str, ...] = ()
    invented: tuple[str, ...] = ()
    kinds: int = 0
    kinds_right: int = 0
    files: int = 1
    exact: int = 0
    wrong_kinds: tuple[str, ...] = ()
    facts: int = 0
    wrong_facts: tuple[str, ...] = ()

    @property
    def precision(self) -> float:
        return (
            self.hits / (self.hits + len(self.invented)) if self.hits + len(self.invented) else 1.0
        )

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + len(self.missed)) if self.hits + len(self.missed) else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def _with_presenter(item: AgendaItem) -> str:
    """The title, its presenter behind a stroke; titles are compared with and without."""
    return f"{item.title}\t{item.presenter or ''}"


def same_title(read: str, gold: str) -> bool:
    """Whether two titles count as the same; a tab in `read` sets its presenter off."""
    return _alike(read.partition("\t")[0], gold) or _alike(read, gold)


def _alike(one: str, other: str) -> bool:
    """Alike for 85 %, or one opens with the other for at least eight letters."""
    a, b = _bare(one), _bare(other)
    if a == b:
        return True
    shortest = min(a, b, key=len)
    if len(shortest.replace(" ", "")) >= 8 and (a.startswith(b) or b.startswith(a)):
        return True
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.85


def _bare(title: str) -> str:
    return title_key(re.sub(r"^\s*(?:\d+[.):]?\d*[a-z]?[.):]?|[a-z][.)])\s+", "", title))


def score(name: str, read: Sequence[tuple[str, str]], gold: Iterable[dict[str, Any]]) -> Score:
    """Compare what was read (title, kind) with what was wanted."""
    wanted = list(gold)
    left = list(read)
    result = Score(name)
    missed = []
    for item in sorted(wanted, key=lambda item: bool(item.get("sub") or item.get("optional"))):
        neutral = item.get("optional")
        names = [item["title"], *item.get("alt", ())]
        found = next((p for p in left if any(same_title(p[0], name) for name in names)), None)
        if item.get("sub") and not neutral:
            continue
        if found:
            left.remove(found)
        if neutral:
            continue
        if not found:
            missed.append(item["title"])
            continue
        result.hits += 1
        if item.get("kind") in ("procedural", "substantive"):
            result.kinds += 1
            right = item["kind"] == found[1]
            result.kinds_right += right
            if not right:
                result.wrong_kinds += (f"{item['title']}={found[1]}",)
    result.missed = tuple(missed)
    result.invented = tuple(title.strip() for title, _ in left)
    result.exact = int(not result.missed and not result.invented)
    return result


def facts_of(agenda: Agenda, entry: dict[str, Any]) -> tuple[int, tuple[str, ...]]:
    """How many facts the gold gives (day, place, people, minutes, sub-items), and those wrong."""
    pairs = [(name, getattr(agenda, name), entry[name]) for name in WHOLE if name in entry]
    gold = [item for item in entry["items"] if not item.get("optional")]
    parent: AgendaItem | None = None
    for wanted in gold:
        if wanted.get("sub"):
            subs = [sub.title for sub in all_subs(parent.sub_items if parent else ())]
            found = any(same_title(sub, wanted["title"]) for sub in subs)
            pairs.append(("sub", found, True))
            continue
        same = (item for item in agenda.items if same_title(item.title, wanted["title"]))
        parent = next(same, None)
        pairs += [(f, getattr(parent, f, None), wanted[f]) for f in EACH if f in wanted]
    wrong = tuple(
        f"{name}: {read!r}, not {right!r}" for name, read, right in pairs if read != right
    )
    return len(pairs), wrong


def all_subs(subs: Iterable[SubItem]) -> Iterator[SubItem]:
    """Sub-items at every depth."""
    for sub in subs:
        yield sub
        yield from all_subs(sub.sub_items)


def score_folder(folder: Path, vocabulary: Vocabulary) -> list[Score]:
    """The score of every file that gold.json names."""
    scores = []
    for entry in json.loads((folder / "gold.json").read_text("utf8")):
        agenda = read_agenda((folder / entry["file"]).read_text("utf8"), vocabulary)
        read = [(_with_presenter(item), str(item.kind)) for item in agenda.items]
        result = score(entry["file"], read, entry["items"])
        result.facts, result.wrong_facts = facts_of(agenda, entry)
        scores.append(result)
    return scores


def total(scores: Sequence[Score]) -> Score:
    """All scores as one."""
    return Score(
        "total",
        sum(s.hits for s in scores),
        tuple(t for s in scores for t in s.missed),
        tuple(t for s in scores for t in s.invented),
        sum(s.kinds for s in scores),
        sum(s.kinds_right for s in scores),
        len(scores),
        sum(s.exact for s in scores),
        facts=sum(s.facts for s in scores),
        wrong_facts=tuple(f for s in scores for f in s.wrong_facts),
    )


def report(scores: Sequence[Score]) -> Iterator[str]:
    """A line for each score and for all together, with what went wrong below it."""
    for each in [*scores, total(scores)]:
        yield (
            f"{each.name:34} P {each.precision:.3f} R {each.recall:.3f} F1 {each.f1:.3f}"
            f" exact {each.exact}/{each.files} kinds {each.kinds_right}/{each.kinds}"
            f" facts {each.facts - len(each.wrong_facts)}/{each.facts}"
        )
        if each.name != "total":
            yield from (f"      missed: {title[:100]}" for title in each.missed)
            yield from (f"      invented: {title[:100]}" for title in each.invented)
            yield from (f"      kind: {title[:100]}" for title in each.wrong_kinds)
            yield from (f"      fact: {fact[:100]}" for fact in each.wrong_facts)


if __name__ == "__main__":
    found = score_folder(Path(sys.argv[1]), read_prompts().vocabulary)
    sys.stdout.write("\n".join(report(found)) + "\n")
