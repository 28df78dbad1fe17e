"""shares_accepted, shares_closed: the whole waits for all its shares."""

from __future__ import annotations

from dataclasses import replace

from tests import cases
from tests.procedure.gates.table import COUNTY, each, rows, under
from xiaohao.dossier.task import Link
from xiaohao.procedure.gates.shares_closed import shares_accepted, shares_closed


def shared(*states):
    """The duty task given to two units, each with a share in one of these states."""

    def build():
        dossier = cases.duty_case("published")
        shares = tuple(
            replace(
                dossier.task,
                id=f"task-2-{n}",
                number=f"2-{n}",
                owner=owner,
                status=state,
                links=(Link(task=cases.DUTY, relation="share_of"),),
            )
            for n, (owner, state) in enumerate(zip(("org-park", "org-housing"), states, strict=True), start=1)
        )
        return cases.add(dossier, *shares)

    return build


CLOSED = under(
    COUNTY,
    rows(
        shares_closed,
        "close",
        not_shared=(lambda: cases.duty_case("published"), None),
        all_closed=(shared("closed", "confirmed"), None),
        reviewed_is_past_closing_in_this_route=(shared("closed", "reviewed"), None),
        one_still_in_publicity=(shared("closed", "published"), "1 个承办单位的部分没有销号：青禾县住房和城乡建设局。"),
        none_begun=(shared(None, "reopened"), "2 个承办单位的部分没有销号：青禾循环经济园区管理委员会、青禾县住房和城乡建设局。"),
    ),
)


ACCEPTED = under(
    COUNTY,
    rows(
        shares_accepted,
        "apply",
        not_shared=(lambda: cases.duty_case("published"), None),
        all_accepted=(shared("accepted", "closed"), None),
        one_still_waits=(shared("accepted", "claimed_done"), "1 个承办单位的部分没有通过验收：青禾县住房和城乡建设局。"),
    ),
)
ROWS = (*CLOSED, *ACCEPTED)


@each(ROWS)
def test_shares_closed(row):
    assert row.ask() == row.fact
