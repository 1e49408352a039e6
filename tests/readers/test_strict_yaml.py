from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.domain.problem import Mistake, Mistakes
from bot.readers import strict_yaml
from bot.readers.strict_yaml import MOST_BYTES, Document, Place
from bot.readers.yaml_slips import MOST_SLIPS

ANYTHING = TypeAdapter(Any)
YAML_PARTS = [*"ab12:-*&!<>{}[]\"'#|?%@~., \t\n\r\\\0\x07é…\u2028😀", "\n  ", ": ", "\n- ", "<<: "]
YAML_LIKE = st.lists(st.sampled_from(YAML_PARTS), max_size=30).map("".join)


@pytest.fixture
def load(tmp_path: Path) -> Callable[[str | bytes], Document]:
    def load(content: str | bytes) -> Document:
        path = tmp_path / "file.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return strict_yaml.load(path)

    return load


Load = Callable[[str | bytes], Document]


def wrong(load: Load, content: str | bytes) -> list[tuple[int, str, str]]:
    """(line, key, code) of each mistake in a file."""
    with pytest.raises(Mistakes) as caught:
        load(content).validated(ANYTHING)
    return [(m.line, m.key, m.code) for m in caught.value.mistakes]


def test_values_know_their_file_and_line(load: Load, tmp_path: Path) -> None:
    document = load("# top\na: 1\nb:\n  c: two\n  d:\n    - x\n    - y\n")
    assert document.data == {"a": 1, "b": {"c": "two", "d": ["x", "y"]}}
    file = str(tmp_path / "file.yaml")
    assert document.places[("b", "d", 1)] == Place(file, 7)
    assert document.mistake(("b", "d", 1), "words") == Mistake(file, 7, "b.d.1", "words")


def test_a_key_that_is_not_there_is_told_at_the_nearest_place_above(load: Load) -> None:
    mistake = load("a: 1\nb:\n  c: 2\n").mistake(("b", "gone"), "missing")
    assert (mistake.line, mistake.key) == (2, "b.gone")


@pytest.mark.parametrize("content", ["", "\n\n", "# only a comment\n", "~", "---\n", "null\n"])
def test_an_empty_file_says_nothing(load: Load, content: str) -> None:
    assert load(content).validated(ANYTHING) == {}


def test_a_key_is_a_word_as_it_is_typed(load: Load) -> None:
    document = load("1: a\n01: b\non: c\n12:30: d\n<<: {e: f}\n~: g\n")
    keys = {"1": "a", "01": "b", "on": "c", "12:30": "d", "<<": {"e": "f"}, "~": "g"}
    assert document.validated(ANYTHING) == keys


