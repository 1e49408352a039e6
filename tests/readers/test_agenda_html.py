"""Agendas pasted as HTML: what a reader of the page sees is what is read, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.meeting import Agenda
from bot.readers.agenda import read_agenda
from bot.readers.agenda_html import as_markdown, is_html
from bot.readers.catalogue import read_prompts

VOCABULARY = read_prompts().vocabulary


def read(text: str) -> Agenda:
    return read_agenda(text, VOCABULARY)


def titles(text: str) -> list[str]:
    return [item.title for item in read(text).items]


def lines(html: str) -> list[str]:
    """The lines, indented by ordinary spaces, without the blank ones."""
    return [line.replace("\u00a0", " ") for line in as_markdown(html) or () if line]


# What is HTML


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html>\n<title>Agenda</title>\nHuur",
        '<?xml version="1.0" encoding="latin-1"?>\n<html><body>Huur</body></html>',
        "<ul><li>Opening</li><li>Huur</li></ul>",
        "<p>1. Opening<br>2. Huur</p>",
        "Opening<br>Huur<br/>Sluiting<br>",
        "<div>\n  <p>\n    Opening\n  </p>\n  <p>\n    Huur en\n    zorg\n  </p>\n</div>",
        "<!--StartFragment--><p>Kun je de wachtrij op de agenda zetten?</p>",
    ],
)
def test_tags_that_make_the_lines_are_html(text):
    assert is_html(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Huur < zorg, zorg > huur",
        "Hoi Jan <jan@x.nl>,\n\n1. Opening\n2. Huur",
        "<p.jansen@x.nl> schreef:\n\n1. Opening",
        "| Tijd | Punt |\n|---|---|\n| 10:00 | Huur<br>brief |\n| 11:00 | Zorg<br>mail |",
        "<details>\n<summary>Agenda</summary>\n\n- Opening\n- Huur\n\n</details>",
        '<div align="center">\n\n# Agenda\n\n</div>\n\n- Opening\n- Huur\n- Sluiting\n- Slot',
        "# Agenda\n\n<p>Welkom</p>\n\n1. Opening\n2. Huur",
        "Het tag <li> is voor een lijst.\nEn dit is tekst.\nNog een regel.",
    ],
)
def test_text_with_a_few_tags_is_text(text):
    assert not is_html(text)


def test_words_between_brackets_stay_in_a_text():
    assert titles("Agenda:\n1. Als a<b en c>d\n2. Mail van <jan@x.nl>\n3. Huur<br>") == [
        "Als a<b en c>d",
        "Mail van <jan@x.nl>",
        "Huur",
    ]


def test_no_parser_is_loaded_for_a_text():
    code = (
        "import sys; from bot.readers.agenda import read_agenda;"
        "from bot.readers.catalogue import read_prompts;"
        "read_agenda('1. Opening\\n2. Huur <br>', read_prompts().vocabulary);"
        "sys.exit('lxml' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# Lists, headings, paragraphs


def test_lists_nest_and_count():
    html = (
        "<ol><li>Opening<li>Huur<ol type=a><li>brief<li>bezwaar</ol>"
        "<li><p>Zorg</p><ul><li>wacht</ul></ol>"
    )
    assert lines(html) == [
        "1. Opening", "2. Huur", "    a. brief", "    b. bezwaar", "3. Zorg", "    - wacht",
    ]  # fmt: skip
    _, rent, care = read(html).items
    assert [(sub.position, sub.title) for sub in rent.sub_items] == [
        ("2a", "brief"),
        ("2b", "bezwaar"),
    ]
    assert [sub.title for sub in care.sub_items] == ["wacht"]


def test_a_list_goes_on_where_it_says():
    assert lines('<ol start="4"><li>Huur</ol><ol type=I><li>a<li>b</ol><ol start=x><li>c</ol>') == [
        "4. Huur", "I. a", "II. b", "1. c",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "html",
    [
        '<ol><li class="ql-indent-1">a</ol>',
        "<ol><ol><li>a</ol></ol>",
        '<ol><li aria-level="2">a</ol>',
    ],
)
def test_editors_nest_in_several_ways(html):
    assert lines(html) == ["    1. a"]


def test_headings_paragraphs_and_breaks():
    html = "<h1>Overleg</h1><h3>Huur</h3><p>Noor<br>is vrij.</p><div>Ja.</div><h3>Zorg</h3><p>Nee."
    assert as_markdown(html) == [
        "# Overleg", "", "### Huur", "", "Noor", "is vrij.", "", "Ja.", "", "### Zorg", "", "Nee.",
    ]  # fmt: skip
    first, _ = read(html).items
    assert first.detail == "Noor\nis vrij.\nJa."


def test_bold_lines_are_headings_and_bold_words_no_more_than_that():
    html = (
        "<p><b>Agenda</b></p><p><strong>1. Opening</strong></p><p>Jo opent.</p>"
        '<p><span style="font-weight:700">2. Huur</span></p><p>Veel <b>geld</b>.</p>'
    )
    assert titles(html) == ["Opening", "Huur"]
    assert lines('<b style="font-weight:normal"><p>Huur</p></b>') == ["Huur"]
    assert lines("<b>Van: </b><b>Jan</b><b> </b>") == ["**Van: Jan**"]


def test_entities_spaces_and_what_looks_like_a_tag():
    html = "<ol>\n<li>Q&amp;A&nbsp;over\n   huur</li><li>a &lt;b&gt; c &#8211; d</li></ol>"
    assert titles(html) == ["Q&A over huur", "a <b> c – d"]


def test_checkboxes():
    html = (
        "<ul><li><input type=checkbox checked>Huur<li><input type=checkbox>Zorg"
        '<li role="checkbox" aria-checked="false">Post</ul>'
    )
    assert lines(html) == ["- [x] Huur", "- [ ] Zorg", "- [ ] Post"]
    assert titles(html) == ["Huur", "Zorg", "Post"]


def test_definition_lists_and_kept_lines():
    assert lines("<dl><dt>Datum<dd>3 mei 2027<dt>Waar<dd>zaal 2</dl>") == [
        "Datum: 3 mei 2027",
        "Waar: zaal 2",
    ]
    assert titles("<div><pre>\nAgenda\n1. Opening\n2. Huur\n   a. brief\n</pre></div>") == [
        "Opening",
        "Huur",
    ]


# Tables


def test_a_table_of_data():
    html = (
        "<table><thead><tr><th>Tijd<th>Onderwerp<th>Wie</thead>"
        "<tr><td>10:00<td>Welkom<td>Els<tr><td>10:15"
        "<td>Huur<ul><li>brief</li><li>a | b</li></ul><td>Bram &amp; Jo</table>"
    )
    welcome, rent = read(html).items
    assert (welcome.title, welcome.presenter) == ("Welkom", "Els")
    assert (rent.title, rent.presenter) == ("Huur", "Bram & Jo")
    assert [sub.title for sub in rent.sub_items] == ["brief", "a | b"]


def test_cells_that_span():
    html = (
        "<table><tr><th>Tijd<th>Punt<th>Wie<tr><td rowspan=2>10:00<td>Huur<td>Jo"
        "<tr><td colspan=2>Zorg<tr><td rowspan=99999999>11:00<td>Post</table>"
    )
    assert [line.strip("| ") for line in lines(html)][2:] == [
        "10:00 | Huur | Jo",
        "10:00 | Zorg",
        "11:00 | Post",
    ]
    numbered = "<table><tr><td rowspan=2>1.<td>Huur<td>Jo<tr><td>de brief<td></table>"
    assert only_title_and_detail(numbered) == ("Huur", "de brief")


def only_title_and_detail(html: str) -> tuple[str, str | None]:
    (item,) = read(html).items
    return item.title, item.detail


def test_no_word_of_a_table_is_lost():
    html = "<table><caption>Team Zuid</caption><tr><td>9:00<td>Huur<tr><td>9:30<td>Zorg</table>"
    assert lines(html)[0] == "Team Zuid"
    assert titles(html) == ["Huur", "Zorg"]
    broken = "<table>los<tr><p>ernaast</p><td>Huur<td>Zorg</tr>eronder</table>"
    assert set(lines(broken)) == {"los", "ernaast", "Huur", "Zorg", "eronder"}


def test_a_table_that_lays_out_a_page_is_none():
    html = (
        "<table><tr><td><img></td><td><h1>Team Zuid</h1></td></tr><tr><td colspan=2>"
        "<table><tr><td>19:00<td>Opening<tr><td>19:10<td>Huur</table></td></tr></table>"
    )
    assert (read(html).title, titles(html)) == ("Team Zuid", ["Opening", "Huur"])
    columns = "<table><tr><td>Links ernaast<td><ol><li>Opening<li>Huur</ol></table>"
    assert titles(columns) == ["Opening", "Huur"]


# What is not the text


def test_what_nobody_sees_is_not_there():
    html = (
        "<html><head><title>weg</title><style>p{}</style></head><body><script>'<li>weg'</script>"
        "<ol><li>Opening<li hidden>weg<li style='DISPLAY : none'>weg<li>Huur<!-- weg -->"
        "<span style='mso-hide:all'>weg</span><noscript>weg</noscript></ol>"
    )
    assert lines(html) == ["1. Opening", "2. Huur"]
    assert titles(html) == ["Opening", "Huur"]


def test_menus_and_buttons_are_no_items():
    html = (
        "<header><nav><ul><li>Home<li>Over ons</ul></nav></header><main><header><h1>Raad</h1>"
        "</header><h2>Agenda</h2><ol><li>Opening <button>Inklappen</button><li>Huur"
        "<span role=button>Stukken</span></ol></main><aside><ul><li>Nieuws</ul></aside>"
        "<form>Zoek <input><label>op</label></form><footer>Privacy</footer>"
    )
    assert titles(html) == ["Opening", "Huur"]
    assert read(html).title == "Raad"
    assert titles("<form id=f><h2>Agenda</h2><ol><li>Opening<li>Huur</ol></form>") == [
        "Opening",
        "Huur",
    ]


# As programs paste it

WORD = (
    "<p class=MsoListParagraph style='mso-list:l0 level{} lfo1'><![if !supportLists]>"
    "<span style='mso-list:Ignore'>{}<span style='font:7pt'>&nbsp;&nbsp; </span></span>"
    "<![endif]>{}<o:p></o:p></p>"
)


def test_word_and_outlook():
    points = (1, "1.", "Opening"), (1, "2.", "<b>Huur</b>verhoging"), (2, "a.", "brief"), (
        (2, "§", "mail")), (1, "3.", "Rondvraag")  # fmt: skip
    html = (
        "<html><body><p class=MsoNormal>Hoi,<o:p></o:p></p><p class=MsoNormal>&nbsp;</p>"
        + "".join(WORD.format(*point) for point in points)
        + "<p class=MsoNormal>Groet,<br>Noor</p>"
    )
    assert as_markdown(html)[:2] == ["Hoi,", ""]  # type: ignore[index]
    assert titles(html) == ["Opening", "Huurverhoging", "Rondvraag"]
    assert "mail" in str(read(html).items[1].sub_items)
    unmarked = "<p style='mso-list:l0 level1 lfo1'>Huur</p><p style='mso-list:l0 level2'>brief</p>"
    assert lines(unmarked) == ["- Huur", "    - brief"]


def test_google_docs():
    html = (
        "<meta charset=utf-8><b style='font-weight:normal' id=docs-internal-guid-1>"
        "<h1><span>Team Zuid</span></h1><ol><li aria-level=1><p role=presentation>"
        "<span style='font-weight:700'>Opening</span></p></li><li><p><span>Klach</span>"
        "<span>ten</span></p></li><ul><li aria-level=2><p>balie</p></li></ul></ol></b>"
    )
    _, complaints = read(html).items
    assert (complaints.title, complaints.sub_items[0].title) == ("Klachten", "balie")


def test_a_mail_with_its_quote():
    html = (
        '<div dir="ltr"><div>Hoi Jo,</div><div><br></div><div>De punten:</div><div>1. Opening</div>'
        "<div>2. Huur</div><div><br></div><div>Groet, An</div></div><div class=gmail_quote>"
        "Op di schreef Jo &lt;jo@x.nl&gt;:<blockquote><div>Wat doen we?</div></blockquote></div>"
    )
    assert titles(html) == ["Opening", "Huur"]
    assert "Op di schreef Jo <jo@x.nl>:" in lines(html)


def test_span_soup_and_loose_numbers():
    html = "<div><div>1</div><span>Ope</span>ning</div><div><div>2</div><span>Huur</span></div>"
    assert titles(html) == ["Opening", "Huur"]


# Wild pages

TAGS = ["p", "div", "ul", "ol", "li", "table", "tr", "td", "th", "h2", "b", "br", "pre", "nav",
        "button", "header", "form", "dl", "dt", "dd", "blockquote", "span", "script"]  # fmt: skip
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from(['<td colspan="3">', "<li value=x>", "<ol start=9 type=a>", "&nbsp;", "&lt;"]),
    st.text(max_size=8),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_page_raises(html):
    assert isinstance(read("<html>" + html), Agenda)
    assert not set("".join(as_markdown("<p>" + html) or ())) & set("\x01\x02\x03\x04\x05\x0e\x0f")


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<b>", "<ul><li>", "<table><tr><td>", "<p>x</p>", "<i id=a>", "</p>", "<li>x", "\0",
     "<a ", "<!--", "<td>x<td rowspan=9 colspan=9>", "<button>", "<b> </b>", "<pre> \n", "&lt;"],
)  # fmt: skip
def test_a_page_takes_time_in_proportion(piece):
    begin = time.process_time()
    as_markdown("<html>" + piece * (300_000 // len(piece)))
    assert time.process_time() - begin < 4


def test_beyond_all_depth_the_words_still_count():
    assert titles("<div>" * 5000 + "<br>Agenda<br>1. Opening<br>2. Huur") == ["Opening", "Huur"]
