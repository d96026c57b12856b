"""Builds of the index: fresh, stale, damaged, killed, swapped; and what search finds."""

import gc
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from bot import Chatbot, Turn
from bot.decide import decide
from bot.followups import Understood
from corpus import CorpusError
from index import LiveIndex, UnusableIndex, build_index
from index.store import current_manifest, current_name
from settings import ROOT, Settings
from tests.conftest import link_models
from tests.corpus_folder import card, edit, write, write_corpus


@pytest.fixture(scope="module")
def built(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up corpus with its index, built once."""
    root = tmp_path_factory.mktemp("built")
    small = Settings(root=root, corpus=write_corpus(root / "content"), var=root / "var")
    link_models(settings, small.var)
    build_index(small)
    return root


@pytest.fixture
def small(built: Path, tmp_path: Path) -> Settings:
    """A made-up corpus with its index, which the test may spoil."""
    shutil.copytree(built, tmp_path, symlinks=True, dirs_exist_ok=True)
    return Settings(root=tmp_path, corpus=tmp_path / "content", var=tmp_path / "var")


def builds(settings: Settings) -> set[str]:
    return {path.name for path in (settings.var / "index" / "builds").iterdir()}


def index_command(settings: Settings, *arguments: str) -> list[str]:
    """`python -m index ...` with these settings, to run in a process of its own."""
    script = (
        "import os, runpy, sys; from pathlib import Path;"
        f"os.environ.update(CHATBOT_ROOT={str(settings.root)!r},"
        f"CHATBOT_CORPUS={str(settings.corpus)!r}, CHATBOT_VAR={str(settings.var)!r});"
        f"sys.argv = ['index', *{arguments!r}]; runpy.run_module('index', run_name='__main__')"
    )
    return [sys.executable, "-c", script]


def test_a_fresh_index_is_not_built_again(small: Settings) -> None:
    before = builds(small)
    build_index(small)
    assert builds(small) == before


@pytest.mark.parametrize("file", ["article.txt", "cards/A06.toml", "messages/off_topic.txt"])
def test_changed_content_makes_it_stale(file: str, small: Settings) -> None:
    path = small.corpus / file
    path.write_bytes(path.read_bytes() + b"\n# more\n")
    with pytest.raises(UnusableIndex, match=r"built from other content.*python -m index build"):
        LiveIndex(small)


def test_the_last_builds_stay_and_older_ones_go(small: Settings) -> None:
    names = [current_name(small)]
    for _ in range(3):
        build_index(small, again=True)
        names.append(current_name(small))
    assert builds(small) == set(names[-2:])


def test_a_build_writes_its_steps_down(small: Settings) -> None:
    steps: list[str] = []
    build_index(small, again=True, progress=steps.append)
    assert len(steps) == 5


def test_search_finds_a_passage_without_a_card(small: Settings) -> None:
    hits = LiveIndex(small)().search("some kinds eat into soft stone", 3)
    assert hits[0].record.id == "A09"
    assert not hits[0].record.carded
    assert hits[0].record.references == (2, 3)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize(
    ("answered", "confidence", "quoted"),
    [(False, 0.1, "A09"), (True, 0.1, "A09"), (True, 0.99, None)],
    ids=["the head declines", "the head is less sure", "the head is surer"],
)
def test_search_and_head_are_weighed(
    answered: bool, confidence: float, quoted: str | None, small: Settings
) -> None:
    index = LiveIndex(small)()
    question = "Some kinds can eat into soft stone."
    understood = replace(index.understand(question), answered=answered, confidence=confidence)
    decision = decide(question, Understood(understood), index, small)
    assert decision.outcome == "answered"
    found = [passage.id for passage in decision.passages]
    if quoted:
        assert found[0] == quoted
    else:  # an article sentence that is nearly as likely may stand before the head's best, a note
        assert understood.passages[0][0].id in found
        assert "A09" not in found


def test_a_sentence_of_the_summary_gives_way(small: Settings) -> None:
    answer = Chatbot.open(small).ask("Lichen grows on roofs where the air isn't dirty.")
    assert answer.outcome == "answered"
    assert answer.quotes[0].references == (1, 2)
    assert answer.quotes[0].section != "Closing summary"


def test_changed_words_are_quoted_without_the_old_line(small: Settings) -> None:
    edit(small.corpus / "article.txt", "because rain has made", "because frost has made")
    manifest = build_index(small)
    answer = Chatbot.open(small).ask("Why does lichen settle on tiles?")
    assert "frost" in answer.quotes[0].text
    assert not answer.statements
    assert "A06" in manifest["faults"][0]


def test_a_note_adds_to_the_article_that_says_the_same(small: Settings) -> None:
    answer = Chatbot.open(small).ask("Can lichen grow in smoky towns?")
    told = [(quote.layer, quote.references) for quote in answer.quotes]
    assert told == [("article", (1, 2)), ("note", (2,))]
    assert "our plain-language note on reference 2, written from its first half" in answer.reply


def test_a_note_brings_a_number_where_the_printed_one_says_nothing(small: Settings) -> None:
    question = "Are BRCA1 and CD44 in lichen?"
    asked = "BRCA1 in lichen\nwhat is CD44\nlichen and BRCA1\nCD44, BRCA1, which ones do they name"
    write(small.corpus / "cards" / "A11.toml", card("A11", ("A11", "A12"), question, "", asked))
    build_index(small)
    answer = Chatbot.open(small).ask(question)
    assert [(quote.layer, quote.references) for quote in answer.quotes] == [
        ("article", (3,)),
        ("note", (2,)),
    ]
    assert "partly_supported" in [notice.kind for notice in answer.notices]


def test_a_changed_note_is_quoted_as_it_is_now(small: Settings) -> None:
    edit(small.corpus / "notes" / "ref-2.md", "carry pieces", "drop pieces")
    build_index(small)
    answer = Chatbot.open(small).ask("Can birds carry lichen to other roofs?")
    assert "birds sometimes drop pieces" in answer.quotes[0].text
    assert answer.quotes[0].references == (2,)


def test_a_removed_paragraph_of_a_note_is_not_covered(small: Settings) -> None:
    question = "Can birds carry lichen to other roofs?"
    assert Chatbot.open(small).ask(question).outcome == "answered"
    path = small.corpus / "notes" / "ref-2.md"
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("## How it travels")], "utf-8")
    build_index(small)
    assert Chatbot.open(small).ask(question).outcome == "not_covered"


def test_a_corpus_without_cards_is_searched(small: Settings) -> None:
    shutil.rmtree(small.corpus / "cards")
    shutil.rmtree(small.corpus / "messages")
    build_index(small)
    chatbot = Chatbot.open(small)
    quoted = chatbot.ask("Lichen is a fungus and an alga that live together on bare stone?")
    assert quoted.outcome == "answered"
    assert chatbot.ask("who won the match").outcome == "not_covered"


def test_content_that_cannot_be_used_leaves_the_old_index(small: Settings) -> None:
    name = current_name(small)
    edit(small.corpus / "article.txt", "soft stone (2), (3)", "soft stone (2), (9)")
    with pytest.raises(CorpusError, match=r"article.txt:\d+: \(9\)"):
        build_index(small)
    assert current_name(small) == name
    assert builds(small) == {name}


def test_a_folder_that_cannot_be_written_to_is_told(small: Settings, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    command = index_command(replace(small, var=blocked), "build")
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 2
    assert "make it writable" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_read_only_index_still_answers(small: Settings) -> None:
    # Root may write where modes forbid it, so this also watches that nothing was written.
    files = [path for path in small.var.rglob("*") if path.is_file()]
    before = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in files}
    for path in sorted(small.var.rglob("*"), reverse=True):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        answer = Chatbot.open(small).ask("What is lichen?")
    finally:
        for path in [small.var, *small.var.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert answer.outcome == "answered"
    after = [path for path in small.var.rglob("*") if path.is_file()]
    assert {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in after} == before


def test_a_killed_build_leaves_a_working_index(small: Settings) -> None:
    command = index_command(small, "build", "--again")
    begin = time.monotonic()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    whole = time.monotonic() - begin
    moments = random.Random(4)
    for number in range(12):
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(whole * (number + moments.random()) / 12)
        process.kill()
        process.wait()
        assert current_manifest(small)["passages"]
        assert Chatbot.open(small).ask("What is lichen?").outcome == "answered"
    build_index(small, again=True)
    assert len(builds(small)) == 2  # what the killed builds left is gone


def test_two_builds_at_once_do_no_harm(small: Settings) -> None:
    command = index_command(small, "build", "--again")
    both = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(2)]
    for process in both:
        _, errors = process.communicate()
        assert process.returncode == 0, errors
    assert Chatbot.open(small).ask("What is lichen?").outcome == "answered"


def test_sixteen_threads_ask_while_builds_are_swapped(small: Settings) -> None:
    chatbot = Chatbot.open(small)
    script = (
        "from pathlib import Path; from settings import Settings; from index import build_index\n"
        f"s = Settings(root=Path({str(small.root)!r}), corpus=Path({str(small.corpus)!r}),"
        f" var=Path({str(small.var)!r}))\n"
        "for _ in range(20): build_index(s, again=True)\n"
    )
    faults: list[str] = []
    fingerprints: set[str | None] = set()
    names: set[str] = set()
    done = threading.Event()

    def keep_asking(number: int) -> None:
        question = ("What is lichen?", "will it ruin my roof", "some kinds eat into soft stone")
        turns: list[Turn] = []
        while not done.is_set():
            answer = chatbot.ask(question[number % 3], turns)
            fingerprints.add(answer.index)
            if answer.outcome == "unavailable" or not all(q.text for q in answer.quotes):
                faults.append(answer.outcome)
            time.sleep(0.02)  # sixteen patients, not sixteen machines

    threads = [threading.Thread(target=keep_asking, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    swapping = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT)
    while swapping.poll() is None:
        names.add(current_name(small))
        time.sleep(0.01)
    done.set()
    for thread in threads:
        thread.join()
    assert swapping.returncode == 0
    assert not faults
    assert len(names) >= 15  # it did swap under them
    assert len(fingerprints) == 1


def test_private_copies_are_removed(
    small: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    index = LiveIndex(small)
    assert list(tmp_path.glob("chatbot-index-*"))
    del index
    gc.collect()
    assert not list(tmp_path.glob("chatbot-index-*"))


def test_copies_of_killed_processes_are_removed(
    small: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left, other = tmp_path / f"chatbot-index-{gone.pid}-x", tmp_path / "chatbot-index-1-x"
    left.mkdir()
    other.mkdir()
    LiveIndex(small)
    assert not left.exists()
    assert other.exists()  # its process is alive


def test_a_changed_reference_is_shown_once_the_index_is_new(small: Settings) -> None:
    chatbot = Chatbot.open(small)
    before = chatbot.ask("What is lichen?")
    edit(small.corpus / "references.toml", "Living Stone. Roof Journal 2019", "Living Slate. 2020")
    build_index(small)
    after = chatbot.ask("What is lichen?")
    assert "Living Slate" in after.references[0].citation
    assert after.index != before.index
    opened_later = Chatbot.open(small).ask("What is lichen?")
    assert after.model_dump(exclude={"elapsed_ms"}) == opened_later.model_dump(
        exclude={"elapsed_ms"}
    )


def test_messages_that_are_gone_are_a_fault(small: Settings) -> None:
    (small.corpus / "messages" / "urgent.txt").unlink()
    manifest = build_index(small)
    assert "urgent.txt:1: holds no message" in manifest["faults"][0]


def test_cards_without_messages_make_no_head(small: Settings) -> None:
    shutil.rmtree(small.corpus / "messages")
    assert "messages that no passage answers" in build_index(small)["head"]["none"]
    chatbot = Chatbot.open(small)
    assert chatbot.ask("who won the football").outcome == "not_covered"
    assert chatbot.ask("seizure on the roof").outcome == "urgent"


def test_a_head_that_has_learnt_of_no_emergencies_rules_none_out(small: Settings) -> None:
    chatbot = Chatbot.open(small)
    assert chatbot.ask("seizure on the roof").outcome == "urgent"
    assert chatbot.ask("feeling suicidal in the evenings").outcome == "support"


def test_content_outside_the_project_is_told(small: Settings, tmp_path: Path) -> None:
    with pytest.raises(UnusableIndex, match=r"is not below the project's root .* CHATBOT_ROOT"):
        build_index(replace(small, root=tmp_path / "elsewhere"))
