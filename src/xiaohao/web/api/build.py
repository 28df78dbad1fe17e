"""The API put together, once in a server process and only when somebody asks: django-ninja and pydantic take longer to load than a page to make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from xiaohao.web.api import acts, desk, notices, public
from xiaohao.web.api.doing import Wrong
from xiaohao.web.problems import MEDIA, problem


@cache
def api() -> NinjaAPI:
    """The API with every operation. Its own pages of documentation are off: they load scripts from elsewhere and inline, which our policy forbids."""
    made = NinjaAPI(
        title="销号 Xiaohao",
        version="1",
        description="督察整改销号系统的接口。说明见 docs/api.md。",
        docs_url=None,
        openapi_url=None,
        urls_namespace="api",
    )
    for router in (public.router, notices.router, desk.router, acts.router):
        made.add_router("", router)
    made.add_exception_handler(Wrong, lambda _request, wrong: _invalid(wrong.errors, wrong.clashes))
    made.add_exception_handler(ValidationError, lambda _request, wrong: _invalid([_told(one) for one in wrong.errors]))
    made.add_exception_handler(Http404, lambda _request, _wrong: problem(404))
    made.add_exception_handler(HttpError, lambda _request, wrong: problem(wrong.status_code))
    for unreadable in (SuspiciousOperation, MultiPartParserError):
        made.add_exception_handler(unreadable, lambda _request, _wrong: problem(400))
    for large in (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        made.add_exception_handler(large, lambda _request, _wrong: problem(413))
    made.add_exception_handler(Exception, _broken)
    return made


@cache
def views() -> Mapping[str, Callable[..., HttpResponse]]:
    """The view of every route, by its name in urls.py."""
    patterns, _app, _namespace = api().urls
    return {pattern.name: pattern.callback for pattern in patterns if pattern.name != "api-root"}


@cache
def description() -> Mapping[str, Any]:
    """OpenAPI 3.1: problems under their own media type, the token as a way to show who one is."""
    made: dict[str, Any] = api().get_openapi_schema(path_prefix="/api/v1")
    made.setdefault("components", {})["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    for operations in made["paths"].values():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                if int(status) >= 400 and "content" in answer:
                    answer["content"] = {MEDIA: next(iter(answer["content"].values()))}
    return made


def _broken(_request: HttpRequest, wrong: Exception) -> HttpResponse:
    """A fault of ours goes where every fault goes: into the server's log, and out as 500."""
    raise wrong


def _invalid(errors: list[tuple[str, str]], clashes: tuple[str, ...] = ()) -> HttpResponse:
    return problem(422, errors=[{"field": field, "message": words} for field, words in errors], clashes=list(clashes))


def _told(error: Mapping[str, Any]) -> tuple[str, str]:
    """pydantic's error as a field and one of our sentences."""
    field = "/".join(str(part) for part in error["loc"][1:] if part not in ("row", "paper", "shown", "said", "asked"))
    limits = error.get("ctx", {})
    kind = str(error["type"])
    if kind == "missing":
        return field, _("缺这一项。")
    if kind == "string_too_long":
        return field, _("太长，最多 {most} 个字符。").format(most=limits["max_length"])
    if kind == "too_long":
        return field, _("太多，最多 {most} 个。").format(most=limits["max_length"])
    if kind.startswith(("greater_than", "less_than")):
        return field, _("数值超出范围。")
    if kind in ("literal_error", "enum"):
        return field, _("只能是：{choices}。").format(choices=limits["expected"])
    if kind == "string_pattern_mismatch":
        return field, _("写法不对，应当符合 {pattern}。").format(pattern=limits["pattern"])
    return field, _("类型或写法不对。")
