"""A digest as one page of HTML that needs nothing else: to open, print, send or keep.

No script and nothing to fetch. Each chart says in words what it shows and has its numbers in a
table; colours follow light, dark and paper.
"""

from __future__ import annotations

from pathlib import Path

from bot.domain.view import DigestView, ManagersDigestView
from bot.wording import digest_sentences, managers_digest, plain
from bot.wording.digest_outline import Outline, outline
from bot.wording.digest_sections import escaped, levels, measured
from bot.wording.texts import Texts

_STYLE = Path(__file__).with_suffix(".css")


def digest(view: DigestView | ManagersDigestView, texts: Texts) -> str:
    """The whole page."""
    heading, headline, lines, footnote = _words(view, texts)
    shown, customer = outline(view), _customer(view, texts)
    title = texts.say("page.title", customer=customer)
    parts = [
        f"<header>\n{_paragraphs(heading)}<h1>{escaped(title)}</h1>\n</header>\n",
        _headline(shown, headline),
        f'<div class="lines">\n{_paragraphs(*lines)}</div>\n' if lines else "",
        _sections(shown, customer, texts),
    ]
    return _PAGE.format(
        language=texts.language,
        title=escaped(f"{heading}: {title}"),
        style=_STYLE.read_text("utf-8"),
        main="".join(parts),
        footer=_paragraphs(footnote, texts.say("page.made")),
    )


def _words(view: DigestView | ManagersDigestView, texts: Texts) -> tuple[str, str, list[str], str]:
    """Whose figures of when, the sentence they begin with, the others, and how it is counted."""
    if isinstance(view, ManagersDigestView):
        heading, headline = (
            managers_digest.heading(view, texts),
            managers_digest.headline(view, texts),
        )
        lines = [*managers_digest.figure_lines(view, texts), *managers_digest.besides(view, texts)]
        return heading, headline, lines, managers_digest.method(view, texts)
    said = [*digest_sentences.sentences(view, texts), *plain.digest_base(view, texts)]
    heading, footnote = plain.digest_heading(view, texts), digest_sentences.footnote(view, texts)
    return heading, said[0], said[1:], footnote


def _customer(view: DigestView | ManagersDigestView, texts: Texts) -> str:
    """The channel's word for its customer; several channels have none in common."""
    return view.customer if isinstance(view, DigestView) else texts.say("digest.everybody")


def _headline(shown: Outline, sentence: str) -> str:
    """How often they came up by themselves: large, and in a sentence."""
    seen, then = shown.released.by_itself, shown.before
    if not (seen and seen.of):
        return f'<div class="headline">\n{_paragraphs(sentence)}</div>\n'
    sign = f'<span aria-hidden="true">{digest_sentences.arrow(seen, then)}</span>' if then else ""
    large = f"<strong>{digest_sentences.percent(seen)}{sign}</strong>"
    return f'<div class="headline">\n{large}\n{_paragraphs(sentence)}</div>\n'


def _sections(shown: Outline, customer: str, texts: Texts) -> str:
    """The trend, asking and its consequence beside each other, and levels where there are."""
    pair = [measured(shown, name, customer, texts) for name in ("coverage", "consequence")]
    return "".join(
        [
            measured(shown, "by_itself", customer, texts),
            f'<div class="pair">\n{"".join(pair)}</div>\n' if any(pair) else "",
            levels(shown, customer, texts),
        ]
    )


def _paragraphs(*each: str) -> str:
    return "".join(f"<p>{escaped(words)}</p>\n" for words in each)


_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main>
{main}</main>
<footer>
{footer}</footer>
</body>
</html>
"""
