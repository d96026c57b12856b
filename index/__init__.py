"""Finding: embeddings, Chroma, understanding a question, search."""

from typing import TYPE_CHECKING, Any

from index.errors import UnusableIndex

if TYPE_CHECKING:
    from index.build import build_index
    from index.context import is_bare
    from index.head import ALARMS
    from index.records import Record, Source
    from index.retriever import PassageRetriever
    from index.search import Hit, LiveIndex, SearchIndex, Understanding
    from index.store import current_manifest
    from index.vectors import known_vectors

__all__ = [
    "ALARMS",
    "Hit",
    "LiveIndex",
    "PassageRetriever",
    "Record",
    "SearchIndex",
    "Source",
    "Understanding",
    "UnusableIndex",
    "build_index",
    "current_manifest",
    "is_bare",
    "known_vectors",
]

_HOME = {
    "ALARMS": "index.head",
    "Hit": "index.search",
    "LiveIndex": "index.search",
    "PassageRetriever": "index.retriever",
    "Record": "index.records",
    "SearchIndex": "index.search",
    "Source": "index.records",
    "Understanding": "index.search",
    "build_index": "index.build",
    "current_manifest": "index.store",
    "is_bare": "index.context",
    "known_vectors": "index.vectors",
}


def __getattr__(name: str) -> Any:
    """Loads a name when it is first used: LangChain and Chroma take most of a second to import."""
    if name not in _HOME:
        raise AttributeError(f"module 'index' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
