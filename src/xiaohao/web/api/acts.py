"""The main acts: rows of registers, documents, files, progress, drafts, applications, answers to calls and findings, objections. Closing, publishing, signing and
whatever else asks for a person's fresh proof is not here (web/api/permissions.py cannot even name it)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import File, Form, Path, Router, UploadedFile

from xiaohao.acts import calls, findings, registers, statements
from xiaohao.acts.clock import now
from xiaohao.acts.objections import object_to
from xiaohao.acts.receipt import Receipt
from xiaohao.evidence.unacceptable import Unacceptable
from xiaohao.records.calls import last_lines
from xiaohao.records.models import Call, Finding
from xiaohao.records.tokens import Scope
from xiaohao.web.api.doing import Wrong, checked, form_data, key_of, once, raise_errors
from xiaohao.web.api.shapes import common, sent
from xiaohao.web.api.shapes.common import BY_ACT, BY_TOKEN, Key, Slug, answers, needs
from xiaohao.web.desk import drafts
from xiaohao.web.desk.case import Case, opened
from xiaohao.web.desk.forms.application import ApplicationForm, ProgressForm
from xiaohao.web.desk.forms.calls import CallAnswerForm
from xiaohao.web.desk.forms.evidence import EvidenceForm
from xiaohao.web.desk.forms.objections import FindingAnswerForm
from xiaohao.web.desk.forms.papers import PaperForm
from xiaohao.web.desk.forms.registers import RegisterForm
from xiaohao.web.desk.intake import about, take_in
from xiaohao.web.desk.pages.clashes import clash_lines
from xiaohao.web.desk.pages.evidence import evidence_choices
from xiaohao.web.desk.views.evidence import add_all, described, doubles_of, rows_of
from xiaohao.web.parts.words import say_it
from xiaohao.web.portal.notice import notice_record
from xiaohao.web.portal.objection import PACE
from xiaohao.web.portal.objection_form import PlainObjectionForm
from xiaohao.web.portal.published import published
from xiaohao.web.problems import problem

router = Router(tags=["办理：写"])
_REGISTERS, _SAY, _SUBMIT = needs(Scope.WRITE_REGISTERS), needs(Scope.WRITE_STATEMENTS), needs(Scope.SUBMIT)
#: An act: 201 when done, 200 when it was done before under the same key.
_DONE = answers(common.Receipt, *BY_ACT, status=201) | {200: common.Receipt}


@router.post("/desk/tasks/{slug:no}/records", url_name="api_records", operation_id="addRecord", response=_DONE, openapi_extra=_REGISTERS, summary="登记一条")  # fmt: skip
def record(request: HttpRequest, no: Path[Slug], row: sent.NewRecord, key: Key) -> HttpResponse:
    case, key = opened(request, no), key_of(request, key)

    def act() -> Receipt:
        form = RegisterForm(form_data(_row(row, case), key=key), dossier=case.dossier, own=case.actor.org)
        typed = checked(form)
        _unclashed(case, form)
        paper = form.document(typed["org"])
        made = form.record(files=(), document=paper.id if paper else None)
        papers = (paper,) if paper else ()
        return registers.add_records(task=case.task.pk, by=case.actor, at=case.at, key=key, records=(made,), documents=papers)

    return once(case.actor.person, key, act)


@router.post("/desk/tasks/{slug:no}/documents", url_name="api_documents", operation_id="addDocument", response=_DONE, openapi_extra=_REGISTERS, summary="登记一份文件")  # fmt: skip
def document(request: HttpRequest, no: Path[Slug], paper: sent.NewDocument, key: Key) -> HttpResponse:
    case, key = opened(request, no), key_of(request, key)

    def act() -> Receipt:
        form = PaperForm(form_data({**paper.dict(), "issuer": paper.issuer or case.actor.org}, key=key), dossier=case.dossier)
        checked(form)
        _unclashed(case, form)
        made = form.document(None)
        papers = (made,) if made else ()
        return registers.add_records(task=case.task.pk, by=case.actor, at=case.at, key=key, records=(), documents=papers)

    return once(case.actor.person, key, act)


@router.post("/desk/tasks/{slug:no}/files", url_name="api_files", operation_id="addFiles", response=_DONE, openapi_extra=_REGISTERS, summary="存文件")  # fmt: skip
def files(request: HttpRequest, no: Path[Slug], shown: Form[sent.NewFiles], uploads: File[list[UploadedFile]], key: Key) -> HttpResponse:
    case, key = opened(request, no), key_of(request, key)

    def act() -> Receipt:
        form = EvidenceForm(form_data(shown.dict(), key=key), request.FILES, dossier=case.dossier)
        typed = checked(form)
        found, wrong = [], []
        for number, one in enumerate(typed["uploads"]):
            try:
                found.append(take_in(case, one, key=key, number=number).file)
            except Unacceptable as refused:
                wrong.append(("uploads", say_it(about(one.name or "", refused))))
        if wrong or not found:
            raise Wrong(wrong or [("uploads", _("请选择要上传的文件。"))])
        if not typed["reason"].strip() and doubles_of(case, tuple(found)):
            raise Wrong([("reason", _("有文件与以前的相同，请写明为什么还要保留，或换一个文件。"))])
        kept = tuple(described(file, typed) for file in found)
        return add_all(case, key, kept, rows_of(case, typed, kept) if typed["type"] else ())

    return once(case.actor.person, key, act)


@router.post("/desk/tasks/{slug:no}/progress", url_name="api_progress", operation_id="reportProgress", response=_DONE, openapi_extra=_SAY, summary="报进展")  # fmt: skip
def progress(request: HttpRequest, no: Path[Slug], said: sent.Progress, key: Key) -> HttpResponse:
    case, key = opened(request, no), key_of(request, key)

    def act() -> Receipt:
        values, names = _answers(case, said)
        form = ProgressForm(form_data({**values, "expects_done": said.expects_done}, key=key, case=case), dossier=case.dossier)
        expects = checked(form, names)["expects_done"] or None
        return statements.report_progress(
            task=case.task.pk, by=case.actor, at=case.at, key=key, answers=form.answers(), expects_done=expects
        )

    return once(case.actor.person, key, act)


@router.get("/desk/tasks/{slug:no}/draft", url_name="api_draft", operation_id="draft", response=answers(sent.Draft, *BY_TOKEN, 404), openapi_extra=_SAY, summary="自己的申请草稿")  # fmt: skip
def draft(request: HttpRequest, no: Path[Slug]) -> dict[str, Any]:
    case = opened(request, no)
    kept = drafts.kept(request, case.task, "apply")
    typed = kept.values if kept else {}
    said = [
        {"measure": m.id, "text": typed.get(f"text_{m.id}") or "", "evidence": typed.get(f"evidence_{m.id}") or []}
        for m in case.dossier.measures_of(case.task.pk)
    ]
    return {
        "answers": [one for one in said if one["text"] or one["evidence"]],
        "general": typed.get("general") or "",
        "done_on": str(typed.get("done_on") or ""),
    }


@router.put("/desk/tasks/{slug:no}/draft", url_name="api_draft", operation_id="saveDraft", response=answers(sent.Draft, *BY_TOKEN, 400, 404, 413), openapi_extra=_SAY, summary="存申请草稿")  # fmt: skip
def save_draft(request: HttpRequest, no: Path[Slug], said: sent.Draft) -> dict[str, Any]:
    case = opened(request, no)
    values, _names = _answers(case, said)
    drafts.keep(request, case.task, "apply", {**values, "done_on": said.done_on}, at=case.at)
    return said.dict()


@router.post("/desk/tasks/{slug:no}/application", url_name="api_application", operation_id="apply", response=_DONE, openapi_extra=_SUBMIT, summary="申请验收")  # fmt: skip
def application(request: HttpRequest, no: Path[Slug], said: sent.Application, key: Key) -> HttpResponse:
    case, key = opened(request, no), key_of(request, key)

    def act() -> Receipt:
        values, names = _answers(case, said)
        data = form_data({**values, "done_on": said.done_on}, key=key, case=case, version=said.version)
        form = ApplicationForm(data, dossier=case.dossier)
        typed = checked(form, names)
        receipt = statements.apply_for_acceptance(
            task=case.task.pk,
            by=case.actor,
            at=case.at,
            key=key,
            answers=form.answers(),
            done_on=typed["done_on"].isoformat(),
            version=typed["version"],
        )
        drafts.forget(request, case.task, "apply")
        return receipt

    return once(case.actor.person, key, act)


@router.post("/desk/calls/{slug:call}/tasks/{slug:no}", url_name="api_call_answer", operation_id="answerCall", response=_DONE, openapi_extra=_SAY, summary="答复调度")  # fmt: skip
def call_answer(request: HttpRequest, call: Path[Slug], no: Path[Slug], said: sent.CallAnswer, key: Key) -> HttpResponse:
    case, key = opened(request, no), key_of(request, key)
    asked = Call.objects.filter(pk=call, on_tasks=case.task).first()
    if asked is None:
        raise Http404

    def act() -> Receipt:
        measures, before = case.dossier.measures_of(case.task.pk), last_lines(case.task.pk, asked)
        _known(case, [line.measure for line in said.lines], "lines")
        values = {f"status_{line.measure}": line.status for line in said.lines} | {f"text_{line.measure}": line.text for line in said.lines}
        names = {f"{part}_{m.id}": f"lines/{m.id}/{part}" for m in measures for part in ("status", "text")}
        form = CallAnswerForm(form_data(values, key=key, case=case, version=said.version), measures=measures, before=before)
        version = checked(form, names)["version"]
        return calls.answer_call(call=asked.pk, task=case.task.pk, by=case.actor, at=case.at, key=key, lines=form.lines(), version=version)

    return once(case.actor.person, key, act)


@router.post("/desk/tasks/{slug:no}/findings/{slug:finding}/answer", url_name="api_finding_answer", operation_id="answerFinding", response=_DONE, openapi_extra=_SAY, summary="答复疑点")  # fmt: skip
def finding_answer(request: HttpRequest, no: Path[Slug], finding: Path[Slug], said: sent.FindingAnswer, key: Key) -> HttpResponse:
    case, key = opened(request, no), key_of(request, key)
    asked = Finding.objects.filter(pk=finding, task=case.task).first()
    if asked is None:
        raise Http404

    def act() -> Receipt:
        form = FindingAnswerForm(form_data(said.dict(), key=key), evidence=evidence_choices(case.dossier))
        typed = checked(form)
        given = {"answer": typed["answer"], "evidence": typed["evidence"]}
        return findings.answer_finding(finding=asked.pk, by=case.actor, at=case.at, key=key, **given)

    return once(case.actor.person, key, act)


@router.post("/notices/{slug:notice}/objections", url_name="api_objections", operation_id="object", response=answers(common.Receipt, 400, 404, 409, 413, status=201) | {200: common.Receipt}, tags=["公开"], summary="提异议")  # fmt: skip
def objection(request: HttpRequest, notice: Path[Slug], said: sent.NewObjection, key: Key) -> HttpResponse:
    """By anybody. The receipt's code is in `result.code`, here and nowhere else; the same key with the same words gets it again."""
    found = published(notice_record(notice), now())
    # the words are part of the key: whoever happens upon another's key gets no code of theirs
    key = f"api-{key_of(request, f'{key} {said.text} {said.phone} {said.measures}')}"

    def act() -> Receipt:
        values = {"text": said.text, "measures": said.measures, "phone": said.phone, "reach": "phone" if said.phone else "anonymous"}
        form = PlainObjectionForm(form_data(values, key=key), measures=found.notice.measures)
        typed = checked(form)
        return object_to(
            notice=found.record.pk, channel="web", text=typed["text"], at=now(), key=key, measures=form.chosen, contact=typed["phone"]
        )

    if PACE.is_exceeded(request):
        return problem(429, headers={"Retry-After": str(PACE.seconds)})
    return once("", key, act)


