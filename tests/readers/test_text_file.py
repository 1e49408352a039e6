from __future__ import annotations

import codecs
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.problem import Problem
from bot.readers.text_file import MOST_BYTES, decode
from bot.wording.texts import Texts

WORDS = "Agenda\n1. Café ‘De Huurder’ – € 5\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0"
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
RTF = rb"{\rtf1\ansi Agenda\par 1. Opening\par}"


def docx() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w:t>Agenda</w:t>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (WORDS.encode(), "utf-8"),
        (codecs.BOM_UTF8 + WORDS.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "utf-16"),
        (WORDS.encode("utf-16-le"), "utf-16"),
        (WORDS.encode("utf-16-be"), "utf-16"),
        (WORDS.replace("\n", "\r\n").encode("utf-16-le"), "utf-16"),
        (WORDS.encode("cp1252"), "cp1252"),
        (WORDS.replace("\n", "\r\n").encode("cp1252"), "cp1252"),
    ],
)
def test_a_text_is_read_whatever_program_wrote_it(raw: bytes, encoding: str) -> None:
    text, found = decode(raw, "agenda.txt")
    assert (text.replace("\r\n", "\n"), found) == (WORDS, encoding)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty_file"),
        (b" \t\r\n\x0c", "empty_file"),
        ("\u00a0\n\u2003".encode(), "empty_file"),
        (codecs.BOM_UTF8, "empty_file"),
        (codecs.BOM_UTF16_LE, "empty_file"),
        (b"Agenda\n1. Opening\0\n", "binary_file"),
        (b"\0" * 100, "binary_file"),
        (b"one NUL in a long text " * 100 + b"\0", "binary_file"),
        (WORDS.encode("utf-16-le")[:-1], "binary_file"),
        (WORDS.encode("utf-32-le"), "binary_file"),
        (bytes(range(1, 30)).decode().encode("utf-16-le"), "binary_file"),
        (" \n".encode("utf-16-be"), "empty_file"),
        (PNG, "binary_file"),
        (PDF, "binary_file"),
        (RTF, "binary_file"),
        (docx(), "binary_file"),
        (b"\x1b[31m\x07\x08 some \x01\x02 words", "binary_file"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", "binary_file"),
        (b"undefined in cp1252: \x81", "binary_file"),
        (b"a" * (MOST_BYTES + 1), "long_file"),
    ],
)
def test_what_is_no_agenda_is_refused_with_what_to_do(
    raw: bytes, code: str, nl: Texts, en: Texts
) -> None:
    with pytest.raises(Problem) as caught:
        decode(raw, "agenda.txt")
    assert caught.value.code == code
    for texts in (nl, en):
        sentence = texts.problem(caught.value)
        assert "agenda.txt" in sentence
        assert ";" in sentence, "what happened; what to do"


def test_the_longest_file_is_read() -> None:
    assert decode(b"a" * MOST_BYTES, "agenda.txt") == ("a" * MOST_BYTES, "utf-8")


def test_a_single_stray_control_character_in_a_long_text_is_no_reason_to_refuse() -> None:
    assert decode(b"agenda " * 100 + b"\x0e", "agenda.txt")[1] == "utf-8"


def test_lone_surrogates_never_come_out() -> None:
    text, encoding = decode("\ud800 agenda".encode(errors="surrogatepass"), "agenda.txt")
    assert encoding == "cp1252"
    assert not any("\ud800" <= char <= "\udfff" for char in text)


@given(st.one_of(st.binary(), st.text().map(lambda t: codecs.BOM_UTF16_BE + t.encode("utf-16-be"))))
def test_any_bytes_become_text_or_a_problem(raw: bytes) -> None:
    try:
        text, encoding = decode(raw, "agenda.txt")
    except Problem as problem:
        assert problem.code in {"binary_file", "empty_file"}  # noqa: PT017
    else:
        assert encoding in {"utf-8", "utf-16", "cp1252"}
        assert "\0" not in text
        assert text.strip()
        text.encode()


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).filter(str.strip))
def test_text_in_utf_8_comes_out_as_it_went_in(words: str) -> None:
    if not words.startswith(("\ufeff", "%PDF-", "{\\rtf")):
        assert decode(words.encode(), "agenda.txt") == (words, "utf-8")
