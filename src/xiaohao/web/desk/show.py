"""Rendering a page of the desk with the side menu beside it. That no cache keeps it, the permission table says for every route."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xiaohao.web.desk.menu import menu_for


def show(request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """The page `desk/<template>.html`; a form with errors answers 422, so that programs notice too."""
    whole = {"menu": menu_for(request), **(context or {})}
    return render(request, f"desk/{template}.html", whole, status=status)


def show_again(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """The same page with everything typed still there, and what is wrong with it."""
    return show(request, template, context, status=422)
