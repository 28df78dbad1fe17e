"""The demonstration county: who is there, which lists came of which inspections, and all stories walked at once in the order of time."""

from __future__ import annotations

from functools import partial

from xiaohao.acts import accounts, beginning, parties, tasks
from xiaohao.acts.clock import DEMO_BEGINS
from xiaohao.dossier.document import Document, Receipt
from xiaohao.dossier.task import Inspection, TaskList
from xiaohao.kernel.when import parse_instant
from xiaohao.records.models import Account, Draft, Task
from xiaohao.seeds import office
from xiaohao.seeds.cast import JOINED_AT, ORGS, PEOPLE, PLACES
from xiaohao.seeds.moments import moment, seen
from xiaohao.seeds.office import posts
from xiaohao.seeds.seats import SEATED, seat
from xiaohao.seeds.stories import (
    before,
    canal,
    dust,
    duty,
    early,
    heating,
    landfill,
    livestock,
    plant,
    quarry,
    restaurants,
    river,
    stamped,
    town,
)
from xiaohao.seeds.stories.beginnings import FEEDBACK, PLAN
from xiaohao.seeds.story import Story
from xiaohao.seeds.walk import Event, walk_together

#: code of the list → (when it was entered, the list, its inspection).
LISTS: tuple[tuple[str, str, TaskList, Inspection], ...] = (
    (
        "qh2021a",
        "2023-01-03T10:00",
        TaskList(id="list-qh2021a", inspection="insp-2021", name="青禾县第二轮督察整改清单", org="org-county"),
        Inspection(
            id="insp-2021",
            name="东陆省第二轮生态环境保护督察",
            level="province",
            kind="routine",
            round=2,
            start="2021-04-06",
            end="2021-05-06",
            feedback_date="2021-06-25",
        ),
    ),
    (
        "qh2025a",
        "2024-11-20T09:00",
        TaskList(id="list-qh2025a", inspection="insp-2024", name="青禾县第三轮督察整改清单", org="org-county", document=PLAN),
        Inspection(
            id="insp-2024",
            name="东陆省第三轮生态环境保护督察",
            level="province",
            kind="routine",
            round=3,
            start="2024-09-02",
            end="2024-09-30",
            feedback=FEEDBACK,
            feedback_date="2024-11-15",
        ),
    ),
    (
        "qh2025b",
        "2025-12-01T09:00",
        TaskList(id="list-qh2025b", inspection="insp-2025", name="青禾县市级督察整改清单", org="org-county"),
        Inspection(
            id="insp-2025",
            name="景澜市生态环境保护督察",
            level="city",
            kind="special",
            round=1,
            start="2025-10-13",
            end="2025-10-24",
            feedback_date="2025-11-24",
        ),
    ),
)


def settle() -> None:
    """Make the county in an empty database whose keys are there: its people and accounts, then everything that has happened in it by the first
    moment of the demonstration. Raises Refused or NotAsTold when a story does not go as it is told."""
    move_in()
    lists = [Event(moment(at), False, partial(open_list, at, code)) for code, at, _, _ in LISTS]
    walk_together(stories(), until=DEMO_BEGINS, others=[*lists, *office.events()])
    posts.enter(moment("2026-03-03T08:58"))
    _leave_draft()


def stories() -> tuple[Story, ...]:
    """All stories, in the order of their tasks' numbers."""
    of_2025 = (
        landfill.story(),
        duty.story(),
        quarry.story(),
        canal.story(),
        plant.story(),
        town.story(),
        livestock.story(),
        restaurants.story(),
        river.story(),
        dust.story(),
        heating.story(),
    )
    papers = _papers(tuple(story.walk.task for story in of_2025))
    told = tuple(duty.story(papers) if story.walk.task == duty.SHEET.task_id else story for story in of_2025)
    return (
        before.storage(),
        before.stockyard(),
        before.sewers(),
        *told,
        early.reservoir(),
        early.packaging(),
        early.hazardous_waste(),
        *stamped.stories(),
    )


def move_in() -> None:
    at = parse_instant(JOINED_AT)
    beginning.begin_journal(at=at)
    parties.enter_places(PLACES, at=at)
    parties.enter_orgs(ORGS, at=at)
    parties.enter_people(PEOPLE, staff_no="QH-{n:04}", at=at)
    for key, roles in SEATED.items():
        accounts.open_account(username=key, person=f"person-{key}", roles=roles, password=None)


def open_list(at: str, code: str) -> None:
    task_list, inspection = next((listing, inspection) for name, _, listing, inspection in LISTS if name == code)
    tasks.open_list(by=seat("cityoffice-2"), at=moment(at), key=f"list {code}", inspection=inspection, task_list=task_list, code=code)


def _papers(of: tuple[str, ...]) -> tuple[Document, ...]:
    """The feedback and the county's plan, on file under every task of the list."""
    return (
        Document(
            id=FEEDBACK,
            number="东督反〔2024〕6号",
            title="东陆省第三轮生态环境保护督察反馈意见",
            kind="feedback",
            issuer="org-provinceoffice",
            date="2024-11-15",
            recorded_at=seen("2024-11-20T11:30"),
            tasks=of,
        ),
        Document(
            id=PLAN,
            number="青政发〔2024〕31号",
            title="青禾县第三轮督察反馈问题整改方案",
            kind="plan",
            issuer="org-county",
            date="2024-12-18",
            recorded_at=seen("2024-12-20T09:10"),
            recipients=("org-countyoffice",),
            receipts=(Receipt(org="org-countyoffice", at=seen("2024-12-19T16:00")),),
            tasks=of,
        ),
    )


def _leave_draft() -> None:
    """The first case's application as its clerk has left it on the desk: typed, not submitted."""
    typed = duty.draft()
    values: dict[str, object] = {f"text_{duty.SHEET.measure_id(number)}": text for number, text in typed.texts.items()}
    values |= {f"evidence_{duty.SHEET.measure_id(number)}": list(typed.evidence.get(number, ())) for number in typed.texts}
    Draft.objects.create(
        account=Account.objects.get(username="park-1"),
        task=Task.objects.get(pk=duty.SHEET.task_id),
        step="apply",
        values={**values, "general": "", "done_on": typed.done_on},
        saved_at=moment(typed.saved_at),
    )
