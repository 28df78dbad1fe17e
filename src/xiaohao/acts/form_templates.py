"""Putting an office's own Word template in the place of a form's shipped one, and going back to that."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from xiaohao.acts._entry import append_entry
from xiaohao.acts.receipt import Receipt
from xiaohao.documents.forms.kinds import FORMS
from xiaohao.dossier.form_template import FormTemplate
from xiaohao.evidence.unacceptable import Unacceptable
from xiaohao.evidence.upload import UploadKind, accept_upload
from xiaohao.journal.entry import EntryType
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.said import Said, say
from xiaohao.records import models, write
from xiaohao.records.form_templates import current
from xiaohao.records.models.filed import instant
from xiaohao.records.to_dossier import content_store


def put_template(*, by: Actor, at: datetime, key: str, form: str, name: str, content: bytes) -> Receipt:
    """From now on the form is printed with this Word file. Raises Refused for anybody but the system administrator, and for a file that is no
    template of the form, with a sentence for each placeholder that is wrong. KeyError for a form that there is not."""
    from xiaohao.documents.forms.template import wrong_in  # late, with the library of Word documents

    _require_administrator("put_template", by)
    wrong: tuple[Said | str, ...] = ()
    try:
        upload = accept_upload(content, name)
        wrong = wrong_in(FORMS[form], content, upload.name) if upload.kind is UploadKind.DOCX else (say("模板要用 Word 的 docx 格式。"),)
    except Unacceptable as bad:
        wrong = (str(bad),)
    if wrong:
        raise Refused("put_template", tuple(_unmet(sentence) for sentence in wrong))
    return _write("put_template", by=by, at=at, key=key, form=form, name=upload.name, content=content)


def use_shipped_template(*, by: Actor, at: datetime, key: str, form: str) -> Receipt:
    """Go back to the template that ships. Raises Refused for anybody but the system administrator."""
    return _write("use_shipped_template", by=by, at=at, key=key, form=form)


def _write(act: str, *, by: Actor, at: datetime, key: str, form: str, name: str | None = None, content: bytes | None = None) -> Receipt:
    if done := models.Done.objects.filter(actor=by.person, key=key).first():
        return Receipt(done.act, done.task, done.entry, done.at, done.result)
    _require_administrator(act, by)
    at = at.replace(microsecond=0)
    sha256 = content_store().put([content])[0] if content is not None else None
    with transaction.atomic(durable=not settings.TESTING):
        now = current(form)
        version = now.version + 1 if now else 1
        thing = FormTemplate(
            id=f"template-{form}-{version}",
            form=form,
            version=version,
            name=name,
            sha256=sha256,
            bytes=len(content) if content is not None else None,
            person=by.person,
            recorded_at=instant(at),
        )
        row = write.add(thing)
        entry = append_entry(EntryType.ACT, step=act, by=by, at=at, rows=[row])
        result = {"form": form, "version": version}
        models.Done.objects.create(actor=by.person, key=key, act=act, entry=entry.index, at=at, result=result)
    return Receipt(act, "", entry.index, at, result)


def _require_administrator(act: str, by: Actor) -> None:
    if Role.SYSTEM_ADMIN not in by.roles:
        raise Refused(act, (_unmet(say("表单模板由系统管理员更换"), say("请系统管理员登录后办理")),))


def _unmet(fact: Said | str, way: Said | None = None) -> Unmet:
    return Unmet(
        gate="template",
        fact=fact,
        basis=say("表单从案卷填出，占位符要是系统认识的。"),
        way=way or say("请下载现用的模板，改好再传"),
        who=say("系统管理员"),
    )
