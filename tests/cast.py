"""Who and where in the tests' cases: the demonstration county's own units, people and places, with an inspection and a list for them."""

from __future__ import annotations

from xiaohao.dossier.task import Inspection, TaskList
from xiaohao.seeds.cast import JOINED_AT, ORGS, PEOPLE, PLACES

__all__ = ["INSPECTIONS", "JOINED_AT", "LISTS", "ORGS", "PEOPLE", "PLACES"]

INSPECTIONS = (
    Inspection(
        id="insp-1",
        name="东陆省第二轮生态环境保护督察",
        level="province",
        kind="routine",
        round=2,
        start="2024-09-02",
        end="2024-09-30",
        feedback="doc-feedback",
        feedback_date="2024-11-15",
    ),
)

LISTS = (TaskList(id="list-1", inspection="insp-1", name="青禾县整改清单", org="org-county", document="doc-plan"),)
