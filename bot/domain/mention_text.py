"""A text as sentences and words: without code, addresses and markup, which name nobody."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from bot.domain.mention_words import WORD

HIDDEN = "\ufffc"  # stands for each character of code, so that all places stay the same
LONGEST_SENTENCE = 1_500  # characters; a line without a full stop is cut between words
LONGEST_NAME = 300  # characters of an address or a name in code
TURNS = 3  # that many labelled lines at least make a transcript
MOST_WORDS = 4  # of who speaks
SPEECH = 5  # words behind a label that are more than a name: "Huurder: Anna van der Velden"
LOOKED_AT = 200  # characters of what is said
MOST_MARKS = 5  # on one letter; composing a long run takes the square of its length

# Each opens with one set of characters, which is looked for fast; then what it may be the sign of.
_CODE = re.compile(
    r"[`~{](?:(?<=`)(?:``.*?```|[^`\n]{1,300}`)|(?<=^`)``.*|(?<=^~)~~.*?(?:^~~~|\Z)"
    r"|(?<=\{)\{?[ \t]*[$%#]?[\w.:-]{1,80}[ \t]*\}{1,2})",
    re.DOTALL | re.MULTILINE,
)
_MARKUP = re.compile(
    r"[<:#@/\\](?:(?<=<)(?:!--.*?(?:-->|\Z)|(?:script|style)\b.*?(?:</(?:script|style)>|\Z))"
    r"|(?<=<)(?:https?|mailto|tel):[^|<>\n]*[|>]"  # a link in Slack, up to the words it shows
    r"|(?<=<)[a-zA-Z/!@#][^<>\n]{0,300}>"  # a tag, in Slack a person or a channel
    r"|(?<!\w:)(?<=:)[a-z][\w+'-]*:(?!\w)"  # :tada:
    r"|(?<![\w&]#)(?<=#)[^\W\d_][\w-]*"
    r"|(?<![\w@]@)(?<=@)[\w.-]*\w"
    r"|(?<![\w/]/)(?<=/)\w[\w:{}.-]*(?:/[\w:{}.-]*)+"  # a path
    r"|(?<!\S/)(?<=/)[a-z][\w-]*"  # a command
    r"|(?<=:\\)[^\s|<>]*|(?<!\S\\)(?<=\\)\\[^\s|<>]+)",  # a path in Windows
    re.DOTALL,
)
_FILES = (
    "csv|docx?|html?|java|jpe?g|json|js|md|mp[34]|pdf|php|png|pptx?|py|sql|tsx?|txt|xlsx?|xml"
    "|ya?ml|zip"
)
_SITES = "com|eu|io|nl|org|uk"
_NAME = re.compile(
    r"[A-Z_(](?:(?<=[a-z][A-Z])\w*|(?<=[^\W_]_)_?[^\W_]\w*|(?<=\w\()\))(?:(?:\.|::|->)\w+)*"
)
_NAME_BACK = re.compile(r"[\w$]*(?:(?:\.|::|>-)[\w$]+)*")
_ADDRESS = re.compile(
    rf"[.@:](?:(?<=[\w-]\.)(?:{_FILES}|{_SITES})\b(?:/[^\s|<>]*[\w/])?"
    r"|(?<=\w@)[\w.-]*\w|(?<=\bwww\.)[^\s|<>]*[\w/]|(?<=\w:)//[^\s|<>\"]*[\w/=&#%+-])"
)
_ADDRESS_BACK = re.compile(r"[\w.+%~/-]*")

_UNSEEN = (
    "\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
)
_COLOUR = r"\x1b\[[\d;]*[A-Za-z]"  # of a terminal
_ODD = re.compile(rf"(?:[{_UNSEEN}\u0300-\u036f]|{_COLOUR})+")
_DROPPED = re.compile(rf"[{_UNSEEN}]|{_COLOUR}")
_ALIKE = (("\u2010", "-"), ("\u2011", "-"), ("\u02bc", "’"))
_ALONE = re.compile(r"\r(?!\n)")  # the end of a line on an old Mac

_BREAK = "\t\n\r\v\f\x85\u2028\u2029"
_END = re.compile(
    rf"[.!?…·|{_BREAK}](?:(?<=[{_BREAK}])\s*|(?<=\s[·|])\s+"  # a cell of a table is one too
    r"|(?<!\b[^\W\d_]\.)"  # m.b.t., e.g., J. de Vries
    r"(?<!\b(?i:ca|dr|hr|ir|jl|mr|ms|mw|nr|st|vs)\.)"
    r"(?<!\b(?i:art|blz|dhr|drs|ing|mrs|nrs)\.)(?<!\b(?i:bijv|excl|incl|mevr|prof|resp)\.)"
    r"[\"'”’)\]*_~]*\s+(?=[\"'“‘(\[*_~>•-]*[A-ZÀ-Þ0-9•]))"
)
_ENDS = (".", "?", "!", "…")
_STAMP = r"[\[(]?\d[\d:.,]{3,11}[\])]?"
_LABEL = re.compile(
    rf"^[ \t>*•–-]*(?:{_STAMP}[ \t]*)?([^\W\d_][^:\n(\[]{{0,40}})(?:[(\[][^()\[\]\n]{{1,40}}[)\]])?"
    r"[ \t]*:\**(?=\s)(?![^\S\n]*+\n\s*+[-*•–])",  # a list below it makes it a heading
    re.MULTILINE,
)
Span = tuple[int, int]


@dataclass(frozen=True)
class Plain:
    """A text in which only what may name somebody can be read.

    It is as long as the original but for what nobody sees in that: of each such place `opened` has
    where it starts here, `closed` where it ends, `longer` by how much the original is longer then.
    """

    text: str
    names: Sequence[Span] = ()
    opened: Sequence[int] = ()
    closed: Sequence[int] = ()
    longer: Sequence[int] = (0,)

    def original(self, start: int, end: int) -> Span:
        """Where a stretch of this text stands in the original."""
        return (
            start + self.longer[bisect_right(self.closed, start)],
            end + self.longer[bisect_left(self.opened, end)],
        )


def plain(
    text: str, names: re.Pattern[str] | None = None, speakers: Set[str] | None = None
) -> Plain:
    """The text with what names nobody hidden; `names` may look like names in code and stay.

    Labels of `speakers` are hidden, of those in this text when None.
    """
    clear = seen(text)
    labelled = _without_labels(clear.text, _who_speak(clear.text) if speakers is None else speakers)
    shown = _MARKUP.sub(_blank, _CODE.sub(_as_code, labelled))
    called = [found.span() for found in names.finditer(shown)] if names else []
    bare = _hide(shown, _ADDRESS, _ADDRESS_BACK, called, " ")
    bare = _hide(bare, _NAME, _NAME_BACK, called, HIDDEN)
    kept = [(start, end) for start, end in called if bare[start:end] == shown[start:end]]
    return Plain(bare, kept, clear.opened, clear.closed, clear.longer)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _as_code(found: re.Match[str]) -> str:
    return HIDDEN * len(found[0])


def seen(text: str) -> Plain:
    """The text without what nobody sees, and with each accent and letter as one character."""
    for other, usual in _ALIKE:
        text = text.replace(other, usual)
    text = _ALONE.sub("\n", text)
    pieces, done, here = [], 0, 0
    opened, closed, longer = [], [], [0]
    for found in _ODD.finditer(text):
        marks = _DROPPED.sub("", found[0])
        start = max(found.start() - bool(marks), done)
        if len(marks) > MOST_MARKS:
            continue
        spelled = unicodedata.normalize("NFC", text[start : found.start()] + marks)
        if len(spelled) > 1:
            continue
        pieces += [text[done:start], spelled]
        here += start - done
        opened.append(here)
        here += len(spelled)
        closed.append(here)
        done = found.end()
        longer.append(done - here)
    return Plain("".join([*pieces, text[done:]]) if pieces else text, (), opened, closed, longer)


def _hide(
    text: str,
    sign: re.Pattern[str],
    back: re.Pattern[str],
    kept: Sequence[Span],
    filler: str,
) -> str:
    """Hide each word with a `sign` in it, from where `back` reads it, unless `kept` hold it."""
    pieces, done = [], 0
    for found in sign.finditer(text):
        if found.start() < done:
            continue
        opening = back.match(text[max(done, found.start() - LONGEST_NAME) : found.start()][::-1])
        start, end = found.start() - (opening.end() if opening else 0), found.end()
        if not _covers(kept, start, end):
            pieces += [text[done:start], filler * (end - start)]
            done = end
    return "".join([*pieces, text[done:]]) if pieces else text


def who_speak(text: str) -> frozenset[str]:
    """Who speak in a transcript: labels that come back and say something, above most lines.

    "Huurder: Jansen" says nothing, however often it comes.
    """
    return _who_speak(seen(text).text)


def _who_speak(text: str) -> frozenset[str]:
    labels, speaking, alone = Counter[str](), set[str](), 0
    for found in _LABEL.finditer(text):
        who = _speaker(found)
        labels[who] += 1
        below = text[found.end() : found.end() + 1] in _BREAK  # what is said is there
        alone += below
        behind = text[found.end() : found.end() + LOOKED_AT].partition("\n")[0]
        if below or _is_speech(behind):
            speaking.add(who)
    lines = sum(map(bool, map(str.strip, text.splitlines())))
    if labels.total() < TURNS or 2 * (labels.total() + alone) < lines:
        return frozenset()
    return frozenset(who for who in speaking if labels[who] > 1 and _is_short(who))


def _is_speech(said: str) -> bool:
    """Whether what stands behind a label is said by somebody; else it is who or what they are."""
    return said.rstrip().endswith(_ENDS) or len(WORD.findall(said)) >= SPEECH


def _speaker(label: re.Match[str]) -> str:
    return " ".join(label[1].strip(" \t*").split()).casefold()


def _is_short(label: str) -> bool:
    return len(WORD.findall(label)) <= MOST_WORDS


def _without_labels(text: str, speakers: Set[str]) -> str:
    if not speakers:
        return text
    return _LABEL.sub(lambda it: _blank(it) if _speaker(it) in speakers else it[0], text)


def sentences(text: str, names: Sequence[Span] = ()) -> Iterator[Span]:
    """Where each sentence starts and ends; a line, a bullet and a title are one too.

    None ends within one of `names`, such as "Yahoo! Nederland".
    """
    start = 0
    for found in _END.finditer(text):
        if not _covers(names, found.start(), found.end()):
            yield from _pieces(text, start, found.end())
            start = found.end()
    yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + LONGEST_SENTENCE) + 1
        cut = cut or start + LONGEST_SENTENCE
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _covers(names: Sequence[Span], start: int, end: int) -> bool:
    """Whether one of the names, in order, holds this stretch."""
    before = bisect_left(names, (start + 1,)) - 1
    return before >= 0 and names[before][0] <= start and end <= names[before][1]
