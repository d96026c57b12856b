"""`python -m corpus list [--json] | support | check | fetch [N ...] | add N FILE | remove N`.

What the corpus holds, whether it is sound, and the sources' own texts: fetched, added, removed.
"""

import argparse
import json
import os
import sys
from datetime import date
from typing import Any

from corpus.changes import CHANGES, add_changes, change
from corpus.corpus import Corpus, load_corpus
from corpus.errors import CorpusError
from corpus.plain import corpus_plain_faults
from corpus.support import support_table
from settings import Settings, SettingsError


def main() -> int:
    """Runs one command; returns the exit code: 0 sound or done, 1 with faults, 2 could not."""
    parser = argparse.ArgumentParser(prog="python -m corpus", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    listing = commands.add_parser("list", help="list the references and what there is of each")
    listing.add_argument("--json", action="store_true")
    commands.add_parser("support", help="how far each source supports the article, as a table")
    commands.add_parser("check", help="check everything; exit 1 on a fault")
    add_changes(commands)
    told = parser.parse_args()
    try:
        settings = Settings.from_environment(os.environ)
        if told.command in CHANGES:
            return change(settings, told)
        corpus = load_corpus(settings.corpus, settings.sources)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 1 if told.command == "check" else 2
    if told.command == "support":
        print(support_table(corpus.support))
        return 0
    if told.command == "check":
        return _check(corpus, settings)
    rows = _rows(corpus)
    if told.json:
        print(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for row in rows:
            print(_for_a_person(row, corpus.review_due(row["number"])))
    return 0


def _check(corpus: Corpus, settings: Settings) -> int:
    faults = [*corpus.faults, *corpus_plain_faults(corpus, settings)]
    for fault in faults:
        print(fault)
    for number in corpus.overdue(date.today()):
        due = corpus.review_due(number)
        print(f"warning: reference {number} was to be looked at again by {due}", file=sys.stderr)
    cards = sum(passage.card is not None for passage in corpus.passages)
    print(
        f"{len(corpus.documents)} documents, {len(corpus.passages)} passages, {cards} cards,"
        f" {len(corpus.phrasings)} phrasings, {len(faults)} faults"
    )
    return 1 if faults else 0


def _rows(corpus: Corpus) -> list[dict[str, Any]]:
    """One row a reference: the fields of the contract."""
    rows = []
    for reference in corpus.references.entries:
        number = reference.number
        name, note = f"ref-{number}", corpus.note(number)
        rows.append(
            {
                "number": number,
                "citation": reference.citation,
                "printed": reference.printed,
                "url": reference.url,
                "layers": sorted(one.layer for one in corpus.documents if one.name == name),
                "read": note.read if note else reference.read,
                "licence": reference.licence,
                "checked": reference.checked or None,
                "passages": sum(one.document.name == name for one in corpus.passages),
            }
        )
    return rows


def _for_a_person(row: dict[str, Any], due: date | None) -> str:
    lines = (
        f"{row['number']}. {row['citation']}",
        row["url"],
        f"read: {row['read']}",
        f"checked: {row['checked'] or 'nobody has opened the publisher’s page yet'}",
        f"review due: {due or 'not known before somebody looks at it'}",
        f"licence: {row['licence']}",
    )
    return "\n   ".join(lines)


if __name__ == "__main__":
    sys.exit(main())