def test_only_true_and_false_numbers_and_nothing_are_no_words(load: Load) -> None:
    said = "[no, on, 2026-13-45, 12:30, 0b_, 1_0, true, 3, -1.5, '3', null, !!str 3]"
    values = ["no", "on", "2026-13-45", "12:30", "0b_", "1_0", True, 3, -1.5, "3", None, "3"]
    assert load(said).validated(ANYTHING) == values


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("a: &x [1]\nb: *x\n", (2, "b", "alias")),
        ("a:\n  - &x 1\n  - 2\n  - *x\n", (4, "a.2", "alias")),
        ("&a [*a]", (1, "0", "alias")),
        ("a: 1\nb: *unknown\n", (2, "b", "alias")),
        ("a: *bold* words\n", (1, "a", "first_character")),
        ("a: 1\nb: 2\na: 3\n", (3, "a", "twice")),
        ("a: {b: 1, b: 1}\n", (1, "a.b", "twice")),
        ("on: 1\non: 2\n", (2, "on", "twice")),
        ("{x}: 1\n", (1, "(file)", "first_character")),
        ("? [x]\n: 1\n", (1, "(file)", "first_character")),
        ("a: !thing x\n", (1, "a", "first_character")),
        ("a: !!python/object/apply:os.system [ls]\n", (1, "a", "first_character")),
        ("a: @home\n", (1, "a", "first_character")),
        ("x: 1\na: {to: #home, b: 1}\n", (2, "a.to", "first_character")),
        ("x: 1\na: [#home, #b]\n\ny: 1\n", (2, "(file)", "first_character")),
        ("x: 1\na: {to: C1,\n\n\n", (2, "(file)", "not_yaml")),
        ("a:\n\tb: 1\n", (2, "(file)", "tab")),
        ("a: 1\n  b: 2\n", (2, "(file)", "not_yaml")),
        ("a: b: c\n", (1, "(file)", "not_yaml")),
        ('x: 1\na: "open\nb: 2\n', (2, "(file)", "not_yaml")),
        ("a: [1, 2\n", (1, "(file)", "not_yaml")),
        ("a: 'it's'\n", (1, "(file)", "not_yaml")),
        ('a: "C:\\qq"\n', (1, "(file)", "not_yaml")),
        ("a: 1\n---\nb: 2\n", (2, "(file)", "not_yaml")),
        ("a: 1\nb: \0\n", (2, "(file)", "not_utf8")),
    ],
)
def test_what_is_not_allowed_is_told_with_its_line(
    load: Load, content: str, told: tuple[int, str, str]
) -> None:
    assert wrong(load, content)[:1] == [told]


def test_aliases_and_double_keys_come_together_with_other_mistakes(load: Load) -> None:
    document = load("a: &x 1\nb: *x\na: 2\nc: words\n")
    with pytest.raises(Mistakes) as caught:
        document.validated(TypeAdapter(dict[str, int]))
    found = [(m.line, m.key, m.code) for m in caught.value.mistakes]
    assert found == [(2, "b", "alias"), (3, "a", "twice"), (4, "c", "whole_number")]


def test_a_slip_of_the_pen_leaves_the_rest_to_be_looked_at(load: Load) -> None:
    text = "a: café @ x\nb: @home\nc:\n\td: 1\n\te: *f\ng: [é, `h`, 2]\n@i: 4\na: 5\n"

    assert wrong(load, text) == [
        (2, "b", "first_character"),
        (4, "(file)", "tab"),
        (5, "(file)", "tab"),
        (5, "c.e", "alias"),
        (6, "g.1", "first_character"),
        (7, "(file)", "first_character"),
        (8, "a", "twice"),
    ]


def test_what_was_found_before_the_form_is_lost_is_told_too(load: Load) -> None:
    assert wrong(load, "a: @home\nb:\n\tc: 1\nd: e: f\ng: `h`\n") == [
        (1, "(file)", "first_character"),
        (3, "(file)", "tab"),
        (4, "(file)", "not_yaml"),
    ]


def test_a_file_full_of_slips_is_not_read_for_ever(load: Load) -> None:
    told = wrong(load, "".join(f"a{n}: @b\n" for n in range(2000)))

    assert len(told) == MOST_SLIPS + 1
    assert told[-1] == (MOST_SLIPS + 1, "(file)", "not_yaml")


def test_an_alias_bomb_stays_small(load: Load) -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    assert len(wrong(load, "\n".join(lines))) == 59 * 3


@pytest.mark.parametrize("signs", ["[", "{a: ", "- ", "? "])
def test_nesting_100_000_levels_deep_is_refused(load: Load, signs: str) -> None:
    assert wrong(load, signs * 100_000) == [(1, "(file)", "not_yaml")]


def test_twenty_levels_are_fine(load: Load) -> None:
    assert load("[" * 20 + "]" * 20).validated(ANYTHING)


def test_2_mb_is_refused_and_the_limit_itself_is_not(load: Load) -> None:
    assert wrong(load, "#" * 2_000_000) == [(0, "(file)", "too_long")]
    assert load("#" * MOST_BYTES).data == {}


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfa: 1\n", b"a: 1\r\n", b"a: 1\r"])
def test_bom_and_other_line_ends_are_read(load: Load, content: bytes) -> None:
    assert load(content).data == {"a": 1}


