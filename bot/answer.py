"""The answer object: the same from Python, the command line, the HTTP API and the page.

An answer that breaks a promise cannot be built: `answered` needs a quote, a statement names quotes
that are there, every number shown belongs to a quote.
"""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Outcome = Literal[
    "urgent", "support", "care_team", "answered", "not_covered", "conversation", "unavailable"
]
Layer = Literal["article", "note", "source"]
NoticeKind = Literal[
    "acknowledgement",
    "no_reference",
    "partly_read",
    "partly_supported",
    "general_only",
    "earlier_urgent",
    "review_due",
    "language",
]
Identifier = str | int | float | None
Offset = Annotated[int, Field(ge=0)]


class Frozen(BaseModel):
    """What never changes once made, and takes no unknown field."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Quote(Frozen):
    """Whole sentences of the corpus, character for character, with their proof."""

    text: str = Field(min_length=1, description="The words, exactly as in the file.")
    path: str = Field(description="The file, relative to the project's root.")
    start: Offset = Field(description="Where the text starts in the file, in code points.")
    end: Offset = Field(description="Where it ends.")
    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="Of the file's bytes.")
    focus: tuple[Offset, Offset] = Field(
        description="Where, in the file, the one sentence stands that answers."
    )
    document: str = Field(description="article, or ref-1 ... for a reference's note or text.")
    layer: Layer = Field(description="Whose words: the article's, our note's, the source's own.")
    section: str = Field(description="The heading it stands under.")
    references: tuple[int, ...] = Field(
        description="The numbers printed in the text; for a note or source, that source's number."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.start <= self.focus[0] < self.focus[1] <= self.end:
            raise ValueError("the focus must lie within the quote")
        if self.end - self.start != len(self.text):
            raise ValueError("start and end must span the text")
        return self


class Statement(Frozen):
    """A sentence of the bot's own, and the quotes it rests on."""

    text: str = Field(min_length=1)
    quotes: tuple[Offset, ...] = Field(min_length=1, description="Indices into quotes.")


class Notice(Frozen):
    """Fixed wording that carries no medical fact."""

    kind: NoticeKind
    text: str


class ShownReference(Frozen):
    """A reference as the reply shows it: the corrected entry, with its link."""

    number: int
    citation: str
    url: str


class Answer(Frozen):
    """All that one question gets."""

    contract: Literal[1] = 1
    id: Identifier = Field(default=None, description="The input's id.")
    question: str = Field(description="As the patient wrote it.")
    understood_as: str | None = Field(
        default=None, description="The stand-alone question that was searched for, when it differs."
    )
    outcome: Outcome
    reply: str = Field(description="All that the patient reads, in Markdown.")
    statements: tuple[Statement, ...] = ()
    notices: tuple[Notice, ...] = ()
    quotes: tuple[Quote, ...] = Field(default=(), description="Best first.")
    references: tuple[ShownReference, ...] = Field(default=(), description="Every number shown.")
    confidence: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Calibrated probability that the best passage found answers the question.",
    )
    suggestions: tuple[str, ...] = Field(
        default=(), max_length=3, description="Questions that the corpus does answer."
    )
    writer: str = "extractive"
    index: str | None = Field(
        default=None, description="Fingerprint of every file and setting that can change an answer."
    )
    elapsed_ms: float = Field(ge=0)

    @model_validator(mode="after")
    def _keeps_its_promises(self) -> Self:
        if self.outcome == "answered" and not self.quotes:
            raise ValueError("an answer needs a quote")
        if any(at >= len(self.quotes) for one in self.statements for at in one.quotes):
            raise ValueError("a statement names a quote that is not there")
        quoted = {number for quote in self.quotes for number in quote.references}
        if quoted != {reference.number for reference in self.references}:
            raise ValueError("the references must be those of the quotes, no more and no fewer")
        return self


class Turn(Frozen):
    """One earlier question of the conversation and what it was answered."""

    question: str
    answer: Answer
