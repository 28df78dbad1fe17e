"""Which template a form is printed with: the newest version of the office's own, else the one that ships."""

from __future__ import annotations

from functools import lru_cache

from xiaohao.documents.forms.kinds import FORMS
from xiaohao.documents.forms.template import shipped_template
from xiaohao.records.models import FormTemplate
from xiaohao.records.to_dossier import content_store


def template_of(form: str) -> bytes:
    """The Word file that the form is filled into now. Raises FileNotFoundError or ContentDamaged where the office's own is lost."""
    own = current(form)
    return content_store().get(own.sha256) if own and own.sha256 else shipped(form)


def current(form: str) -> FormTemplate | None:
    """The newest version, None where the office never put one in."""
    return FormTemplate.objects.filter(form=form).order_by("-version").first()


def versions(form: str) -> tuple[FormTemplate, ...]:
    """Every version, newest first."""
    return tuple(FormTemplate.objects.filter(form=form).select_related("person", "person__org").order_by("-version"))


@lru_cache(maxsize=len(FORMS))
def shipped(form: str) -> bytes:
    """The template that comes with this version of the program."""
    return shipped_template(FORMS[form])
