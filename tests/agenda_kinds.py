"""The kinds of agendas that are read, each with an example, as docs/agendas.md shows them.

`python -m tests.agenda_kinds` prints the page; `--write` renews it.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.domain.meeting import AgendaItem
from bot.domain.view import ItemView
from bot.readers.agenda import read_agenda
from bot.readers.catalogue import read_prompts
from bot.wording import plain
from bot.wording.texts import Texts

PAGE = Path(__file__).parents[1] / "docs" / "agendas.md"

# What it is called, and what somebody pastes.
KINDS = {
    "Numbers of every sort": "1. Opening\n2) Begroting 2027 – Jan – 10 min\n3a Huurbrief",
    "Roman numerals": "I. Welcome\nII. Rent increase\nIII. Any other business",
    "Letters": "a) Opening\nb) Wachttijden balie\nc) Rondvraag",
    "Every line numbered 1.": "1. Opening\n1. Huuraanpassing\n   1. brief\n   1. bezwaren\n1. Rondvraag",
    "Numbers in levels": "1 Opening\n2 Wonen\n2.1 Lift Hofstraat\n2.2 Tuinen\n3 Sluiting",
    "Bullets": "- Opening\n- Nieuwe folder\n- Rondvraag",
    "Nested bullets": "* Planning\n  * week 48\n  * week 49\n* Klachten",
    "Check boxes": "- [ ] Welcome\n- [ ] Refund policy\n- [x] Parking",
    "Headings as items": "# Teamoverleg\n## Planning\nNoor is vrij.\n## Klachten\nTwee over de toon.",
    "Headings as sections": "## Ter besluitvorming\n1. Tarieven\n## Ter informatie\n2. Verbouwing",
    "A table": "| Tijd | Onderwerp | Wie |\n|---|---|---|\n| 10:00 | Welkom | Els |\n| 10:15 | Wachttijden | Bram |",
    "Columns with tabs": "Time\tTopic\tLead\n9:00\tWelcome\tAnn\n9:10\tOpening hours\tBo",
    "Times in front": "10.00–10.15 uur Welkom\n10.15–11.00 uur Waarom bellers ophangen\n11.00 uur Pauze",
    "Times behind": "Welcome (9:00)\nService levels (9:10-9:40)\nClose (9:40)",
    "Presenters and minutes": "- Complaints Q3 (Sue, 20 mins) – DECISION\n- Website [Bo] 10m",
    "An e-mail": "Hoi allemaal,\n\nMorgen om 10 uur teamoverleg. Agenda:\n- Nieuw rooster\n- Telefoontijden\n\nGroet,\nEls\n06 12345678",
    "A request in a sentence": "Kun je de nieuwe tarieven op de agenda zetten?",
    "Prose": "We hebben het over de nieuwe balie en daarna over de wachttijden.",
    "A page with its buttons": "Home\nMenu\nAgenda\n1\nOpening\nBekijk stukken\n2\nParkeerbeleid centrum\nBekijk stukken\nDelen",
    "HTML": "<ol><li>Opening</li><li>Rent letter<ul><li>wording</li></ul></li></ol><button>Share</button>",
    "Wrapped titles": "1. Opening\n2. Vaststellen van het plan voor de\n   verbouwing van de balie\n3. Sluiting",
    "Numbers on their own line": "1.\nOpening\n2.\nNieuwe website",
    "All on one line": "1. Opening 2. Verslag 3. Planning zomer 4. Rondvraag",
    "Minutes with an agenda": "Notulen 3 mei\nAgenda\n1. Opening\n2. Hek\n\n1. Opening\nJo opent.\n2. Hek\nHet hek is duur.",
    "Minutes without one": "# Minutes\n## Attendees\nAnn, Bo\n## Fees\nFees go up.\n## Website\nGoes live in May.\n## Action list\n- Bo: call",
    "Text from a scan": "AGENDA\n1 .  Opening\n2 .  Vast stellen begroting\n3 .  Rondvraag\n- 1 -",
    "Two sessions": "Ochtend\n1. Opening\n2. Visie op wonen\nMiddag\n3. Rondleiding\n4. Sluiting",
    "Emoji and curly quotes": "🎉 Welkom\n📣 “Open dag” 2027\n❓ Rondvraag",
    "An invitation without an agenda": "Join Zoom Meeting\nhttps://example.zoom.us/j/1\nMeeting ID: 812 3456\nPasscode: 1234",
}  # fmt: skip


def page() -> str:
    """The whole page: a row for each kind, with what was pasted and what was read."""
    return "\n".join([*_INTRODUCTION, *rows(), ""])


_INTRODUCTION = (
    "# The agendas klantvraag reads",
    "",
    "Paste an agenda the way you have it. This page is made by a test: on the left what somebody",
    "pastes, on the right what klantvraag lists. What is no item – attendees, links, buttons – is",
    "kept as `other` in `klantvraag agenda --json`, so that no word gets lost.",
    "",
    "| kind | pasted | read |",
    "|---|---|---|",
)


def rows() -> Iterator[str]:
    prompts = read_prompts()
    texts = Texts("en", prompts.texts["en"])
    for kind, text in KINDS.items():
        items = read_agenda(text, prompts.vocabulary).items
        read = [row for item in items for row in _rows(item, texts)] or ["(no agenda)"]
        yield f"| {kind} | {_cell(text.splitlines())} | {_cell(read)} |"


def _rows(item: AgendaItem, texts: Texts) -> Iterator[str]:
    for line in plain.item_head(ItemView(item), texts):
        yield from line.rows()


def _cell(lines: list[str]) -> str:
    """Lines as they are; what Markdown would read as its own is written as its number."""
    escaped = (html.escape(line, quote=False).replace("\t", "→") for line in lines)
    kept = (re.sub(r"[|*_`\[\]~\\]|:(?=//)", lambda m: f"&#{ord(m[0])};", line) for line in escaped)
    return f"<pre>{'<br>'.join(kept)}</pre>"


if __name__ == "__main__":
    if "--write" in sys.argv:
        PAGE.write_text(page(), "utf-8")
    else:
        sys.stdout.write(page())
