"""Builds of the index on disk: one folder each, never renamed, and one line that names the current.

    var/index/builds/20260102-030405-123456789/   chroma/ words/ head.npz vectors.npz manifest.json
    var/index/current                             20260102-030405-123456789
    var/index/lock                                held while a build runs

The manifest, with the sha256 of every file, is written last: a folder without one is unfinished.
`current` is replaced in one step. A killed build therefore leaves the old index as it was.
"""

import hashlib
import json
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from corpus import corpus_files
from index.errors import UnusableIndex
from index.manifest import check_files
from settings import Settings

COPY = "chatbot-index"
MANIFEST = "manifest.json"
VECTORS = "vectors.npz"
"""What the next build need not embed again; answering does without it."""
EXPORT_MANIFEST = "export.json"
EXPORT = "4"
"""Changes when the export of the model does, so that an older one is not taken for it."""
CODE = ("corpus", "index")
"""The folders whose code decides what a build holds."""


def inputs(settings: Settings) -> str:
    """The fingerprint of all that a build is made from: content, model, the code that builds."""
    here = Path(__file__).resolve().parent.parent
    made_from = {
        "content": corpus_files(settings.corpus),
        "sources": corpus_files(settings.sources),
        "code": {name: code_files(here / name) for name in CODE},
        "model": [settings.model_sha256, EXPORT],
    }
    return hashlib.sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()


def code_files(folder: Path) -> dict[str, str]:
    """Every Python file directly in `folder`, with the sha256 of its bytes."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob("*.py"))
    }


def export_folder(settings: Settings) -> Path:
    """Where the export of the configured model lives, whether or not it is there yet."""
    key = hashlib.sha256(f"{settings.model_sha256} {EXPORT}".encode()).hexdigest()
    return settings.var / "models" / key[:16]


def fresh_manifest(settings: Settings) -> dict[str, Any] | None:
    """The manifest of the current build, if it and its model are whole and fresh; else None."""
    try:
        check_files(export_folder(settings), EXPORT_MANIFEST)
        return current_manifest(settings)
    except UnusableIndex:
        return None


def new_build(settings: Settings) -> Path:
    """A new, empty folder for a build."""
    now = time.time_ns()  # names sort in the order of the builds, also within a second
    name = f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime(now // 10**9))}-{now % 10**9:09}"
    folder = _builds(settings) / name
    folder.mkdir(parents=True)
    return folder


def publish(settings: Settings, build: Path) -> None:
    """Makes `build` the current one, in one step, and removes builds that are no longer kept."""
    pointer = _pointer(settings)
    unfinished = pointer.with_suffix(".unfinished")
    unfinished.write_text(build.name + "\n", encoding="utf-8")
    os.replace(unfinished, pointer)
    finished = sorted(path.parent for path in _builds(settings).glob(f"*/{MANIFEST}"))
    others = [other for other in finished if other != build]
    kept = {build, *others[len(others) - settings.builds_kept + 1 :]}
    for folder in _builds(settings).iterdir():
        if folder not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def current_name(settings: Settings) -> str:
    """The name of the current build. Raises `UnusableIndex` when there is none."""
    try:
        return _pointer(settings).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise UnusableIndex(f"there is no index in {settings.var}") from error
    except (OSError, ValueError) as error:
        raise UnusableIndex(f"{_pointer(settings)} cannot be read ({error})") from error


def current_manifest(settings: Settings) -> dict[str, Any]:
    """The manifest of the current build, if it is whole and made from what is here now.

    Raises `UnusableIndex` when it is missing, damaged or stale.
    """
    manifest = check_files(_builds(settings) / current_name(settings), MANIFEST)
    _check_fresh(manifest, settings)
    return manifest


def private_copy(settings: Settings) -> tuple[str, Path, dict[str, Any]]:
    """The current build's name, a checked copy of it in a folder of our own, and its manifest.

    Chroma writes to whatever it opens, does not open what it may not write to, and fails when a
    folder is removed under it: a copy is free of all three. The caller removes it. Raises
    `UnusableIndex` when the build is missing, damaged or stale.
    """
    _remove_orphans()
    for _ in range(10):
        name = current_name(settings)
        copy = Path(tempfile.mkdtemp(prefix=f"{COPY}-{os.getpid()}-"))
        try:
            left = shutil.ignore_patterns(VECTORS)
            shutil.copytree(_builds(settings) / name, copy, dirs_exist_ok=True, ignore=left)
            manifest = check_files(copy, MANIFEST, but=VECTORS)
            _check_fresh(manifest, settings)
        except (OSError, shutil.Error, UnusableIndex) as error:
            shutil.rmtree(copy, ignore_errors=True)
            if name != current_name(settings):
                continue  # another build took its place while we were copying
            if isinstance(error, UnusableIndex):
                raise
            raise UnusableIndex(f"the index {name} cannot be read ({error})") from error
        return name, copy, manifest
    raise UnusableIndex("the index changes faster than it can be opened", "stop the other builds")


def _remove_orphans() -> None:
    """Removes copies whose process is gone: one that was killed could not do it itself."""
    for left in Path(tempfile.gettempdir()).glob(f"{COPY}-*-*"):
        owner = left.name.split("-")[2]
        try:
            os.kill(int(owner), 0)
        except ProcessLookupError:
            shutil.rmtree(left, ignore_errors=True)
        except (ValueError, OSError):
            continue  # somebody else's


def last_build(settings: Settings) -> Path | None:
    """The current build, even a stale one, if it is whole: what the next need not do again."""
    try:
        build = _builds(settings) / current_name(settings)
        check_files(build, MANIFEST)
    except UnusableIndex:
        return None
    return build


def lock_path(settings: Settings) -> Path:
    """The file that is locked while a build runs; makes its folder."""
    folder = settings.var / "index"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "lock"


def _check_fresh(manifest: dict[str, Any], settings: Settings) -> None:
    expected = inputs(settings)
    if manifest.get("inputs") != expected:
        made = str(manifest.get("inputs"))[:8]
        raise UnusableIndex(
            f"the index was built from other content, code or model ({made}..., expected"
            f" {expected[:8]}...)"
        )


def _builds(settings: Settings) -> Path:
    return settings.var / "index" / "builds"


def _pointer(settings: Settings) -> Path:
    return settings.var / "index" / "current"
