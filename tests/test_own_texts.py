"""The sources' own texts, from the operator's file to the patient's reply, on a made-up corpus."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot import Answer, Chatbot
from bot.verify import SavedAnswer, Verifier
from corpus import load_references
from corpus.store import add_source, remove_source
from index import LiveIndex, UnusableIndex, build_index
from index.features import Features
from index.model import OnnxEmbeddings
from settings import Settings
from tests.conftest import link_models
from tests.corpus_folder import edit, write, write_corpus

SLIPPERY = "A wet slate roof is slippery for 3 days after snow."
GULLS = "Gulls and crows carry pieces of lichen to other roofs."
SENTENCES = {
    "Lichen covers the north side of a roof first.",
    GULLS,
    "Ladders must be tied at the top.",
    "Frost and lichen get on well.",
    SLIPPERY,
}
TEXT = f"""# What Grows Up There?

## On the north side

Lichen covers the north side of a roof first. {GULLS} Ladders must be tied at the top.

## In winter

Frost and lichen get on well. {SLIPPERY}
"""
ASKED = "a wet slate roof is slippery for 3 days after snow"
ASKED_OF_NOTE = "do gulls carry pieces of lichen to other roofs"


@pytest.fixture(scope="session")
def built(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the made-up corpus, indexed without any text of a source."""
    root = tmp_path_factory.mktemp("roofs")
    corpus = write_corpus(root / "content")
    project = Settings(root=root, corpus=corpus, var=root / "var")
    link_models(settings, project.var)
    build_index(project)
    return root


