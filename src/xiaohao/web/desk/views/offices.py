"""Units and their posts: the tree, one unit with who holds what since when, a post that changes hands, a deputy during leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiaohao.acts import posts
from xiaohao.acts.clock import now
from xiaohao.acts.receipt import Receipt
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import Role
from xiaohao.kernel.when import CST
from xiaohao.records import offices
from xiaohao.records.models import Org, Post, Term
from xiaohao.records.worklist import visible_to
from xiaohao.web.desk.case import account_of
from xiaohao.web.desk.forms.keyed import KeyedForm, fresh_key
from xiaohao.web.desk.forms.posts import DeputyForm, HandOverForm, PostForm, people_choices
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.parts.form_errors import FieldError, errors_of


def units(request: HttpRequest) -> HttpResponse:
    """The tree of units; with words, those whose name or alias holds all of them."""
    words = request.GET.get("q", "").strip()[:60]
    lines = offices.tree(account_of(request).actor.org)
    if words:
        lines = tuple(line for line in lines if all(word in _names(line.org) for word in words.split()[:5]))
    return show(
        request,
        "units",
        {
            "lines": lines,
            "words": words,
            "edits": Role.SYSTEM_ADMIN in account_of(request).actor.roles,
            "vacant": sum(line.vacant for line in lines),
        },
    )


def unit(request: HttpRequest, org: str) -> HttpResponse:
    """One unit: contact, the units under it, its posts, who holds them since when, and who held them before."""
    row = get_object_or_404(Org.objects.select_related("parent"), pk=org)
    actor, today = account_of(request).actor, _today()
    readable = set(visible_to(actor).values_list("pk", flat=True))
    lines = offices.posts_of(row, today)
    context = {
        "unit": row,
        "children": list(Org.objects.filter(parent=row).order_by("path")),
        "posts": lines,
        "readable": readable,
        "keeps": offices.may_keep_posts(actor, row) and not row.dissolved,
        "edits": Role.SYSTEM_ADMIN in actor.roles,
        "into": Org.objects.filter(pk=row.dissolved.get("into", "")).first(),
        "key": fresh_key(),
        "today": today,
    }
    return show(request, "unit", context)


def new_post(request: HttpRequest, org: str) -> HttpResponse:
    """Set up a post."""
    row = _kept(request, get_object_or_404(Org, pk=org))
    form = PostForm(request.POST or None)

    def act(typed: dict[str, Any]) -> Receipt:
        return posts.add_post(
            **_by(request), key=typed["key"], org=org, title=typed["title"], head=typed["head"] or None, roles=form.picked_roles()
        )  # type: ignore[attr-defined]

    return _form_page(request, "post_new", {"unit": row}, form, act, org, _("已设岗位。"))


def hand_over(request: HttpRequest, post: str) -> HttpResponse:
    """The post goes to somebody else; what moves with it stands above the form."""
    row = get_object_or_404(Post.objects.select_related("org"), pk=post)
    _kept(request, row.org)
    form = HandOverForm(request.POST or None, people=people_choices(offices.people_near(row.org)), initial={"on": _today()})
    held = offices.term_in_force(row)
    context = {
        "post": row,
        "held": held,
        "duties": offices.open_tasks_of(held.person_id, row) if held else [],
        "readable": set(visible_to(account_of(request).actor).values_list("pk", flat=True)),
        "drafts": len(offices.drafts_with(held.person_id)) if held else 0,
    }

    def act(typed: dict[str, Any]) -> Receipt:
        return posts.hand_over(
            **_by(request),
            key=typed["key"],
            post=post,
            to=typed["to"] or None,
            name=typed["name"] or None,
            on=typed["on"].isoformat(),
            document=typed["document"],
            reason=typed["reason"],
        )

    def said(receipt: Receipt) -> str:
        count = len(receipt.result["tasks"])
        return ngettext("已交接，{count} 项任务的第一责任人一并更换。", "已交接，{count} 项任务的第一责任人一并更换。", count).format(
            count=count
        )

    return _form_page(request, "hand_over", context, form, act, row.org_id, said)


def deputy(request: HttpRequest, post: str) -> HttpResponse:
    """Somebody stands in during leave."""
    row = get_object_or_404(Post.objects.select_related("org"), pk=post)
    _kept(request, row.org)
    form = DeputyForm(request.POST or None, people=people_choices(offices.people_near(row.org)), initial={"start": _today()})

    def act(typed: dict[str, Any]) -> Receipt:
        days = {name: typed[name].isoformat() for name in ("start", "end")}
        named = {name: typed[name] for name in ("key", "person", "reason", "document")}
        return posts.appoint_deputy(**_by(request), post=post, **days, **named)

    return _form_page(request, "deputy", {"post": row, "held": offices.term_in_force(row)}, form, act, row.org_id, _("已指定代行人。"))


def recall(request: HttpRequest, term: str) -> HttpResponse:
    """The holder is back."""
    row = get_object_or_404(Term.objects.select_related("post__org"), pk=term, acting=True)
    _kept(request, row.post.org)
    form = KeyedForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("表单没有编号，请刷新页面后再试。"))
        return redirect("desk_unit", row.post.org_id)
    try:
        posts.recall_deputy(**_by(request), key=form.cleaned_data["key"], term=term)
        messages.success(request, _("代行已结束。"))
    except Refused as refused:
        messages.warning(request, "；".join(f"{one.fact}。{one.way}" for one in refused.unmet))
    return redirect("desk_unit", row.post.org_id)


def _form_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    form: KeyedForm,
    act: Callable[[dict[str, Any]], Receipt],
    org: str,
    done: str | Callable[[Receipt], str],
) -> HttpResponse:
    if request.method != "POST":
        return show(request, template, {**context, "form": form})
    if not form.is_valid():
        return show_again(request, template, {**context, "form": form, "errors": errors_of(form)})
    try:
        receipt = act(form.cleaned_data)
    except Refused as refused:
        first = next(name for name, field in form.fields.items() if not field.widget.is_hidden)
        wrong = tuple(FieldError(form[first].id_for_label or form[first].auto_id, f"{one.fact}。{one.way}。") for one in refused.unmet)
        return show_again(request, template, {**context, "form": form, "errors": wrong})
    messages.success(request, done if isinstance(done, str) else done(receipt))
    return redirect("desk_unit", org)


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": account_of(request).actor, "at": now()}


def _kept(request: HttpRequest, unit: Org) -> Org:
    """The unit, where this person keeps its posts; for anybody else there is no such page."""
    if not offices.may_keep_posts(account_of(request).actor, unit):
        raise Http404
    return unit


def _names(org: Org) -> str:
    return " ".join([org.name, *org.more.get("aliases", [])])


def _today() -> str:
    return now().astimezone(CST).date().isoformat()
