"""What a run was made with: commit, versions, settings, files."""

import platform
import subprocess
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from corpus import Corpus
from settings import Settings

PACKAGES = (
    "bm25s",
    "chromadb",
    "langchain-chroma",
    "langchain-core",
    "numpy",
    "onnxruntime",
    "pydantic",
    "scikit-learn",
    "scipy",
    "sentencex",
    "tokenizers",
)
"""What an answer or a figure can hang on."""


def commit(root: Path) -> tuple[str | None, bool | None]:
    """The commit checked out in `root`, and whether files in git differ; None without git."""
    try:
        head = _git(root, "rev-parse", "HEAD").strip()
        return head, bool(_git(root, "status", "--porcelain", "--untracked-files=no").strip())
    except (OSError, subprocess.CalledProcessError):
        return None, None


def versions() -> dict[str, str]:
    """Of Python and of every package that a figure can hang on."""
    return {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}}


def settings_told(settings: Settings) -> dict[str, str | int | float]:
    """Every setting; places below the project's root relative to it."""
    told: dict[str, str | int | float] = {}
    for name, value in asdict(settings).items():
        if not isinstance(value, Path):
            told[name] = value
        elif name != "root":
            below = value.is_relative_to(settings.root)
            told[name] = (value.relative_to(settings.root) if below else value).as_posix()
    return told


def document_hashes(corpus: Corpus, root: Path) -> dict[str, str]:
    """The sha256 of every file that can be quoted, by its path relative to `root`."""
    return {
        document.path.resolve().relative_to(root.resolve()).as_posix(): document.sha256
        for document in corpus.documents
    }


def _git(root: Path, *told: str) -> str:
    return subprocess.run(
        ["git", *told], cwd=root, capture_output=True, text=True, check=True
    ).stdout
