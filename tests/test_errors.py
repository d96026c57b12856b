"""What reading a file says when it cannot be read, and how lines are found."""

from pathlib import Path

import pytest

from corpus.errors import (
    CorpusError,
    line_of,
    line_of_key,
    read_text,
    read_toml,
    refuse_unknown,
    wanted,
)
from tests.corpus_folder import write

TOML = """# passage = "in a comment"
passage = "A01"
phrasings = '''
what is a quote
'''

[[row]]
number=7

["also"]
"A02 A03" = "x"
"""


def test_an_error_names_file_line_fault_and_remedy(tmp_path: Path) -> None:
    error = CorpusError(tmp_path / "a.txt", 3, "it is upside down", "turn it round")
    assert str(error) == "a.txt:3: it is upside down; turn it round"
    assert (error.path, error.line) == (tmp_path / "a.txt", 3)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"^a\.txt:1: cannot be read \(.+\); put it back$"):
        read_text(tmp_path / "a.txt")


def test_a_folder_in_place_of_a_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r": cannot be read \(Is a directory\)"):
        read_text(tmp_path)


def test_bad_utf8_is_an_error_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("one é\ntwo\nthree ".encode() + b"\xe9\n")
    with pytest.raises(CorpusError, match=r"^a\.txt:3: is not UTF-8 \(byte 0xe9\); save it as"):
        read_text(tmp_path / "a.txt")


def test_a_text_is_read_as_it_is(tmp_path: Path) -> None:
    text = "\ufeffone\r\ntwo\rthree\n\n"
    write(tmp_path / "a.txt", text)
    assert read_text(tmp_path / "a.txt") == text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param('a = 1\nb = \nc = "x"\n', 2, id="in the middle"),
        pytest.param('a = 1\nb = "x', 2, id="at the end"),
        pytest.param("a = 1\na = 2\n", 2, id="a key twice"),
    ],
)
def test_bad_toml_is_an_error_at_its_line(tmp_path: Path, text: str, line: int) -> None:
    write(tmp_path / "a.toml", text)
    with pytest.raises(CorpusError, match=rf"^a\.toml:{line}: is not TOML \(.+\); mend that line$"):
        read_toml(tmp_path / "a.toml")


def test_toml_is_given_back_with_its_text(tmp_path: Path) -> None:
    write(tmp_path / "a.toml", "a = 1\n")
    assert read_toml(tmp_path / "a.toml") == ({"a": 1}, "a = 1\n")


@pytest.mark.parametrize(
    ("words", "line"), [("phrasings", 3), ("A02", 11), ("not there", 1), ("quote", 4)]
)
def test_the_line_of_words_is_where_they_first_stand(words: str, line: int) -> None:
    assert line_of(TOML, words) == line


@pytest.mark.parametrize(
    ("key", "line"),
    [("passage", 2), ("phrasings", 3), ("row", 7), ("number", 8), ("also", 10), ("A02 A03", 11)],
)
def test_the_line_of_a_key_is_where_it_is_given(key: str, line: int) -> None:
    assert line_of_key(TOML, key) == line


@pytest.mark.parametrize("key", ["quote", "what", "pass", "A02", ""])
def test_what_is_no_key_stands_on_the_first_line(key: str) -> None:
    assert line_of_key(TOML, key) == 1


def test_an_unknown_field_is_an_error_at_its_line(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"^a\.toml:3: unknown field phrasings; remove it$"):
        refuse_unknown({"passage": "A01", "phrasings": ""}, {"passage"}, tmp_path / "a.toml", TOML)


@pytest.mark.parametrize(
    ("value", "kind"), [("x", str), (3, int), (0, int), (["x"], list), (False, bool), ({}, dict)]
)
def test_a_value_of_its_type_is_given_back(tmp_path: Path, value: object, kind: type) -> None:
    assert wanted({"key": value}, "key", kind, tmp_path, 1) == value


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        pytest.param(None, str, id="missing"),
        pytest.param("", str, id="an empty text"),
        pytest.param([], list, id="an empty list"),
        pytest.param(3, str, id="a number for a text"),
        pytest.param("3", int, id="a text for a number"),
        pytest.param(True, int, id="yes for a number"),
        pytest.param(1, bool, id="a number for yes or no"),
    ],
)
def test_any_other_value_is_an_error(tmp_path: Path, value: object, kind: type) -> None:
    error = rf"^a\.toml:9: key is {value!r}; give it a value of type {kind.__name__}$"
    with pytest.raises(CorpusError, match=error.replace("[]", r"\[\]")):
        wanted({"key": value}, "key", kind, tmp_path / "a.toml", 9)
