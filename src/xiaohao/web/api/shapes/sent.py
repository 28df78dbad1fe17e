"""What comes in with an act. The desk's own forms judge it afterwards (choices, dates, clashes), in their own words; here is only its shape."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from xiaohao.evidence.register_fields import KEPT_BY_HAND
from xiaohao.publicity.progress import CALL_STATUS
from xiaohao.web.api.shapes.common import Line, Long, Short, text_of
from xiaohao.web.portal.objection_form import LONGEST_TEXT

_When = Annotated[str, Field(max_length=25, description="2025、2025-12 或 2025-12-31")]
_Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
_Hour = Annotated[str, Field(pattern=r"^(|([01]\d|2[0-3]):[0-5]\d)$")]
_Ids = Annotated[list[Short], Field(max_length=200)]  # type: ignore[valid-type]
_Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e12, le=1e12)]
_Words, _Statement = text_of(5000), text_of(LONGEST_TEXT, least=1)
_Version = Annotated[int | None, Field(ge=0, lt=2**31, description="读案卷时的 version；写了它，别人抢先办过就答 409")]


class Amount(Schema):
    """截污干管 2.4 km."""

    name: Short  # type: ignore[valid-type]
    value: _Number
    unit: Short  # type: ignore[valid-type]


class NewRecord(Schema):
    """One row of a register (docs/dossier.md, "Registers"). Names that its kind has not are passed over."""

    type: Literal[tuple(KEPT_BY_HAND)]  # type: ignore[valid-type]
    date: _When
    title: Line  # type: ignore[valid-type]
    org: Short = Field("", description="哪个单位做的；空为本单位")  # type: ignore[valid-type]
    start: _Hour = ""
    end: _Hour = ""
    until: _When = ""
    other_org: Short = ""  # type: ignore[valid-type]
    place: Short = ""  # type: ignore[valid-type]
    to_place: Short = ""  # type: ignore[valid-type]
    people: _Ids = []
    person: Short = ""  # type: ignore[valid-type]
    measures: _Ids = []
    text: Long = ""  # type: ignore[valid-type]
    schedule: Short = ""  # type: ignore[valid-type]
    paper: Line = Field("", description="文件标题")  # type: ignore[valid-type]
    number: Short = Field("", description="文号")  # type: ignore[valid-type]
    channels: _Ids = []
    money: _Number | None = None
    quantities: list[Amount] = Field([], max_length=50)
    vehicle: Short = ""  # type: ignore[valid-type]
    slip: Short = ""  # type: ignore[valid-type]
    times: _Ids = []
    instrument: Short = ""  # type: ignore[valid-type]
    received_at: _When = ""
    analysed_at: _When = ""
    reported_at: _When = ""
    results: list[Amount] = Field([], max_length=50)
    sanction: Short = ""  # type: ignore[valid-type]
    impact_months: Annotated[int, Field(ge=0, le=600)] | None = None
    change: Short = ""  # type: ignore[valid-type]
    post: Short = ""  # type: ignore[valid-type]
    of: Short = ""  # type: ignore[valid-type]
    passed: bool | None = None
    anyway: bool = Field(False, description="与别的登记冲突，已核对，仍要登记")


class NewDocument(Schema):
    """One document of the number register."""

    title: Line  # type: ignore[valid-type]
    kind: Short  # type: ignore[valid-type]
    issuer: Short = Field("", description="发文单位；空为本单位")  # type: ignore[valid-type]
    date: _When
    number: Short = ""  # type: ignore[valid-type]
    cites: Line = ""  # type: ignore[valid-type]
    recipients: _Ids = []
    anyway: bool = False


class NewFiles(Schema):
    """What the files of one sending show. Without `type` they are kept without a row of a register."""

    type: Short = ""  # type: ignore[valid-type]
    measures: _Ids = []
    date: _When = ""
    title: Line = ""  # type: ignore[valid-type]
    place: Short = ""  # type: ignore[valid-type]
    phase: Literal["", "before", "during", "after"] = ""
    scan_of: Short = ""  # type: ignore[valid-type]
    each: bool = False
    reason: Line = Field("", description="与以前的文件相同，仍要保留的理由")  # type: ignore[valid-type]


class Answer(Schema):
    """What is said about one measure, with the records that show it."""

    measure: Short  # type: ignore[valid-type]
    text: Long  # type: ignore[valid-type]
    evidence: _Ids = []


class Answers(Schema):
    answers: list[Answer] = Field([], max_length=200)
    general: Long = ""  # type: ignore[valid-type]


class Progress(Answers):
    expects_done: _When = ""


class Draft(Answers):
    """The draft of an application, for its account alone; not journaled."""

    done_on: _Day | Literal[""] = ""


class Application(Answers):
    done_on: _Day
    version: _Version = None


class CallLine(Schema):
    """A measure with `unchanged` keeps what the last answer said; else it needs a status and words."""

    measure: Short  # type: ignore[valid-type]
    status: Literal[("unchanged", *CALL_STATUS)]  # type: ignore[valid-type]
    text: _Words = ""  # type: ignore[valid-type]


class CallAnswer(Schema):
    lines: list[CallLine] = Field(max_length=200)
    version: _Version = None


class FindingAnswer(Schema):
    """A finding answered in writing, with the records that rebut or explain it."""

    answer: Long  # type: ignore[valid-type]
    evidence: _Ids = []


class NewObjection(Schema):
    """An objection, or after the window a report. Without `phone` it is anonymous."""

    text: _Statement  # type: ignore[valid-type]
    measures: _Ids = []
    phone: Annotated[str, Field(max_length=20)] = ""
