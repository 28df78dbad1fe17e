"""Who may use which address of the desk: staff who work on cases. The three administrators see no case (UX.md section 1)."""

from dataclasses import replace

from xiaohao.acts.petitions import ENTER, HANDLE
from xiaohao.acts.sampling import SAMPLERS
from xiaohao.kernel.roles import ADMINISTRATORS, Role
from xiaohao.records.access_log import What
from xiaohao.records.supervision import PLANNERS, VISITORS
from xiaohao.web.permissions import Rule, Sees, Table, roles, signed_in

#: Roles that work on cases.
STAFF = tuple(role for role in Role if role not in ADMINISTRATORS)
#: Who reports for the responsible unit, or enters for it what a leader signed on paper.
UNIT = (Role.REPORTER, Role.HEAD, Role.CLERK)
#: Who may keep posts somewhere; of which unit, records.offices.may_keep_posts says.
_KEEPERS = (Role.HEAD, Role.CLERK, Role.SYSTEM_ADMIN)


#: The system administrator opens accounts, the security administrator guards them; both read who may do what. The audit administrator reads the
#: log, and carries it away only after a fresh proof, for it names people.
_KEEP_ACCOUNTS = roles(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, sees=Sees.ACCOUNTS)
_OPEN_ACCOUNTS = roles(Role.SYSTEM_ADMIN, sees=Sees.ACCOUNTS)
_GUARD_ACCOUNTS = roles(Role.SECURITY_ADMIN, sees=Sees.ACCOUNTS)
_CARRY_AWAY = replace(roles(Role.AUDIT_ADMIN, sees=Sees.ACCESS_LOG), fresh=True, logged=What.EXPORT)


def _read(sees: Sees = Sees.OWN_SUBTREE) -> Rule:
    return roles(*STAFF, sees=sees)


def _named_away(rule: Rule) -> Rule:
    """A whole file or table that names people and carries their telephone numbers: logged, and only after a fresh proof."""
    return replace(rule, logged=What.EXPORT, fresh=True)


def _write(*who: Role) -> Rule:
    return roles(*(who or STAFF), sees=Sees.OWN_TASK_ROLE)


def _page(*who: Role) -> dict[str, Rule]:
    """A page with a form: anybody who may see the task reads it, these submit it; the procedure and the acts decide about each task."""
    return {"GET": _read(), "POST": _write(*who)}


