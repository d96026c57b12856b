"""How far each source was found to support the article, sentence by sentence.

`support.toml` has a row for each number that the article prints, and for other sources that say the
same. "Not found" is said of the part of a source that could be read: no row says that the article
is wrong.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document
from corpus.errors import CorpusError, read_toml, refuse_unknown, table_rows, wanted
from corpus.facts import load_facts
from corpus.notes import Note
from corpus.references import References

SUPPORTED, PARTLY, NOT_FOUND, NOT_CHECKED = "supported", "partly", "not found", "not checked"
FOUND = (SUPPORTED, PARTLY, NOT_FOUND, NOT_CHECKED)


@dataclass(frozen=True)
class Support:
    """What was found of one sentence of the article in one source."""

    words: str
    """The sentence, exactly as the article prints it."""
    reference: int
    found: str
    facts: tuple[int, ...]
    """The facts of the source that say it, or part of it."""
    note: str
    """The paragraph of our note that says the same ("N7-many-kinds"); empty when none does."""
    remark: str
    line: int
    """Where it stands in the file that lists it."""


def load_support(path: Path) -> tuple[Support, ...]:
    """The rows of `path`, in its order; none when there is no such file.

    Raises `CorpusError` for a missing, malformed or unknown field.
    """
    if not path.exists():
        return ()
    table, text = read_toml(path)
    refuse_unknown(table, {"sentence"}, path, text)
    known = {"words", "reference", "found", "facts", "note", "remark"}
    rows = []
    for row, line in table_rows(table, "sentence", known, path, text):
        number, note = wanted(row, "reference", int, path, line), str(row.get("note", ""))
        found = wanted(row, "found", str, path, line)
        if found not in FOUND:
            raise CorpusError(path, line, f"found is {found!r}", f"use one of {', '.join(FOUND)}")
        rows.append(
            Support(
                words=wanted(row, "words", str, path, line),
                reference=number,
                found=found,
                facts=tuple(wanted(row, "facts", list, path, line)) if "facts" in row else (),
                note=f"N{number}-{note}" if note else "",
                remark=str(row.get("remark", "")),
                line=line,
            )
        )
    return tuple(rows)


def support_faults(
    rows: Sequence[Support],
    article: Document,
    notes: Sequence[Note],
    references: References,
    path: Path,
) -> Iterator[str]:
    """What a person must mend: rows that hold for nothing, and numbers that nobody compared.

    Reads the files of facts beside `path`.
    """
    sentences = {
        sentence.text: sentence
        for _, part in article.paragraphs()
        if part.kind == "body"
        for sentence in part.sentences
    }
    paragraphs = {
        sentence.id.partition(".")[0] for note in notes for sentence in note.document.sentences()
    }
    facts = {
        note.number: load_facts(path.parent / "facts" / f"{note.document.name}.toml").keys()
        for note in notes
    }
    told = [(row.words, row.reference) for row in rows]
    for row in rows:
        known = set(facts.get(row.reference, ()))
        for wrong, what, remedy in (
            (row.words not in sentences, "is no sentence of the article", "copy it exactly"),
            (
                row.reference not in references.numbers,
                f"is compared with reference {row.reference}, which is not listed",
                "mend the number",
            ),
            (
                told.count((row.words, row.reference)) > 1,
                "is compared twice with one source",
                "join the rows",
            ),
            (not set(row.facts) <= known, f"names unlisted facts {row.facts}", "mend them"),
            (row.note and row.note not in paragraphs, f"names no paragraph {row.note}", "mend it"),
            (
                row.found in (SUPPORTED, PARTLY) and not row.facts,
                "names no fact",
                "name those that say it",
            ),
        ):
            if wrong:
                yield str(CorpusError(path, row.line, f"{row.words[:50]!r}... {what}", remedy))
    for words, sentence in sentences.items() if rows else ():
        for number in sentence.numbers:
            if (words, number) not in told:
                fault = f"{sentence.id} prints ({number}), which has no row"
                yield str(CorpusError(path, 1, fault, 'add one; "not checked" is an honest value'))


def support_table(rows: Sequence[Support]) -> str:
    """A Markdown table of the rows, in their order. Pure."""
    lines = [
        "| sentence of the article | reference | found | facts | remark |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        facts = ", ".join(str(number) for number in row.facts) or "-"
        lines.append(f"| {row.words} | {row.reference} | {row.found} | {facts} | {row.remark} |")
    return "\n".join(lines)