def test_lines_are_counted_in_a_file_with_windows_line_ends(load: Load) -> None:
    assert wrong(load, b"a: 1\r\nb: 2\r\na: 3\r\n") == [(3, "a", "twice")]


@pytest.mark.parametrize(
    ("content", "line"),
    [("a: 1\nb: café\n".encode("cp1252"), 2), ("a: 1\n".encode("utf-16"), 1)],
)
def test_a_file_in_another_encoding_is_refused(load: Load, content: bytes, line: int) -> None:
    assert wrong(load, content) == [(line, "(file)", "not_utf8")]


def test_a_folder_is_told_as_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Mistakes) as caught:
        strict_yaml.load(tmp_path)
    assert [m.code for m in caught.value.mistakes] == ["unreadable"]
    assert caught.value.mistakes[0].values["why"]


def test_a_file_we_may_not_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file.yaml"
    path.write_text("a: 1")
    path.chmod(0)
    if os.access(path, os.R_OK):  # root may read everything

        def refuse(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(Mistakes) as caught:
        strict_yaml.load(path)
    assert [m.code for m in caught.value.mistakes] == ["unreadable"]


def document(name: str, data: Any, places: dict[tuple[Any, ...], int]) -> Document:
    return Document(data, {path: Place(name, line) for path, line in places.items()})


def test_merging_keeps_each_values_file_and_line() -> None:
    ours = document("ours", {"a": {"b": 1, "c": [1, 2]}}, {(): 1, ("a",): 1, ("a", "b"): 2})
    theirs = document("theirs", {"a": {"b": 9, "d": 3}}, {(): 1, ("a",): 4, ("a", "b"): 5})
    merged = strict_yaml.merge(ours, theirs)
    assert merged.data == {"a": {"b": 9, "c": [1, 2], "d": 3}}
    assert merged.places[("a", "b")] == Place("theirs", 5)
    assert merged.places[("a",)] == Place("ours", 1)


def test_merging_replaces_a_list_with_all_its_places() -> None:
    ours = document("ours", {"a": [1, 2]}, {(): 1, ("a",): 1, ("a", 0): 2, ("a", 1): 3})
    theirs = document("theirs", {"a": [9]}, {(): 1, ("a",): 7, ("a", 0): 8})
    merged = strict_yaml.merge(ours, theirs)
    assert merged.data == {"a": [9]}
    assert merged.places == {
        (): Place("ours", 1),
        ("a",): Place("theirs", 7),
        ("a", 0): Place("theirs", 8),
    }


def test_a_value_left_empty_changes_nothing() -> None:
    ours = document("ours", {"a": {"b": 1}}, {(): 1, ("a",): 1, ("a", "b"): 2})
    theirs = document("theirs", {"a": None}, {(): 1, ("a",): 1})
    assert strict_yaml.merge(ours, theirs).data == ours.data


def test_mistakes_of_both_documents_survive_merging(load: Load) -> None:
    ours = document("ours", {"a": 1}, {(): 1, ("a",): 1})
    merged = strict_yaml.merge(ours, load("a: 2\na: 3\n"))
    with pytest.raises(Mistakes):
        merged.validated(ANYTHING)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(YAML_LIKE, st.text(), st.binary()))
def test_no_file_makes_reading_raise_anything_but_mistakes(
    load: Load, content: str | bytes
) -> None:
    raw = content if isinstance(content, bytes) else content.encode(errors="surrogatepass")
    try:
        load(raw).validated(ANYTHING)
    except Mistakes as error:
        for mistake in error.mistakes:
            assert mistake.file.endswith("file.yaml")
            assert 0 <= mistake.line <= len(raw.decode(errors="replace").splitlines()) + 1
