"""Messages that lean on an answer, each with what it asks for: how follow-ups are learnt.

`follow_ups.jsonl` has one a line: the `earlier` question, the passage it was answered with
(`after`), others that were `quoted` before, the `message`, and its `label`, a passage or a kind of
message; `also` names passages that are as right.
"""

from collections.abc import Set
from pathlib import Path
from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from corpus.cards import KINDS
from corpus.errors import CorpusError, read_text

Words = Annotated[str, Field(min_length=1)]


@dataclass(frozen=True, config=ConfigDict(extra="forbid", strict=True))
class FollowUp:
    """A message after an answer, and what it asks for."""

    earlier: Words
    after: Words
    quoted: tuple[Words, ...]
    message: Words
    label: Words
    also: tuple[Words, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """What is right, best first."""
        return (self.label, *self.also)


def load_follow_ups(path: Path, passages: Set[str]) -> tuple[FollowUp, ...]:
    """The follow-ups in the file at `path`; none without it.

    Raises `CorpusError` for a line that is none, or that names what is neither one of `passages`
    nor a kind of message.
    """
    if not path.exists():
        return ()
    follow_ups = []
    for at, line in enumerate(read_text(path).splitlines(), 1):
        try:
            one = TypeAdapter(FollowUp).validate_json(line)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(map(str, first["loc"])) or "the line"
            raise CorpusError(path, at, f"{where}: {first['msg']}", "mend the line") from error
        unknown = {one.after, *one.quoted, *one.labels} - passages - set(KINDS)
        if unknown:
            fault = f"{min(unknown)!r} is neither a passage with a card nor a kind of message"
            raise CorpusError(path, at, fault, "name one that is")
        follow_ups.append(one)
    return tuple(follow_ups)
