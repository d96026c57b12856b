"""`python -m index build | status | search "..."`."""

import argparse
import os
import sys
import time
from typing import Any

from corpus import CorpusError
from index.errors import UnusableIndex
from index.store import current_manifest, current_name, fresh_manifest
from settings import Settings, SettingsError


def main() -> int:
    """Runs one command; returns the exit code: 0 done, 2 could not."""
    parser = argparse.ArgumentParser(prog="python -m index", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="build the index unless the current one is fresh")
    build.add_argument("--again", action="store_true", help="build in any case")
    commands.add_parser("status", help="say what the current index holds")
    search = commands.add_parser("search", help="show the passages nearest to a text")
    search.add_argument("text")
    search.add_argument("--most", type=int, default=5)
    told = parser.parse_args()
    try:
        settings = Settings.from_environment(os.environ)
        if told.command == "build":
            return _build(settings, told.again)
        if told.command == "status":
            return _status(settings)
        return _search(settings, told.text, told.most)
    except (CorpusError, SettingsError, UnusableIndex) as error:
        print(error, file=sys.stderr)
    except OSError as error:
        remedy = "make it writable, and see that there is room"
        print(f"{error.filename or 'the index'}: {error.strerror}; {remedy}", file=sys.stderr)
    except KeyboardInterrupt:
        print("stopped; the index is as it was", file=sys.stderr)
    return 2


def _build(settings: Settings, again: bool) -> int:
    begin = time.perf_counter()
    manifest = (None if again else fresh_manifest(settings)) or _built(settings, again)
    for fault in manifest["faults"]:
        print(f"to mend: {fault}", file=sys.stderr)
    seconds = time.perf_counter() - begin
    print(f"index ready: {len(manifest['passages'])} passages, {seconds:.1f} s", file=sys.stderr)
    return 0


def _built(settings: Settings, again: bool) -> dict[str, Any]:
    from tqdm import tqdm

    from index.build import STEPS, build_index

    with tqdm(total=len(STEPS), bar_format="{desc:44} {bar:20} {n}/{total}", delay=1) as bar:

        def progress(step: str) -> None:
            bar.set_description_str(step)
            bar.update()

        return build_index(settings, again, progress)


def _status(settings: Settings) -> int:
    manifest = current_manifest(settings)
    print(f"build        {current_name(settings)}")
    print(f"fingerprint  {manifest['inputs']}")
    print(f"passages     {len(manifest['passages'])}")
    for name, value in manifest["head"].items():
        print(f"head         {name.replace('_', ' ')}: {value}")
    return 0


def _search(settings: Settings, text: str, most: int) -> int:
    from index.search import LiveIndex

    for hit in LiveIndex(settings)().search(text, max(most, 1)):
        numbers = ", ".join(str(number) for number in hit.record.references) or "none"
        print(f"{hit.score:.3f}  {hit.record.id:5} reference {numbers:14} {hit.record.text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
