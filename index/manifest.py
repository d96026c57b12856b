"""A folder whose files can be trusted: a manifest, written last, holds the sha256 of each."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from index.errors import UnusableIndex


def file_hash(path: Path) -> str:
    """The sha256, in hexadecimal, of the file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_manifest(folder: Path, name: str, content: dict[str, Any]) -> None:
    """Writes `content` and each file's sha256 to `folder/name`, all or nothing."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    hashes = {path.relative_to(folder).as_posix(): file_hash(path) for path in files}
    unfinished = folder / f"{name}.unfinished"
    text = json.dumps({**content, "files": hashes}, indent=1, ensure_ascii=False)
    unfinished.write_text(text + "\n", encoding="utf-8")
    os.replace(unfinished, folder / name)


def check_files(folder: Path, name: str, but: str = "") -> dict[str, Any]:
    """The manifest `folder/name`, if all it lists (`but` one file) is there unchanged.

    Raises `UnusableIndex` when it is not.
    """
    try:
        manifest: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
        for file, expected in manifest["files"].items():
            if file != but and file_hash(folder / file) != expected:
                raise UnusableIndex(f"{folder / file} is damaged (wrong checksum)")
    except FileNotFoundError as error:
        raise UnusableIndex(f"{error.filename} is missing") from error
    except (OSError, ValueError, KeyError) as error:
        raise UnusableIndex(f"{folder / name} cannot be read ({error})") from error
    return manifest
