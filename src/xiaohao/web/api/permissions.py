"""Who may use which address of the API. What is public is public here too; everything else is the rule of the desk's own page and a scope of the
token on top, so that no program is let in where its owner's browser is not. What asks for a fresh proof has no address here."""

from __future__ import annotations

from dataclasses import replace

from xiaohao.records.access_log import What
from xiaohao.records.tokens import Scope
from xiaohao.web.desk.permissions import DESK
from xiaohao.web.permissions import Cache, Rule, Sees, Table, public
from xiaohao.web.portal.permissions import PORTAL


def _as(route: str, method: str = "GET") -> Rule:
    """The portal's own rule."""
    return PORTAL[route][method]


def _with(scope: Scope, route: str, method: str = "GET") -> Rule:
    """The desk's own rule, for a token with that scope. Raises ValueError for what a person must prove afresh."""
    rule = DESK[route][method]
    if rule.fresh:
        raise ValueError(f"{route} {method} asks for a fresh proof, which no token can give")
    return replace(rule, scope=scope)


_READ, _REGISTERS, _SAY, _SUBMIT = Scope.READ_CASES, Scope.WRITE_REGISTERS, Scope.WRITE_STATEMENTS, Scope.SUBMIT

API: Table = {
    "api_openapi": {"GET": public(Sees.NOTHING)},
    "api_overview": {"GET": _as("home")},
    "api_tasks": {"GET": _as("tasks")},
    "api_task": {"GET": _as("task")},
    "api_notices": {"GET": _as("home")},
    "api_notice": {"GET": _as("notice")},
    "api_objections": {"POST": _as("objection", "POST")},
    "api_petitions": {"GET": _as("petitions")},
    "api_journal": {"GET": replace(_as("journal_checkpoint"), cache=Cache.PUBLIC)},
    "api_entry": {"GET": _as("verify")},
    "api_worklist": {"GET": _with(_READ, "desk_find")},
    "api_desk_tasks": {"GET": _with(_READ, "desk_find")},
    "api_case": {"GET": replace(_with(_READ, "desk_task"), logged=What.EXPORT)},
    "api_findings": {"GET": _with(_READ, "desk_findings")},
    "api_registers": {"GET": _with(_READ, "desk_registers")},
    "api_calls": {"GET": _with(_READ, "desk_calls")},
    "api_records": {"POST": _with(_REGISTERS, "desk_register", "POST")},
    "api_documents": {"POST": _with(_REGISTERS, "desk_paper", "POST")},
    "api_files": {"POST": _with(_REGISTERS, "desk_evidence", "POST")},
    "api_progress": {"POST": _with(_SAY, "desk_progress", "POST")},
    "api_draft": {"GET": _with(_SAY, "desk_apply"), "PUT": _with(_SAY, "desk_apply", "POST")},
    "api_application": {"POST": _with(_SUBMIT, "desk_apply", "POST")},
    "api_finding_answer": {"POST": _with(_SAY, "desk_finding_answer", "POST")},
    "api_call_answer": {"POST": _with(_SAY, "desk_call_answer", "POST")},
}
