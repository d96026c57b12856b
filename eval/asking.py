"""Asking a system every golden question, into a run's folder; what is there is not asked again."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from corpus import Corpus
from eval import measures, misspelt, provenance
from eval.golden import Golden, GoldenError, Kind, Split
from eval.runs import (
    Row,
    Run,
    RunError,
    Setup,
    System,
    add_row,
    answers_hash,
    differences,
    golden_hash,
    load_run,
    read_rows,
    read_setup,
    row_of,
    write_rows,
    write_setup,
)
from eval.systems import Asked
from settings import Settings


def of_kind(golden: Sequence[Golden], kind: Kind | None) -> tuple[Golden, ...]:
    """The questions of that kind; all of them without one. Raises `GoldenError` when none is."""
    chosen = tuple(one for one in golden if kind in (None, one.kind))
    if not chosen:
        known = ", ".join(sorted({one.kind for one in golden}))
        raise GoldenError(f"no golden question is of kind {kind!r}; use one of {known}")
    return chosen


def setup_of(
    system: System,
    split: Split,
    kind: Kind | None,
    url: str | None,
    golden: Sequence[Golden],
    index: str | None,
    corpus: Corpus,
    settings: Settings,
) -> Setup:
    """What a run that starts now is made from. Asks git."""
    commit, dirty = provenance.commit(settings.root)
    return Setup(
        system=system,
        split=split,
        kind=kind,
        url=url,
        questions=len(golden),
        golden=golden_hash(golden),
        index=index,
        documents=provenance.document_hashes(corpus, settings.root),
        settings=provenance.settings_told(settings),
        commit=commit,
        dirty=dirty,
        versions=provenance.versions(),
        seeds={"bootstrap": measures.SEED, "typing errors": misspelt.SEED},
        started=_now(),
    )


def run(
    folder: Path,
    setup: Setup,
    golden: Sequence[Golden],
    asked: Asked,
    progress: Callable[[Sequence[Golden]], Sequence[Golden]] = lambda left: left,
) -> Run:
    """The finished run in `folder`: begun, gone on with, or already there.

    `progress` is handed the questions that are left and gives them back one by one. Raises
    `RunError` when the folder holds another run, and when the index changes meanwhile.
    """
    rows = _begun(folder, setup, golden)
    for one in progress(golden[len(rows) :]):
        answer = asked.ask(one)
        if setup.system == "ours" and answer.index != setup.index:
            raise RunError(
                f"{folder}: the index changed while {one.id!r} was asked "
                f"({setup.index} -> {answer.index}); run it again in another folder"
            )
        add_row(folder, row_of(one, answer))
    begun = read_setup(folder) or setup
    if not begun.finished:
        end = {"finished": _now(), "answers": answers_hash(folder)}
        write_setup(folder, begun.model_copy(update=end))
    return load_run(folder)


def _begun(folder: Path, setup: Setup, golden: Sequence[Golden]) -> tuple[Row, ...]:
    """The rows that are there already; without a run in `folder`, one is begun."""
    begun = read_setup(folder)
    if begun is None:
        if folder.exists() and any(folder.iterdir()):
            raise RunError(f"{folder} holds other files; give a new folder with --out")
        folder.mkdir(parents=True, exist_ok=True)
        write_setup(folder, setup)
        return ()
    if differ := differences(begun, setup):
        raise RunError(
            f"{folder} holds another run ({', '.join(differ)} differ); use another --out"
        )
    rows = read_rows(folder)
    if [row.golden for row in rows] != list(golden[: len(rows)]):
        raise RunError(f"{folder} holds answers to other questions; use another --out")
    if not begun.finished:
        write_rows(folder, rows)
    return rows


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
