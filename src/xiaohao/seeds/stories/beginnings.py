"""How the tasks of the list of 2025 began: assigned on one morning, planned, approved and started, each by the people whose job it was."""

from __future__ import annotations

from xiaohao.seeds.sheet import took
from xiaohao.seeds.story import Taken

#: The documents of the whole list; every task names them, the duty task brings them in.
FEEDBACK, PLAN = "doc-feedback-2024", "doc-plan-2024"


def assigned(number: int) -> Taken:
    """The city office enters the list on one morning, a few minutes a task."""
    return took("open_task", f"2024-11-20T09:{3 * number:02}", "cityoffice-2")


def begun(number: int, reporter: str) -> tuple[Taken, ...]:
    """Assigned, planned with the county's plan, approved by the city, begun by the unit."""
    return (
        assigned(number),
        took("file_plan", f"2024-12-20T10:{3 * number:02}", "countyoffice-1"),
        took("approve_plan", f"2024-12-27T14:{3 * number:02}", "cityoffice-head"),
        took("start", f"2025-01-06T09:{3 * number:02}", reporter),
    )
