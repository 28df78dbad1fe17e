"""What the permission table and its `Sees` promise, in words of statuses: whom an address answers, and how it turns away everybody else."""

from __future__ import annotations

from dataclasses import dataclass

from tests.web.walk.county import HIDDEN
from tests.web.walk.samples import Sample
from xiaohao.kernel.roles import Role
from xiaohao.web.permissions import Rule, Sees, Who

#: Answers of an address that lets somebody in and is sent nothing: done, onward, or what is missing from the form.
_SENT = frozenset({200, 201, 204, 302, 400, 409, 422})
#: Addresses that answer a look with something else than a page.
_LOOKED = {
    "desk_new_draft": 302,  # there is no draft: back to where one begins
    "desk_refused": 409,  # the refusal once more
    "receipt_recheck": 302,  # nothing has been answered yet that could be looked at again
    "second_factor": 302,  # nobody is half signed in
    "set_up": 302,
    "unified": 404,  # the office has not set it up
    "unified_back": 404,
    "batch": 404,  # its office does not let everybody see it
    "evidence": 404,  # a file, but no photo of a notice
}
#: Addresses whose sample is a thing that is not there: an invitation.
_NOT_THERE = frozenset({"join"})
#: Addresses that are for fewer people than those who may see the case: relation -> the rest are told that there is no such page.
_NARROWER: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("desk_objection", "desk_objection_admit", "desk_objection_answer", "desk_objection_contact"), frozenset({"desk"})
    ),  # the unit whose desk handles it
    "desk_post_new": frozenset({"own"}),  # the unit's own head; of the sample only its own
    **dict.fromkeys(
        (
            *("desk_hand_over", "desk_deputy", "desk_deputy_recall", "desk_batch_change"),
            *("desk_supervision_plan", "desk_supervision_draw", "desk_supervision_draw_file"),
            *("desk_site_code", "desk_site_arrive"),
            *("desk_parcel", "desk_parcel_pdf", "desk_parcel_file", "desk_report_version"),
        ),
        frozenset({"parent"}),
    ),  # a post, a batch and a plan of the county, where it goes unannounced, what it took in from elsewhere, and what it filed
    **dict.fromkeys(
        ("desk_export", "desk_report", "desk_report_docx", "desk_report_pdf", "desk_list_bundle"),
        frozenset({"own", "sibling", "child", "parent", "desk"}),
    ),  # a list on paper, for whoever sees a task of it
}


@dataclass(frozen=True)
class Viewer:
    """Somebody who asks: the relation of their unit to the sample's case ("" for somebody who has not signed in), and their roles."""

    relation: str
    roles: frozenset[Role] = frozenset()

    @property
    def keeps_everybodys_posts(self) -> bool:
        """The system administrator keeps the posts of every unit, and sees no case for it."""
        return Role.SYSTEM_ADMIN in self.roles


def promised(route: str, method: str, rule: Rule, sample: Sample, viewer: Viewer) -> frozenset[int]:
    """The statuses that are right for this viewer."""
    if rule.scope is not None and not viewer.relation:
        return frozenset({401})
    if rule.who is not Who.ANYONE:
        if not viewer.relation:
            return frozenset({302 if method == "GET" else 403})
        if not rule.admits(viewer.roles):
            return frozenset({403})
        if sample.case in HIDDEN[viewer.relation] or _is_anothers(route, rule, sample, viewer):
            return frozenset({404})
    if route in _NOT_THERE:
        return frozenset({404})
    if route == "api_draft":
        return frozenset({200})  # an empty draft is one
    return frozenset({_LOOKED.get(route, 200)}) if method == "GET" else _SENT


def _is_anothers(route: str, rule: Rule, sample: Sample, viewer: Viewer) -> bool:
    if rule.sees is Sees.OWN_DRAFT and sample.case is None and route.startswith(("desk_import_", "desk_parcel_coming")):
        return True  # the ledger and the bundle of the sample are on the desk of the county's clerk and on nobody else's
    return (
        route in _NARROWER and viewer.relation not in _NARROWER[route] and not (rule.sees is Sees.NOTHING and viewer.keeps_everybodys_posts)
    )
