"""Which template a form is printed with: the newest version of the office's own, else the one that ships."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from xiaohao.documents.forms.kinds import FORMS
from xiaohao.records.models import FormTemplate
from xiaohao.records.to_dossier import content_store


def filled(form: str, facts: Mapping[str, Any]) -> bytes:
    """The form as a Word file with these facts. Raises what `template_of` raises."""
    from xiaohao.documents.forms.template import fill  # late: the library of Word documents takes a tenth of the server's start

    return fill(template_of(form), facts)


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
    from xiaohao.documents.forms.template import shipped_template  # late, with the library of Word documents

    return shipped_template(FORMS[form])
