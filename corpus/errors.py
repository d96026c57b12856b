"""What a fault in the content is called, and where in a file it stands."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class CorpusError(ValueError):
    """The content cannot be used as it stands: the file, the line, what is wrong, what to do."""

    def __init__(self, path: Path, line: int, what: str, remedy: str) -> None:
        super().__init__(f"{path.name}:{line}: {what}; {remedy}")
        self.path, self.line = path, line


def line_of(text: str, words: str) -> int:
    """The line, from 1, on which `words` first stand in `text`; 1 when they do not."""
    return text.count("\n", 0, max(text.find(words), 0)) + 1


def line_of_key(text: str, key: str) -> int:
    """The line, from 1, on which TOML `text` first gives `key` or opens its table; else 1."""
    found = re.search(rf"^[ \t]*\[*[\"']?{re.escape(key)}[\"']?[ \t]*[]=.]", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def refuse_unknown(table: dict[str, Any], known: set[str], path: Path, text: str) -> None:
    """Raises `CorpusError` for a field of `table` that is not among the `known` ones."""
    for key in sorted(table.keys() - known):
        raise CorpusError(path, line_of_key(text, key), f"unknown field {key}", "remove it")


def read_text(path: Path) -> str:
    """The file's text, line ends untouched. Raises `CorpusError` if it is missing or not UTF-8."""
    try:
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise CorpusError(path, 1, f"cannot be read ({why})", "put it back") from error
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        fault = f"is not UTF-8 (byte {raw[error.start]:#04x})"
        raise CorpusError(path, line, fault, "save it as UTF-8") from error


def read_toml(path: Path) -> tuple[dict[str, Any], str]:
    """The parsed file and its text. Raises `CorpusError` as `read_text` does, or for bad TOML."""
    text = read_text(path)
    return parse_toml(text, path), text


def parse_toml(text: str, path: Path, before: int = 0) -> dict[str, Any]:
    """The table that `text` holds, which stands in `path` after `before` lines.

    Raises `CorpusError` for what is not TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # tomllib tells the line only in its message: "... (at line 7, column 3)".
        told = str(error).partition("at line ")[2].partition(",")[0]
        line = before + (int(told) if told.isdigit() else text.count("\n") + 1)
        raise CorpusError(path, line, f"is not TOML ({error})", "mend that line") from error


def table_rows(
    table: dict[str, Any], name: str, known: set[str], path: Path, text: str
) -> Iterator[tuple[dict[str, Any], int]]:
    """Each table `[[name]]` of TOML `text` with the line that opens it.

    Raises `CorpusError` when `name` is no list of tables or one has a field that is not `known`.
    """
    rows = table.get(name, [])
    opened = [one.start() for one in re.finditer(rf"^\[\[{name}\]\]", text, re.MULTILINE)]
    if not isinstance(rows, list) or len(rows) != len(opened):
        line = line_of_key(text, name)
        raise CorpusError(path, line, f"{name} is no list of tables", f"open each with [[{name}]]")
    for row, at in zip(rows, opened, strict=True):
        refuse_unknown(row, known, path, text)
        yield row, text.count("\n", 0, at) + 1


def wanted(table: dict[str, Any], key: str, kind: type, path: Path, line: int) -> Any:
    """`table[key]`, when it is of just that `kind` and not empty; else raises `CorpusError`."""
    value = table.get(key)
    if type(value) is not kind or value in ("", []):
        fault = f"{key} is {value!r}"
        raise CorpusError(path, line, fault, f"give it a value of type {kind.__name__}")
    return value
