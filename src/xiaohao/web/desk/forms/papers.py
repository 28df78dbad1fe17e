"""A document under its number: who issued it, to whom, when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.acts.ids import id_from
from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Cite, Document
from xiaohao.screening.document_number import numbers_in, read_number
from xiaohao.web.desk.forms.choices import set_choices, units_near_first
from xiaohao.web.desk.forms.files import FilesField
from xiaohao.web.desk.forms.keyed import KeyedForm, WhenField

_KINDS = [
    ("order", _("通知、决定")),
    ("minutes", _("纪要")),
    ("report", _("报告")),
    ("plan", _("方案")),
    ("rule", _("制度")),
    ("feedback", _("反馈意见")),
    ("notice", _("公示")),
    ("approval", _("批复")),
    ("contract", _("合同")),
    ("certificate", _("证明")),
]


class PaperForm(KeyedForm):
    """One document of the number register."""

    title = forms.CharField(label=_("文件标题"), max_length=300)
    number = forms.CharField(label=_("文号（如：青政发〔2025〕12号）"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("哪一类文件"), choices=_KINDS)
    issuer = forms.ChoiceField(label=_("发文单位"))
    date = WhenField(label=_("落款日期"))
    cites = forms.CharField(label=_("依据哪些文件（写文号）"), required=False, max_length=500)
    recipients = forms.MultipleChoiceField(label=_("发给谁"), required=False, widget=forms.CheckboxSelectMultiple)
    uploads = FilesField(label=_("文件原件或扫描件"), required=False)
    held = forms.CharField(widget=forms.HiddenInput, required=False)
    anyway = forms.BooleanField(label=_("已核对，仍要登记"), required=False)

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        task = dossier.task
        near = {unit for unit in (task.owner, *task.co_owners, task.lead, task.supervisor, task.acceptor, task.reviewer, task.desk) if unit}
        orgs = units_near_first(dossier.orgs, dossier.task.owner)
        set_choices(self, "issuer", orgs)
        set_choices(self, "recipients", sorted(orgs, key=lambda pair: pair[0] not in near))

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"]).strip()
        if number and read_number(number) is None:
            raise forms.ValidationError(_("文号请写成：代字〔年份〕序号号，如 青政发〔2025〕12号。"))
        return number

    def document(self, issuer: str | None, *, file: str | None = None) -> Document | None:
        """The document as typed."""
        typed = self.cleaned_data
        return Document(
            id=id_from("doc", typed["key"], "paper"),
            number=typed["number"] or None,
            title=typed["title"],
            kind=typed["kind"],
            issuer=issuer or typed["issuer"],
            date=typed["date"],
            recorded_at="",
            cites=tuple(Cite(number=f"{one.words}〔{one.year}〕{one.serial}号") for one in numbers_in(typed["cites"])),
            recipients=tuple(typed["recipients"]),
            file=file,
        )
