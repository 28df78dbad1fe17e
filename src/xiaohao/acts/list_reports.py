"""整改落实情况报告 of a whole list: filed by an office in versions, sent round for countersigning, signed or sent back by units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from xiaohao.acts._beside import beside
from xiaohao.acts._entry import pseudonym
from xiaohao.acts._records import acted
from xiaohao.acts.countersigning import ask_to_sign, tell_next, wrong_signer
from xiaohao.acts.ids import id_from
from xiaohao.acts.paper import OnPaper, entered
from xiaohao.acts.printing import journal_line
from xiaohao.acts.receipt import Receipt
from xiaohao.documents.forms.kinds import FORMS
from xiaohao.documents.forms.region import region_facts
from xiaohao.documents.report_text import report_text
from xiaohao.dossier.record import REPLACES, WITHDRAWN
from xiaohao.dossier.report import ListReport
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST
from xiaohao.procedure.countersigning import ANSWER, SHEET, Sheet, text_digest
from xiaohao.procedure.report_round import REPORT
from xiaohao.records import models, write
from xiaohao.records.form_templates import filled
from xiaohao.records.in_post import title_of
from xiaohao.records.list_reports import newest_of, report_of_sheet, sheet_now_of
from xiaohao.records.models.filed import instant
from xiaohao.records.to_dossier import content_store, ledger_of
from xiaohao.records.worklist import root_of, visible_to

#: Who files the report of a list for their office, and sends it round.
FILERS = frozenset({Role.CLERK})
#: The form that it is printed with.
FORM = "result"


def report_facts(listing: models.TaskList, actor: Actor, at: datetime) -> dict[str, Any] | None:
    """What is filled into the result report of a list: those of its tasks that this person may read. None where there is none."""
    tasks = list(visible_to(actor).filter(list=listing))
    if not tasks:
        return None
    root = models.Org.objects.filter(path=root_of(actor.org)).first()
    newest = max((task.last_entry for task in tasks if task.last_entry is not None), default=None)
    return region_facts(
        ledger_of(tasks, title=listing.name, at=at),
        listing=listing.name,
        by=root.name if root else "",
        today=at.astimezone(CST).date(),
        journal=journal_line(newest),
    )


def file_report(*, by: Actor, at: datetime, key: str, listing: str, reason: str = "") -> Receipt:
    """File the report of the list as the cases stand now: the next version of this person's office, its Word file kept. A version that went round
    stays as it was; what is filed after it has to be countersigned again. Raises Refused for others than a clerk, for a list of which this person
    reads no task, where nothing has changed since the last version, and for a further version without its `reason`."""
    if done := models.Done.objects.filter(actor=by.person, key=key).first():
        return Receipt(done.act, done.task, done.entry, done.at, done.result)
    at = at.replace(microsecond=0)
    row = models.TaskList.objects.get(pk=listing)
    facts = report_facts(row, by, at) if by.roles & FILERS else None
    if facts is None:
        raise Refused("file_report", (_no(say("报告由读得到清单里任务的整改办人员形成"), say("请整改办的人员登录后办理")),))
    text = report_text(facts)
    content = filled(FORM, facts)
    sha256, size = content_store().put([content])
    digest = text_digest(text)

    def unmet() -> Iterator[Unmet]:
        models.TaskList.objects.select_for_update().get(pk=listing)
        before = newest_of(listing, by.org)
        if before and before.digest == digest:
            yield _no(say("与第 {version} 版相比没有变化", version=before.version), say("不用再出一版；任务有了新情况以后再形成"))
        elif before and not reason.strip():
            yield _no(say("没有写明为什么再出一版"), say("写一句这一版改了什么"), gate="reason")

    def rows() -> tuple[list[models.ListReport], dict[str, Any]]:
        before = newest_of(listing, by.org)
        version = before.version + 1 if before else 1
        made = write.add(
            ListReport(
                id=id_from("report", listing, by.org, version),
                list=listing,
                org=by.org,
                version=version,
                title=f"{row.name}{FORMS[FORM].title}",
                date=at.astimezone(CST).date().isoformat(),
                text=text,
                digest=digest,
                sha256=sha256,
                bytes=size,
                reason=reason.strip() or None,
                person=by.person,
                recorded_at=instant(at),
            )
        )
        assert isinstance(made, models.ListReport)
        return [made], {"report": made.pk, "version": version}

    return beside("file_report", by=by, at=at, key=key, unmet=unmet, write=rows)


def send_report(*, by: Actor, at: datetime, key: str, report: str, units: Sequence[str], in_order: bool, due: str) -> Receipt:
    """Send the newest version round to `units` to sign by `due` (2026-03-10), side by side or in their order. Who has signed the same words need not
    sign again. Raises Refused for others than its office, for a version that another has followed, and for units and days as `send_countersign` does."""
    at = at.replace(microsecond=0)
    row = models.ListReport.objects.select_related("list").get(pk=report)
    bare = acted(
        SHEET, task="", by=by, at=at, key=key, stage=REPORT, of=report, title=_titled(row), text=row.more["text"], digest=row.digest, end=due,
        units=tuple(dict.fromkeys(units)), in_order=in_order or None,
    )  # fmt: skip
    sheet = replace(bare, tasks=())

    def unmet() -> Iterator[Unmet]:
        newest = newest_of(row.list_id, row.org_id)
        if by.org != row.org_id or not by.roles & FILERS:
            yield _no(say("会签由办文单位的经办人送出"), say("请他们办理"))
        if newest is None or newest.pk != report:
            yield _no(say("已经有新的一版"), say("送新的一版"))
        standing = {org.pk for org in models.Org.objects.filter(pk__in=sheet.units) if not org.dissolved}
        if not sheet.units or standing != set(sheet.units):
            yield _no(say("没有选会签单位"), say("至少选一家"))
        if by.org in sheet.units:
            yield _no(say("会签单位里有本单位"), say("本单位不用会签，由主要负责人签批"))
        if due < at.astimezone(CST).date().isoformat():
            yield _no(say("会签期限 {due} 已经过去", due=due), say("写一个今天或以后的日期"))

    def rows() -> tuple[list[Any], dict[str, Any]]:
        return [write.add(sheet)], {"sheet": sheet.id}

    receipt = beside("send_countersign", by=by, at=at, key=key, unmet=unmet, write=rows)
    if (now := sheet_now_of(row)) and now.record.id == sheet.id:
        ask_to_sign(row.list.code, now, now.turn, at)
    return receipt


def answer_report(
    *, by: Actor, at: datetime, key: str, sheet: str, unit: str, passed: bool, text: str = "", paper: OnPaper | None = None
) -> Receipt:
    """Sign for `unit` what the sheet holds, or send it back with the opinion that says why; by its head, who stands in, or on paper with its scan.
    Raises Refused as `countersign` does."""
    at = at.replace(microsecond=0)
    day, signer = (paper.signed_on, paper.signed_by) if paper else (at.astimezone(CST).date().isoformat(), by.person)
    bare = acted(
        ANSWER, task="", by=by, at=at, key=key, of=sheet, org=unit, text=text.strip() or None, passed=passed, stage=REPORT,
        post=title_of(signer, unit, day),
    )  # fmt: skip
    record, scans = entered(replace(bare, tasks=()), paper)

    def unmet() -> Iterator[Unmet]:
        yield from _turn(sheet, unit)
        if gap := wrong_signer(by, unit, signer, day, on_paper=paper is not None, task=""):
            yield gap
        if not passed and not text.strip():
            yield _no(say("没有写意见"), say("不同意的，写明为什么、怎样改"))

    def rows() -> tuple[list[Any], dict[str, Any]]:
        return [write.add(thing) for thing in (*scans, record)], {"answer": record.id}

    signed = {"on_paper": pseudonym(Actor(signer, unit, frozenset({Role.HEAD})))} if paper else {}
    act = "countersign" if passed else "return_countersign"
    receipt = beside(act, by=by, at=at, key=key, unmet=unmet, write=rows, journal=signed)
    tell_next(sheet, at)
    return receipt


def withdraw_report(*, by: Actor, at: datetime, key: str, sheet: str, reason: str) -> Receipt:
    """Take a sheet back: nobody signs it any more, and what was signed on it does not count. Raises Refused for others than its office, for a sheet
    that does not count, and without a reason."""
    at = at.replace(microsecond=0)
    back = acted(SHEET, task="", by=by, at=at, key=key, reason=reason.strip(), stage=REPORT, unknown=((REPLACES, sheet), (WITHDRAWN, True)))

    def unmet() -> Iterator[Unmet]:
        found = report_of_sheet(sheet)
        if found is None or _counts(sheet) is None:
            yield _no(say("没有这份会签单"), say("刷新页面后再办"))
        elif by.org != found[0].org_id or not by.roles & FILERS:
            yield _no(say("会签单由送会签的单位撤回"), say("请他们办理"))
        if not reason.strip():
            yield _no(say("没有写撤回的理由"), say("写明为什么撤回"))

    def rows() -> tuple[list[Any], dict[str, Any]]:
        found = report_of_sheet(sheet)
        of = found[0].pk if found else None
        return [write.add(replace(back, tasks=(), of=of))], {"sheet": sheet}

    return beside("withdraw_countersign", by=by, at=at, key=key, unmet=unmet, write=rows)


def _titled(report: models.ListReport) -> str:
    return f"{report.title}（第 {report.version} 版）"


def _counts(sheet: str) -> Sheet | None:
    """The sheet with its signatures where it is the one that counts of the newest version. Its list is locked, so that of two answers one is first."""
    found = report_of_sheet(sheet)
    if found is None:
        return None
    report = found[0]
    models.TaskList.objects.select_for_update().get(pk=report.list_id)
    newest = newest_of(report.list_id, report.org_id)
    now = sheet_now_of(report) if newest and newest.pk == report.pk else None
    return now if now and now.record.id == sheet else None


def _turn(sheet: str, unit: str) -> Iterator[Unmet]:
    found = _counts(sheet)
    name = models.Org.objects.values_list("name", flat=True).get(pk=unit)
    if found is None:
        yield _no(say("这份会签单已经撤回、换过，或者不再等会签"), say("看送会签的单位有没有送来新的一份"))
    elif unit not in found.record.units:
        yield _no(say("这份会签单没有送给{unit}", unit=name), say("由会签单位办理"))
    elif unit in found.turn:
        return
    elif found.returned:
        yield _no(say("已有单位不同意，等送会签的单位改"), say("改好重新送来以后再签"))
    elif any(line.unit == unit and line.answer for line in found.lines):
        yield _no(say("{unit}已经签过", unit=name), say("不用再签"))
    else:
        yield _no(say("还没有轮到{unit}", unit=name), say("等前面的单位签好"))


def _no(fact: Said, way: Said, gate: str = "report") -> Unmet:
    basis = say("一份清单一份报告；会签单位签的是送来的那一版，改了就重新签")
    return Unmet(gate=gate, fact=fact, basis=basis, way=way, who=say("整改办，会签单位"))
