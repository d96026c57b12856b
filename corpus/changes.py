"""The commands that change which sources' own texts are stored: fetch, add, remove.

They say on standard error what was done, and what is to be done next. What they need to read
documents and to ask servers is loaded only when one of them runs.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from corpus.blocks import SourceError
from corpus.references import References, load_references
from settings import Settings

CHANGES = ("fetch", "add", "remove")


def add_changes(commands: Any) -> None:
    """Adds the three to the sub-commands of an `argparse` parser."""
    fetch = commands.add_parser("fetch", help="fetch the texts whose licence allows it")
    fetch.add_argument("numbers", metavar="N", type=int, nargs="*", help="only these references")
    fetch.add_argument("--again", action="store_true", help="also what is stored already")
    add = commands.add_parser("add", help="add your own copy of a source")
    add.add_argument("numbers", metavar="N", type=int, nargs=1, help="the number of its reference")
    add.add_argument("file", metavar="FILE", type=Path, help="HTML, JATS XML, PDF, Markdown, text")
    add.add_argument("--permission", required=True, help='who gave the right: "who, when"')
    remove = commands.add_parser("remove", help="remove the stored text of a source")
    remove.add_argument("numbers", metavar="N", type=int, nargs=1, help="its reference's number")


def change(settings: Settings, told: argparse.Namespace) -> int:
    """Runs one of the three; the exit code: 0 done, 1 not all of it, 2 no such reference.

    Raises `CorpusError` when the list of references cannot be used.
    """
    references = load_references(settings.corpus / "references.toml")
    if unknown := [number for number in told.numbers if number not in references.numbers]:
        known = ", ".join(map(str, sorted(references.numbers)))
        _say(f"there is no reference {unknown[0]}; use one of {known}")
        return 2
    try:
        run = {"fetch": _fetch, "add": _add, "remove": _remove}[told.command]
        changed, failed = run(settings, references, told)
    except SourceError as error:
        _say(f"reference {told.numbers[0]}: {error}")
        return 1
    except KeyboardInterrupt:
        _say("stopped; run the same command to go on, then `python -m index build`")
        return 130
    if changed:
        _say("now run `python -m index build`")
    return 1 if failed else 0


def _fetch(settings: Settings, references: References, told: argparse.Namespace) -> tuple[int, int]:
    import httpx

    from corpus.fetch import fetch_all
    from corpus.polite import TIMEOUT

    with httpx.Client(timeout=TIMEOUT) as client:
        return fetch_all(settings, references, told.numbers, told.again, client, _say)


def _add(settings: Settings, references: References, told: argparse.Namespace) -> tuple[int, int]:
    from corpus.store import add_source

    [number] = told.numbers
    record = add_source(settings, references, number, told.file, told.permission)
    _say(f"reference {number}: stored {record.origin}, titled {record.title!r}")
    return 1, 0


def _remove(
    settings: Settings, references: References, told: argparse.Namespace
) -> tuple[int, int]:
    from corpus.store import remove_source

    [number] = told.numbers
    remove_source(settings, references, number)
    _say(f"reference {number}: removed")
    return 1, 0


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