@pytest.fixture(scope="session")
def built_with_text(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with a text of reference 2, indexed."""
    project = copied(built, tmp_path_factory.mktemp("texts") / "project")
    add(project)
    build_index(project)
    return project.root


def copied(built: Path, root: Path) -> Settings:
    shutil.copytree(built, root)
    return Settings(root=root, corpus=root / "content", var=root / "var")


@pytest.fixture
def without(built: Path, tmp_path: Path) -> Settings:
    """The project without the text, to be spoilt."""
    return copied(built, tmp_path / "project")


@pytest.fixture
def project(built_with_text: Path, tmp_path: Path) -> Settings:
    """The project with the text, to be spoilt."""
    return copied(built_with_text, tmp_path / "project")


def add(settings: Settings, text: str = TEXT, number: int = 2) -> None:
    """Stores `text` as the operator's own copy of a source."""
    file = settings.root / "up.md"
    write(file, text)
    references = load_references(settings.corpus / "references.toml")
    add_source(settings, references, number, file, "Ada Moss, Slate Museum, 6 May 2024")


def remove(settings: Settings, number: int = 2) -> None:
    remove_source(settings, load_references(settings.corpus / "references.toml"), number)


def faults(answer: Answer, settings: Settings) -> list[str]:
    saved = SavedAnswer.model_validate_json(answer.model_dump_json())
    return list(Verifier(settings).faults(saved))


def told(answer: Answer) -> dict[str, object]:
    """All of an answer but the time it took."""
    return answer.model_dump(exclude={"elapsed_ms"})


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that the model is asked for."""
    asked: list[str] = []
    features = OnnxEmbeddings.features

    def counted(self: OnnxEmbeddings, texts: Sequence[str]) -> Features:
        asked.extend(texts)
        return features(self, texts)

    monkeypatch.setattr(OnnxEmbeddings, "features", counted)
    return asked


# Quoted.


def test_a_stored_text_is_indexed_as_the_sources_own_words(project: Settings) -> None:
    hits = LiveIndex(project)().search("a slippery roof of slate", 50)
    own = [hit.record for hit in hits if hit.record.layer == "source"]
    assert {record.text for record in own} == SENTENCES
    assert {(record.document, record.references) for record in own} == {("ref-2", (2,))}
    assert {record.path for record in own} == {"var/sources/ref-2/text.txt"}
    assert own[0].text == SLIPPERY


def test_it_is_quoted_word_for_word_and_verifies(project: Settings) -> None:
    answer = Chatbot.open(project).ask(ASKED)
    assert answer.outcome == "answered"
    [quote] = answer.quotes
    stored = (project.sources / "ref-2" / "text.txt").read_bytes().decode()
    assert (quote.text, stored[quote.start : quote.end]) == (SLIPPERY, SLIPPERY)
    assert (quote.layer, quote.document, quote.section) == ("source", "ref-2", "In winter")
    assert quote.references == (2,)
    assert faults(answer, project) == []


def test_the_reply_says_that_it_is_the_source_itself_with_its_number(project: Settings) -> None:
    reply = Chatbot.open(project).ask(ASKED).reply
    assert f"> {SLIPPERY}\n>\n> — the source itself, reference 2, “In winter”" in reply
    assert "**Reference 2:** Slate Museum. What Grows Up There? <https://example.org/up>" in reply
    assert "our plain-language note" not in reply


def test_titles_and_headings_are_never_quoted(project: Settings) -> None:
    chatbot = Chatbot.open(project)
    for asked in ("What Grows Up There?", "In winter", "On the north side"):
        words = {quote.text for quote in chatbot.ask(asked).quotes}
        assert not words & {"What Grows Up There?", "In winter", "On the north side"}


def test_where_a_note_answers_the_sources_nearest_sentence_stands_second(
    project: Settings,
) -> None:
    answer = Chatbot.open(project).ask(ASKED_OF_NOTE)
    assert [(quote.layer, quote.references) for quote in answer.quotes] == [
        ("note", (2,)),
        ("source", (2,)),
    ]
    assert answer.quotes[1].text == GULLS
    note, source = "our plain-language note on reference 2", "the source itself, reference 2"
    assert 0 < answer.reply.index(note) < answer.reply.index(source)
    assert faults(answer, project) == []


def test_the_text_of_another_source_does_not_stand_beside_a_note(without: Settings) -> None:
    add(without, number=1)
    build_index(without)
    answer = Chatbot.open(without).ask(ASKED_OF_NOTE)
    assert ("source", (2,)) not in [(quote.layer, quote.references) for quote in answer.quotes]
    assert ("note", (2,)) in [(quote.layer, quote.references) for quote in answer.quotes]
    assert [quote.layer for quote in answer.quotes].count("source") == 0


def test_a_question_of_a_card_keeps_its_passage(project: Settings) -> None:
    answer = Chatbot.open(project).ask("What is lichen?")
    assert answer.quotes[0].layer == "article"
    assert "fungus and an alga" in answer.quotes[0].text


# Added, changed, removed.


def test_adding_a_source_embeds_only_its_texts(without: Settings, embedded: list[str]) -> None:
    add(without)
    build_index(without)
    assert set(embedded) == SENTENCES
    assert len(embedded) == len(SENTENCES)


def test_one_changed_sentence_is_embedded_alone(project: Settings, embedded: list[str]) -> None:
    add(project, TEXT.replace("3 days", "5 days"))
    build_index(project)
    assert embedded == [SLIPPERY.replace("3 days", "5 days")]


def test_removing_a_source_embeds_nothing(project: Settings, embedded: list[str]) -> None:
    remove(project)
    build_index(project)
    assert embedded == []


@pytest.mark.parametrize("question", [ASKED, ASKED_OF_NOTE, "What is lichen?"])
def test_removing_it_brings_the_answer_back(question: str, without: Settings) -> None:
    before = Chatbot.open(without).ask(question)
    add(without)
    build_index(without)
    between = Chatbot.open(without).ask(question)
    assert between.index != before.index
    remove(without)
    build_index(without)
    assert told(Chatbot.open(without).ask(question)) == told(before)


def test_what_only_the_text_says_is_not_quoted_without_it(without: Settings) -> None:
    answer = Chatbot.open(without).ask(ASKED)
    assert "slippery" not in " ".join(quote.text for quote in answer.quotes)


def test_a_changed_fact_changes_the_quote(project: Settings) -> None:
    add(project, TEXT.replace("3 days", "5 days"))
    build_index(project)
    answer = Chatbot.open(project).ask(ASKED)
    assert answer.quotes[0].text == SLIPPERY.replace("3 days", "5 days")
    assert faults(answer, project) == []


def test_an_answer_saved_before_a_change_no_longer_verifies(project: Settings) -> None:
    answer = Chatbot.open(project).ask(ASKED)
    add(project, TEXT.replace("3 days", "5 days"))
    assert any("changed" in fault for fault in faults(answer, project))
    remove(project)
    assert any("file not here" in fault for fault in faults(answer, project))


def test_adding_makes_the_index_stale(without: Settings) -> None:
    add(without)
    with pytest.raises(UnusableIndex, match=r"built from other content.*python -m index build"):
        LiveIndex(without)


# While the chatbot runs.


@pytest.mark.parametrize("question", [ASKED, ASKED_OF_NOTE])
@pytest.mark.parametrize("change", ["removed", "added again", "spoilt"])
def test_a_text_that_changed_is_never_quoted_by_a_running_chatbot(
    change: str, question: str, project: Settings
) -> None:
    chatbot = Chatbot.open(project)
    assert "source" in [quote.layer for quote in chatbot.ask(question).quotes]
    if change == "removed":
        remove(project)
    elif change == "added again":
        add(project, TEXT.replace("3 days", "5 days"))
    else:
        edit(project.sources / "ref-2" / "text.txt", "In winter", "In spring")
    answer = chatbot.ask(question)
    assert answer.outcome == "unavailable" or answer.quotes
    assert "source" not in [quote.layer for quote in answer.quotes]
    assert "the source itself" not in answer.reply
    assert chatbot.ask("What is lichen?").outcome == "answered"  # that needs no text


def test_a_running_chatbot_follows_the_builds(without: Settings) -> None:
    chatbot = Chatbot.open(without)
    before = chatbot.ask(ASKED)
    add(without)
    build_index(without)
    assert chatbot.ask(ASKED).quotes[0].text == SLIPPERY
    remove(without)
    build_index(without)
    assert told(chatbot.ask(ASKED)) == told(before)


# Outside the project.


def test_texts_outside_the_project_are_told(without: Settings, tmp_path: Path) -> None:
    outside = replace(without, var=tmp_path / "var")
    shutil.copytree(without.var, outside.var)
    add(outside)
    with pytest.raises(
        UnusableIndex, match=r"sources is not below the project's root .* CHATBOT_ROOT"
    ):
        build_index(outside)


def test_a_text_that_is_a_link_out_of_the_project_is_told(
    project: Settings, tmp_path: Path
) -> None:
    shutil.move(project.sources / "ref-2", tmp_path / "elsewhere")
    (project.sources / "ref-2").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    with pytest.raises(UnusableIndex, match=r"text\.txt is not below the project's root"):
        build_index(project, again=True)
