"""Pieces that every part of the API uses: text that a database can hold, pages, problems, receipts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Header, Schema
from pydantic import AfterValidator, Field, WithJsonSchema

#: Lines of one page at most, and if nothing else is asked. Ours.
MOST, USUAL = 100, 50
#: Characters of a cursor.
_CURSOR = 200


def _plain(text: str) -> str:
    """Raises ValueError for what no database here holds: NUL and halves of surrogate pairs."""
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("text")
    return text


def text_of(most: int, *, least: int = 0) -> Any:
    """Running text of at most so many characters."""
    return Annotated[str, Field(min_length=least, max_length=most), AfterValidator(_plain)]


#: A readable number in an address: qh2025a-7.
Slug = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]+$", max_length=80)]
#: Index of a journal entry; larger ones no program of JavaScript could hold.
Index = Annotated[int, Field(ge=0, lt=2**53)]
#: What makes a second sending harmless.
Key = Annotated[str, Header(alias="Idempotency-Key", pattern=r"^[A-Za-z0-9_-]{16,128}$", description="至少 16 个字符，每次办理用新的；同一个键再发一次，得到第一次的回执")]  # fmt: skip
Short, Line, Long = text_of(80), text_of(300), text_of(20_000)


class Paged(Schema):
    """Where a page begins and how long it is."""

    after: text_of(_CURSOR) = Field("", description="上一页的 after；空为第一页")  # type: ignore[valid-type]
    limit: int = Field(USUAL, ge=1, le=MOST)


class FieldError(Schema):
    """One field with what is wrong."""

    field: str
    message: str


class Problem(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str


class Invalid(Problem):
    errors: list[FieldError] = []
    clashes: list[str] = []


class Unmet(Schema):
    """One condition that is not met: what is the case, where the rule stands, what would meet it, who can."""

    gate: str
    fact: str
    basis: str
    way: str
    who: str
    where: str


class Refusal(Problem):
    """A refusal with every unmet condition, or `type` overtaken: somebody else acted since `version`."""

    step: str = ""
    entry: int | None = None
    unmet: list[Unmet] = []


class Receipt(Schema):
    """What was done, by its place in the journal. `result` names what it made."""

    act: str
    task: str
    entry: int | None
    at: datetime
    result: dict[str, Any]


#: Any JSON object.
Anything = Annotated[dict[str, Any], WithJsonSchema({"type": "object"})]


def answers(shape: Any, *refusals: int, status: int = 200) -> dict[int, Any]:
    """The declared statuses of an operation: its success, those that every address may give, and these."""
    shapes: dict[int, Any] = {409: Refusal, 422: Invalid}
    return {status: shape, **{one: shapes.get(one, Problem) for one in sorted({405, 422, 429, *refusals})}}


#: Further statuses of what a token opens, and of an act.
BY_TOKEN = (401, 403)
BY_ACT = (*BY_TOKEN, 400, 404, 409, 413)


def needs(scope: str) -> dict[str, Any]:
    """The part of an operation's description that names the token's scope."""
    return {"security": [{"token": []}], "x-scope": scope}
