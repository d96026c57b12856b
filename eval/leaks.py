"""Whether questions of `dev`, which is worked against, also stand in `test`, which is to judge."""

from collections.abc import Sequence

import numpy as np
from langchain_core.embeddings import Embeddings

from eval.golden import NEARLY, Placed


def leaks(dev: Sequence[Placed], test: Sequence[Placed], embeddings: Embeddings) -> tuple[str, ...]:
    """A line for each question of `test` that stands, or nearly stands, in `dev`: ids alone.

    The same id, the same messages after normalising, or, of questions without earlier messages, a
    cosine of 0.92. What `test` asks is not told: this is to be read while working. Pure but for
    embedding.
    """
    ids = {one.id: (place, one.id) for place, one in dev}
    said = {one.said: (place, one.id) for place, one in dev}
    found: dict[str, str] = {}
    for place, one in test:
        if one.id in ids:
            found[one.id] = _told(place, one.id, "has the id of", ids[one.id])
        elif one.said in said:
            found[one.id] = _told(place, one.id, "says the same as", said[one.said])
    alone, others = ([each for each in split if not each[1].history] for split in (dev, test))
    if not alone or not others:
        return tuple(found.values())
    vectors, theirs = (
        np.array(embeddings.embed_documents([one.question for _, one in split]))
        for split in (alone, others)
    )
    for (place, one), cosines in zip(others, theirs @ vectors.T, strict=True):
        at = int(cosines.argmax())
        near, other = alone[at]
        if cosines[at] >= NEARLY and one.id not in found:
            how = f"nearly says the same (cosine {cosines[at]:.3f}) as"
            found[one.id] = _told(place, one.id, how, (near, other.id))
    return tuple(found.values())


def _told(place: str, id: str, how: str, other: tuple[str, str]) -> str:
    where, same = other
    return f"{place}: {id!r} {how} {same!r} in {where}; change or remove one"
