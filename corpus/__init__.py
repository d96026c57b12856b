"""The content: article, references, notes, cards, messages; loading and checking them."""

from corpus.beyond import beyond
from corpus.cards import KINDS, Phrasing, normalised, right_words, short_forms
from corpus.corpus import Corpus, corpus_files, load_corpus
from corpus.document import Document, Paragraph, Section, Sentence
from corpus.errors import CorpusError
from corpus.faithful import NUMBER, strengthened
from corpus.follow_ups import FollowUp
from corpus.glossary import Found, Term, load_glossary, terms_in
from corpus.passages import MOST_SENTENCES, MOST_WORDS, Passage
from corpus.plain import corpus_plain_faults, grade, plain_faults, plain_words, text_counts
from corpus.references import Reference, References, load_references
from corpus.support import FOUND, NOT_CHECKED, NOT_FOUND, PARTLY, SUPPORTED, Support

__all__ = [
    "FOUND",
    "KINDS",
    "MOST_SENTENCES",
    "MOST_WORDS",
    "NOT_CHECKED",
    "NOT_FOUND",
    "NUMBER",
    "PARTLY",
    "SUPPORTED",
    "Corpus",
    "CorpusError",
    "Document",
    "FollowUp",
    "Found",
    "Paragraph",
    "Passage",
    "Phrasing",
    "Reference",
    "References",
    "Section",
    "Sentence",
    "Support",
    "Term",
    "beyond",
    "corpus_files",
    "corpus_plain_faults",
    "grade",
    "load_corpus",
    "load_glossary",
    "load_references",
    "normalised",
    "plain_faults",
    "plain_words",
    "right_words",
    "short_forms",
    "strengthened",
    "terms_in",
    "text_counts",
]