def _row(row: sent.NewRecord, case: Case) -> dict[str, Any]:
    """A row as the form has it: amounts a line each."""
    values = row.dict()
    for name in ("quantities", "results"):
        values[name] = "\n".join(
            f"{_one_line(one['name'])} {Decimal(repr(one['value'])):f} {_one_line(one['unit'])}" for one in values[name]
        )
    values["times"] = "\n".join(row.times)
    values["passed"] = {True: "yes", False: "no", None: ""}[row.passed]
    values["org"] = row.org or case.actor.org
    return values


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _answers(case: Case, said: sent.Answers) -> tuple[dict[str, Any], dict[str, str]]:
    """Answers under the names of the desk's form, and the sender's names for these. Raises Wrong for a measure that there is not."""
    _known(case, [one.measure for one in said.answers], "answers")
    values: dict[str, Any] = {"general": said.general}
    for one in said.answers:
        values[f"text_{one.measure}"], values[f"evidence_{one.measure}"] = one.text, one.evidence
    names = {f"{part}_{m.id}": f"answers/{m.id}/{part}" for m in case.dossier.measures_of(case.task.pk) for part in ("text", "evidence")}
    return values, names


def _known(case: Case, measures: list[str], field: str) -> None:
    known = {measure.id for measure in case.dossier.measures_of(case.task.pk)}
    wrong = [(f"{field}/{place}/measure", _("现行方案没有这项措施。")) for place, one in enumerate(measures) if one not in known]
    wrong += [(f"{field}/{place}/measure", _("这项措施写了两次。")) for place, one in enumerate(measures) if one in measures[:place]]
    if wrong:
        raise Wrong(wrong)


def _unclashed(case: Case, form: RegisterForm | PaperForm) -> None:
    """Raises Wrong for a clash with other rows that the sender has not confirmed."""
    lines = clash_lines(case, form)
    if lines and not form.cleaned_data["anyway"]:
        form.add_error("anyway", _("有与别的登记冲突的地方，请核对；确实没错的，再发一次，anyway 写 true。"))
        raise_errors(form, clashes=tuple(say_it(line.words) for line in lines))
