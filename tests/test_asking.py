"""A run goes on where it stopped, and never mixes two runs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot import Answer
from eval.asking import of_kind, run, setup_of
from eval.exposure import ExposureError, expose, exposures
from eval.golden import Golden, GoldenError
from eval.runs import ANSWERS, Run, RunError, load_run
from eval.scoring import SCORES, score, scored
from eval.systems import Asked
from settings import Settings
from tests.golden_questions import made, unanswered
from tests.test_runs import setup

GOLDEN = tuple(made(id=id, question=f"{id}?") for id in "abc")


def system(index: str = "1", stop_at: str = "", asked: list[str] | None = None) -> Asked:
    """A system that declines; it is stopped at one question, and tells what it was asked."""

    def ask(golden: Golden) -> Answer:
        if golden.id == stop_at:
            raise KeyboardInterrupt
        if asked is not None:
            asked.append(golden.id)
        return unanswered(golden, index=index).answer

    return Asked(ask, index)


def begun(**told: object) -> object:
    from eval.runs import golden_hash

    return setup(finished=None, golden=golden_hash(GOLDEN), **told)


@pytest.fixture
def ran(tmp_path: Path) -> Callable[..., Run]:
    def once(asked: Asked, **told: object) -> Run:
        return run(tmp_path / "run", begun(**told), GOLDEN, asked)  # type: ignore[arg-type]

    return once


def test_a_run_that_was_stopped_goes_on(ran: Callable[..., Run], tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        ran(system(stop_at="c"))
    with pytest.raises(RunError, match=r"unfinished \(2 of 3 answers\)"):
        load_run(tmp_path / "run")
    asked: list[str] = []
    finished = ran(system(asked=asked))
    assert asked == ["c"]
    assert [row.golden.id for row in finished.rows] == ["a", "b", "c"]


def test_an_answer_that_was_cut_off_is_asked_again(ran: Callable[..., Run], tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        ran(system(stop_at="c"))
    answers = tmp_path / "run" / ANSWERS
    answers.write_bytes(answers.read_bytes()[:-30])
    asked: list[str] = []
    assert len(ran(system(asked=asked)).rows) == 3
    assert asked == ["b", "c"]


def test_a_finished_run_asks_nothing(ran: Callable[..., Run]) -> None:
    first, asked = ran(system()), list[str]()
    assert ran(system(asked=asked)) == first
    assert asked == []


@pytest.mark.parametrize(
    ("told", "differs"),
    [({"index": "2"}, "index"), ({"split": "test"}, "split"), ({"system": "bm25"}, "system")],
    ids=["index", "split", "system"],
)
def test_another_run_is_not_mixed_in(
    told: dict[str, str], differs: str, ran: Callable[..., Run]
) -> None:
    ran(system())
    with pytest.raises(RunError, match=rf"holds another run \({differs} differ\)"):
        ran(system(index=told.get("index", "1")), **told)


def test_an_index_that_changes_meanwhile_stops_the_run(ran: Callable[..., Run]) -> None:
    with pytest.raises(RunError, match=r"the index changed while 'a' was asked \(1 -> 2\)"):
        ran(Asked(system(index="2").ask, "1"))


def test_a_folder_with_other_files_is_not_written_to(
    ran: Callable[..., Run], tmp_path: Path
) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "mine.txt").write_text("mine")
    with pytest.raises(RunError, match="holds other files"):
        ran(system())


def test_one_kind_can_be_asked_by_itself() -> None:
    urgent = made(id="u", kind="urgent", outcome="urgent", evidence=())
    assert of_kind((*GOLDEN, urgent), "urgent") == (urgent,)
    assert of_kind(GOLDEN, None) == GOLDEN
    with pytest.raises(GoldenError, match="no golden question is of kind 'urgent'; use one of art"):
        of_kind(GOLDEN, "urgent")


def test_a_setup_names_no_place_outside_the_project(settings: Settings, dev_run: Run) -> None:
    assert str(settings.root) not in dev_run.setup.model_dump_json()
    assert dev_run.setup.settings["var"] == "var"


def test_a_broken_line_of_the_log_of_test_runs_is_named(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    expose(setup(), log)
    assert len(exposures(log)) == 1
    for broken in ("{", '{"colour": "red"}', "3", ""):
        log.write_text(f"{log.read_text('utf-8').splitlines()[0]}\n{broken}\n", "utf-8")
        with pytest.raises(ExposureError, match=r"log\.jsonl:2: is no run of the test split"):
            exposures(log)


def test_scores_that_were_saved_are_read_again(dev_run: Run) -> None:
    assert len(scored(dev_run)) == len(dev_run.rows)


def test_the_same_answers_get_the_same_scores(
    dev_run: Run, corpus: object, settings: Settings
) -> None:
    before = (dev_run.folder / SCORES).read_bytes()
    score(dev_run, corpus, settings)  # type: ignore[arg-type]
    assert (dev_run.folder / SCORES).read_bytes() == before


def test_a_run_of_files_that_changed_is_not_scored(
    dev_run: Run, corpus: object, settings: Settings
) -> None:
    (path, _), *_ = dev_run.setup.documents.items()
    documents = {**dev_run.setup.documents, path: "0" * 64}
    other = dev_run._replace(setup=dev_run.setup.model_copy(update={"documents": documents}))
    with pytest.raises(RunError, match=rf"{path} has changed since the run"):
        score(other, corpus, settings)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (None, "has no scores; run `python -m eval score"),
        ("{}", "is of another version or damaged"),
        ('{"format": 1, "answers": "0", "scores": {}}', "holds scores of other answers"),
    ],
    ids=["none", "damaged", "of other answers"],
)
def test_scores_that_cannot_be_used_are_named(
    content: str | None, fault: str, ran: Callable[..., Run]
) -> None:
    finished = ran(system())
    if content:
        (finished.folder / SCORES).write_text(content)
    with pytest.raises(RunError, match=fault):
        scored(finished)


def test_each_run_of_the_test_split_is_counted(tmp_path: Path) -> None:
    log = tmp_path / "test-runs.jsonl"
    assert exposures(log) == ()
    for name in ("ours", "bm25"):
        expose(setup(split="test", system=name), log)
    assert [one.system for one in exposures(log)] == ["ours", "bm25"]


def test_the_setup_of_a_run_says_what_it_is_made_from(corpus: object, settings: Settings) -> None:
    told = setup_of("ours", "dev", None, None, GOLDEN, "1", corpus, settings)  # type: ignore[arg-type]
    assert told.questions == 3
    assert told.finished is None
    assert {"python", "scikit-learn"} <= told.versions.keys()
    assert "corpus/content/article.txt" in told.documents