DESK: Table = {
    "today": {
        "GET": signed_in(Sees.OWN_SUBTREE)
    },  # who has handed over their post keeps this page; administrators get a page of their own, without a case
    "desk_board": {"GET": _read()},
    "desk_board_city": {"GET": _read()},
    "desk_find": {"GET": _read()},
    "desk_find_sheet": {"GET": _named_away(_read())},
    "desk_views": {"POST": roles(*STAFF, sees=Sees.OWN_ACCOUNT)},
    "desk_new": {"GET": roles(Role.CLERK, sees=Sees.OWN_DRAFT), "POST": roles(Role.CLERK, sees=Sees.OWN_DRAFT)},
    "desk_new_draft": {"GET": roles(Role.CLERK, sees=Sees.OWN_DRAFT), "POST": roles(Role.CLERK, sees=Sees.OWN_DRAFT)},
    "desk_import": {"GET": roles(Role.CLERK, sees=Sees.OWN_DRAFT), "POST": roles(Role.CLERK, sees=Sees.OWN_DRAFT)},
    "desk_import_ledger": {"GET": roles(Role.CLERK, sees=Sees.OWN_DRAFT), "POST": roles(Role.CLERK, sees=Sees.OWN_DRAFT)},
    "desk_import_undo": {"POST": roles(Role.CLERK, sees=Sees.OWN_DRAFT)},
    "desk_import_annotated": {"GET": _named_away(roles(Role.CLERK, sees=Sees.OWN_DRAFT))},
    "desk_export": {"GET": _named_away(_read())},
    "desk_route": {"GET": _read(Sees.NOTHING)},
    "desk_task": {"GET": _read()},
    "desk_record": {"GET": _read()},
    "desk_file": {"GET": _read()},
    "desk_refused": {"GET": _read()},
    "desk_refused_pdf": {"GET": replace(_read(), logged=What.EXPORT)},
    "desk_look": {"GET": _read()},
    "desk_plan": _page(*UNIT),
    "desk_plan_versions": {"GET": _read()},
    "desk_standard": _page(Role.CLERK, Role.REVIEWER),
    "desk_shares": _page(Role.CLERK),
    "desk_evidence": _page(),
    "desk_pieces": _page(),
    "desk_register": _page(),
    "desk_register_clashes": {"POST": _write()},
    "desk_correct": _page(),
    "desk_paper": _page(),
    "desk_book_in": {"POST": _write()},
    "desk_registers": {"GET": _read()},
    "desk_numbers": {"GET": _read()},
    "desk_rhythms": {"GET": _read()},
    "desk_register_for": {"GET": _read()},
    "desk_petitions": {"GET": _read()},
    "desk_petition_new": {"GET": roles(*ENTER, sees=Sees.OWN_SUBTREE), "POST": _write(*ENTER)},
    "desk_petitions_import": {"GET": roles(*ENTER, sees=Sees.OWN_SUBTREE), "POST": _write(*ENTER)},
    "desk_register_import": _page(),
    "desk_petition": {"GET": _read()},
    "desk_petition_handle": {"POST": _write(*HANDLE)},
    "desk_petition_link": {"POST": _write(*ENTER)},
    "desk_case_pdf": {"GET": _named_away(_read())},
    "desk_bundle": {"GET": _named_away(_read())},
    "desk_list_bundle": {"GET": _named_away(_read())},
    "desk_parcels": {"GET": _read(), "POST": roles(Role.CLERK, sees=Sees.OWN_SUBTREE)},
    "desk_parcel_coming": {"GET": roles(Role.CLERK, sees=Sees.OWN_DRAFT)},
    "desk_parcel": {"GET": _read()},
    "desk_parcel_pdf": {"GET": replace(_read(), logged=What.EXPORT)},
    "desk_parcel_file": {"GET": replace(_read(), logged=What.EXPORT)},
    "desk_forms": {"GET": _read()},
    "desk_form_docx": {"GET": _named_away(_read())},
    "desk_form_pdf": {"GET": _named_away(_read())},
    "desk_forms_room": {"GET": roles(*STAFF, Role.SYSTEM_ADMIN, sees=Sees.OWN_SUBTREE)},
    "desk_form_template": {
        "GET": roles(*STAFF, Role.SYSTEM_ADMIN, sees=Sees.NOTHING),
        "POST": roles(Role.SYSTEM_ADMIN, sees=Sees.NOTHING),
    },
    "desk_form_template_file": {"GET": roles(*STAFF, Role.SYSTEM_ADMIN, sees=Sees.NOTHING)},
    "desk_report": {"GET": _read(), "POST": roles(Role.CLERK, sees=Sees.OWN_SUBTREE)},
    "desk_report_version": {"GET": replace(_read(), logged=What.EXPORT)},
    "desk_report_docx": {"GET": replace(_read(), logged=What.EXPORT)},
    "desk_report_pdf": {"GET": replace(_read(), logged=What.EXPORT)},
    "desk_sample": _page(*SAMPLERS),
    "desk_sample_file": {"GET": _read()},
    "desk_series": _page(),
    "desk_progress": _page(*UNIT),
    "desk_apply": _page(*UNIT),
    "desk_pledge": _page(),
    "desk_findings": {"GET": _read()},
    "desk_finding_outcomes": {"GET": _read()},
    "desk_finding_answer": {"POST": _write(*UNIT, Role.ACCEPTOR, Role.REVIEWER)},
    "desk_finding_decide": {"POST": _write(Role.CLERK, Role.ACCEPTOR, Role.REVIEWER, Role.SUPERVISOR, Role.HEAD)},
    "desk_accept": _page(Role.ACCEPTOR),
    "desk_return": _page(Role.ACCEPTOR, Role.REVIEWER, Role.ASSESSOR, Role.HEAD),
    "desk_letter": {"GET": _read()},
    "desk_letter_pdf": {"GET": _read()},
    "desk_opinion_pdf": {"GET": _read()},
    "desk_questions": _page(Role.ACCEPTOR, Role.REVIEWER, Role.ASSESSOR),
    "desk_question": _page(*UNIT),
    "desk_visits": {"GET": _read(), "POST": _write(Role.ACCEPTOR)},
    "desk_visit": {"GET": _read()},
    "desk_review": _page(Role.REVIEWER),
    "desk_review_item": _page(Role.REVIEWER),
    "desk_assess": _page(Role.ASSESSOR),
    "desk_publish": _page(Role.CLERK, Role.HEAD),
    "desk_confidentiality": {"POST": _write(Role.CLERK, Role.HEAD)},
    "desk_step": {method: replace(rule, fresh=frozenset({"close"})) for method, rule in _page().items()},
    "desk_watch": _page(),
    "desk_links": _page(Role.REPORTER, Role.HEAD, Role.CLERK, Role.SUPERVISOR, Role.REVIEWER),
    "desk_inspections": {"GET": _read(Sees.NOTHING)},
    "desk_inspection_new": {method: roles(Role.CLERK, sees=Sees.NOTHING) for method in ("GET", "POST")},
    "desk_inspection": {"GET": _read(), "POST": roles(Role.CLERK, sees=Sees.NOTHING)},
    "desk_inspection_amend": {method: roles(Role.CLERK, sees=Sees.NOTHING) for method in ("GET", "POST")},
    "desk_batches": {"GET": _read()},
    "desk_batch": {"GET": _read()},
    "desk_batch_change": {method: roles(Role.CLERK, sees=Sees.OWN_SUBTREE) for method in ("GET", "POST")},
    "desk_batch_new": {"GET": roles(Role.CLERK, sees=Sees.OWN_SUBTREE), "POST": roles(Role.CLERK, sees=Sees.OWN_SUBTREE)},
    "desk_calendar": {"GET": roles(*Role, sees=Sees.NOTHING)},
    "desk_calendar_year": {"GET": roles(*Role, sees=Sees.NOTHING), "POST": roles(Role.SYSTEM_ADMIN, sees=Sees.NOTHING)},
    "desk_orders": {"GET": _read()},
    "desk_press": _page(*UNIT, Role.SUPERVISOR),
    "desk_supervision": {"GET": _read()},
    "desk_supervision_new": {method: roles(*PLANNERS, sees=Sees.OWN_OFFICE) for method in ("GET", "POST")},
    "desk_supervision_plan": {"GET": roles(*VISITORS, sees=Sees.OWN_OFFICE)},
    "desk_supervision_draw": {"POST": roles(*PLANNERS, sees=Sees.OWN_OFFICE)},
    "desk_supervision_draw_file": {"GET": roles(*VISITORS, sees=Sees.OWN_OFFICE)},
    "desk_site_new": {method: roles(*VISITORS, sees=Sees.OWN_OFFICE) for method in ("GET", "POST")},
    "desk_site": {"GET": _read(), "POST": roles(*VISITORS, sees=Sees.OWN_OFFICE)},
    "desk_site_code": {"POST": roles(*VISITORS, sees=Sees.OWN_OFFICE)},
    "desk_site_arrive": {"POST": roles(*VISITORS, sees=Sees.OWN_OFFICE)},
    "desk_site_answer": {"POST": _write(*UNIT)},
    "desk_guidance": _page(),
    "desk_calls": {"GET": _read()},
    "desk_call_rhythm": {method: roles(Role.CLERK, Role.SUPERVISOR, sees=Sees.OWN_OFFICE) for method in ("GET", "POST")},
    "desk_call_new": {
        "GET": roles(Role.CLERK, Role.SUPERVISOR, sees=Sees.OWN_SUBTREE),
        "POST": roles(Role.CLERK, Role.SUPERVISOR, sees=Sees.OWN_SUBTREE),
    },
    "desk_call": {"GET": _read()},
    "desk_call_xlsx": {"GET": replace(_read(), logged=What.EXPORT)},
    "desk_call_docx": {"GET": replace(_read(), logged=What.EXPORT)},
    "desk_call_answer": _page(*UNIT),
    "desk_message": {"POST": roles(*STAFF, sees=Sees.OWN_ACCOUNT)},
    "desk_role_requests": {"GET": roles(Role.SECURITY_ADMIN, sees=Sees.NOTHING)},
    "desk_role_decide": {"POST": roles(Role.SECURITY_ADMIN, sees=Sees.NOTHING)},
    "desk_accounts": {"GET": _KEEP_ACCOUNTS},
    "desk_account": {"GET": _KEEP_ACCOUNTS},
    "desk_account_new": {"GET": _OPEN_ACCOUNTS, "POST": _OPEN_ACCOUNTS},
    "desk_account_roles": {"POST": _OPEN_ACCOUNTS},
    "desk_account_invite": {"POST": _OPEN_ACCOUNTS},
    "desk_account_active": {"POST": _OPEN_ACCOUNTS},
    "desk_account_unified": {"POST": _OPEN_ACCOUNTS},
    "desk_account_unlock": {"POST": _GUARD_ACCOUNTS},
    "desk_account_sessions": {"POST": _GUARD_ACCOUNTS},
    "desk_account_reset": {"POST": replace(_GUARD_ACCOUNTS, fresh=True)},
    "desk_installation": {"GET": roles(Role.SYSTEM_ADMIN, sees=Sees.NOTHING)},
    "desk_access_log": {"GET": roles(Role.AUDIT_ADMIN, sees=Sees.ACCESS_LOG)},
    "desk_access_log_xlsx": {"GET": _CARRY_AWAY},
    "desk_access_log_csv": {"GET": _CARRY_AWAY},
    "desk_units": {"GET": signed_in(Sees.NOTHING)},
    "desk_unit": {"GET": signed_in(Sees.NOTHING)},
    **{
        route: {method: roles(Role.SYSTEM_ADMIN, sees=Sees.NOTHING) for method in ("GET", "POST")}
        for route in ("desk_unit_new", "desk_unit_edit", "desk_unit_dissolve")
    },
    "desk_post_new": {method: roles(*_KEEPERS, sees=Sees.NOTHING) for method in ("GET", "POST")},
    "desk_hand_over": {method: roles(*_KEEPERS, sees=Sees.NOTHING) for method in ("GET", "POST")},
    "desk_deputy": {method: roles(*_KEEPERS, sees=Sees.NOTHING) for method in ("GET", "POST")},
    "desk_deputy_recall": {"POST": roles(*_KEEPERS, sees=Sees.NOTHING)},
    "desk_countersigns": {"GET": _read(Sees.SENT_TO_UNIT)},
    "desk_countersign_new": _page(*UNIT, Role.ACCEPTOR),
    "desk_countersign": {"GET": _read(Sees.SENT_TO_UNIT), "POST": roles(*STAFF, sees=Sees.SENT_TO_UNIT)},
    "desk_countersign_pdf": {"GET": replace(_read(Sees.SENT_TO_UNIT), logged=What.EXPORT)},
    "desk_sign": {"GET": roles(Role.HEAD, sees=Sees.OWN_DRAFT)},
    "desk_sign_task": {"GET": roles(Role.HEAD, sees=Sees.OWN_DRAFT), "POST": _write(Role.HEAD)},
    "desk_objections": {"GET": roles(Role.DESK, sees=Sees.OWN_TASK_ROLE)},
    "desk_objection_new": {"GET": roles(Role.DESK, sees=Sees.OWN_TASK_ROLE), "POST": _write(Role.DESK)},
    "desk_objection": {"GET": roles(Role.DESK, sees=Sees.OWN_TASK_ROLE)},
    "desk_objection_admit": {"POST": _write(Role.DESK)},
    "desk_objection_answer": {"POST": _write(Role.DESK)},
    "desk_objection_contact": {"POST": replace(_write(Role.DESK), logged=What.PERSONAL_DATA)},
}
