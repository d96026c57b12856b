"""The content: article, references, cards, messages not to answer; loading and checking them."""

from corpus.cards import KINDS, Phrasing, normalised
from corpus.corpus import Corpus, corpus_files, load_corpus
from corpus.document import Document, Paragraph, Section, Sentence
from corpus.errors import CorpusError
from corpus.faithful import NUMBER, strengthened
from corpus.passages import MOST_SENTENCES, MOST_WORDS, Passage
from corpus.references import Reference, References, load_references

__all__ = [
    "KINDS",
    "MOST_SENTENCES",
    "MOST_WORDS",
    "NUMBER",
    "Corpus",
    "CorpusError",
    "Document",
    "Paragraph",
    "Passage",
    "Phrasing",
    "Reference",
    "References",
    "Section",
    "Sentence",
    "corpus_files",
    "load_corpus",
    "load_references",
    "normalised",
    "strengthened",
]
