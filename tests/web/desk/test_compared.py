"""What a finding compares is shown beside it; of another unit's case only what this reader may see."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.test import Client

from tests.cases import works_case
from tests.evidence.pictures import jpeg
from tests.web.desk import office
from tests.web.desk.conftest import TODAY
from tests.web.desk.pages import words_in
from xiaohao.acts import tasks
from xiaohao.records.models import Document, File, Finding, Petition, Record, Series, Statement, Task
from xiaohao.records.to_dossier import content_store
from xiaohao.web.parts.chart import Point
from xiaohao.web.parts.readings import MOST_POINTS, draw_readings
from xiaohao.web.parts.timeline import timeline_of

SignIn = Callable[[str], Client]
TASK = "/desk/t/qh2025a-7"


def found(task: Task, *where: dict[str, object], check: str = "TXT-DUP") -> Finding:
    return Finding.objects.create(
        pk="fnd-1",
        task=task,
        check_id=check,
        key=f"{check}:x#1",
        severity="warn",
        raised_at=TODAY,
        must_answer_id=task.owner_id,
        message="两处不一致。",
        sentence="两处不一致。",
        basis="依据",
        where=list(where),
    )


def excerpt(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:80]}…"


def card(client: Client, task: str = TASK):
    return next(card for card in client.get(task).context["cards"] if card.id == "fnd-1")


def photo(task: Task, key: str) -> File:
    content = jpeg()
    content_store().put([content])
    digest = hashlib.sha256(content).hexdigest()
    file = File.objects.create(
        pk=f"file-{key}",
        path=f"{key}.jpg",
        sha256=digest,
        bytes=len(content),
        media="image/jpeg",
        kind="photo",
        recorded_at=TODAY,
        more={"tasks": [task.pk]},
    )
    file.on_tasks.add(task)
    return file


@pytest.fixture
def two(staff: None) -> tuple[Task, Task]:
    """The works case of the housing bureau, and one of the park with a statement of its own; neither is in public."""
    works = office.works("apply")
    bare = replace(
        works_case("given").task,
        id="task-99",
        number=99,
        title="园区的任务",
        owner="org-park",
        lead=None,
        co_owners=(),
        links=(),
        status=None,
        done_at=None,
    )
    tasks.open_task(by=office.actor("county-clerk"), at=TODAY, key=office.key("other"), task=bare, rulebook_name="default")
    duty = Task.objects.get(pk="task-99")
    said = "园区内十四家企业逐家检查，建成雨污分流管线三点二公里，全部通水。"
    more = {"spans": []}
    Statement.objects.create(
        pk="st-park", task=duty, kind="completion", author_id="org-park", date="2025-10-20", recorded_at=TODAY, text=said, more=more
    )
    return works, duty


def test_the_sentence_is_marked_in_its_place(as_: SignIn, two: tuple[Task, Task]) -> None:
    works, _ = two
    said = Statement.objects.get(task=works, kind="completion")
    found(works, {"id": said.pk, "start": 30, "end": 36})
    (side,) = card(as_("housing-1")).sides
    assert (side.text, side.marked, side.after) == (f"…{said.text[6:30]}", said.text[30:36], f"{said.text[36:60]}…")


def test_two_tasks_stand_beside_each_other_by_their_problems(as_: SignIn, two: tuple[Task, Task]) -> None:
    works, duty = two
    found(works, {"id": works.pk}, {"id": duty.pk}, check="RECUR")
    shown = [(str(side.title), side.text) for side in card(as_("housing-1")).sides]
    assert shown == [(f"第 {each.number} 项的问题", excerpt(each.problem)) for each in two]


def test_units_are_shown_by_their_names(as_: SignIn, two: tuple[Task, Task]) -> None:
    works, _ = two
    found(works, {"id": works.pk}, {"id": "org-housing"}, {"id": "person-housing-1"}, check="ROLE-SEP")
    shown = card(as_("housing-1"))
    assert (str(shown.sides[1].title), shown.sides[1].text) == ("单位", "青禾县住房和城乡建设局")
    assert (str(shown.sides[2].title), "（青禾县住房和城乡建设局）" in shown.sides[2].text) == ("人员", True)


@pytest.mark.parametrize(("handles", "title"), [(True, "信访件 X2KD001"), (False, "另一信访件")])
def test_a_petition_is_seen_by_the_body_that_handles_it(as_: SignIn, two: tuple[Task, Task], handles: bool, title: str) -> None:
    works, _ = two
    more = {"x-org": "org-housing" if handles else "org-park", "text": "某某家门口的事", "done_at": "2025-05-10"}
    Petition.objects.create(
        pk="pet-1", number="X2KD001", received="2025-05-02", status="done", recorded_at=TODAY, org_id=more["x-org"], more=more
    )
    found(works, {"id": "pet-1"}, check="REPEAT")
    (side,) = card(as_("housing-1")).sides
    assert str(side.title) == title
    assert ("2025-05-02 收到，2025-05-10 办结" in side.text) is handles
    assert "某某家门口" not in side.text


def test_what_is_pointed_at_and_not_on_file_is_counted(as_: SignIn, two: tuple[Task, Task]) -> None:
    works, _ = two
    found(works, {"id": works.pk}, {"id": "never-filed"}, check="LIST-GAP")
    assert card(as_("housing-1")).unshown == 1


def test_a_document_alone_shows_when_it_was_signed_booked_in_and_filed(as_: SignIn, two: tuple[Task, Task]) -> None:
    works, _ = two
    more = {"tasks": [works.pk], "receipts": [{"org": "org-town", "at": "2025-03-20"}]}
    paper = Document.objects.create(
        pk="doc-late", title="关于整改的通知", kind="notice", issuer_id="org-housing", date="2025-03-01", recorded_at=TODAY, more=more
    )
    paper.on_tasks.add(works)
    found(works, {"id": paper.pk}, check="DOC-LATE")
    line = card(as_("housing-1")).timeline
    assert [(day.day, day.words) for day in line.days][::2] == [("2025-03-01", "《关于整改的通知》落款"), (f"{TODAY:%Y-%m-%d}", "首次入库")]
    assert line.days[1].words.endswith("收文登记")


def test_a_series_is_drawn_with_the_stretch_marked_and_told_in_words(as_: SignIn, two: tuple[Task, Task]) -> None:
    works, _ = two
    series = Series.objects.filter(on_tasks=works).first()
    assert series is not None
    found(works, {"id": series.pk, "from": "2025-07", "to": "2025-08"}, check="FLAT")
    client = as_("housing-1")
    (chart,) = card(client).charts
    assert (len(chart.bands), chart.bands[0].width > 4, "标出 2025-07 — 2025-08" in str(chart.shape)) == (1, True, True)
    assert "标出 2025-07 — 2025-08" in words_in(client.get(TASK))


def test_dates_that_are_compared_stand_on_a_line_in_their_order(as_: SignIn, two: tuple[Task, Task]) -> None:
    works, _ = two
    rows = [row for row in Record.objects.filter(on_tasks=works).order_by("-date") if len(row.date) == 10][:2]
    found(works, *({"id": row.pk} for row in rows), check="DATE-ORDER")
    line = card(as_("housing-1")).timeline
    assert [day.day for day in line.days] == sorted(row.date for row in rows)


def test_pictures_stand_beside_each_other_with_the_area_outlined(as_: SignIn, two: tuple[Task, Task]) -> None:
    works, _ = two
    one, other = photo(works, "one"), photo(works, "other")
    found(works, {"id": one.pk, "box": [40, 60, 90, 70]}, {"id": other.pk}, check="PHOTO-DUP")
    client = as_("housing-1")
    shown = card(client).photos
    assert [(each.box, each.src) for each in shown] == [((40, 60, 90, 70), f"{TASK}/file/file-one"), (None, f"{TASK}/file/file-other")]
    html = client.get(TASK).content.decode()
    assert re.findall(r'<rect class="outline" x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"', html) == [("40", "60", "90", "70")]


def test_the_unit_sees_nothing_of_another_unit_s_words_and_pictures_that_are_not_public(as_: SignIn, two: tuple[Task, Task]) -> None:
    works, duty = two
    said, shot = Statement.objects.get(task=duty, kind="completion"), photo(duty, "theirs")
    found(works, {"id": said.pk, "start": 0, "end": 20}, {"id": shot.pk}, check="TXT-DUP")
    client = as_("housing-1")
    shown = card(client)
    assert [(str(side.title), side.text, side.marked) for side in shown.sides] == [("另一任务", "", "")] * 2
    assert shown.photos == ()
    html = client.get(TASK).content.decode()
    assert said.text[:20] not in html
    assert "file-theirs" not in html
    assert client.get(f"/desk/t/{duty.address}/file/{shot.pk}").status_code == 404


def test_who_may_read_both_cases_sees_both_sides(as_: SignIn, two: tuple[Task, Task]) -> None:
    works, duty = two
    said, shot = Statement.objects.get(task=duty, kind="completion"), photo(duty, "theirs")
    found(works, {"id": said.pk, "start": 0, "end": 20}, {"id": shot.pk})
    shown = card(as_("cityoffice-1"))
    assert shown.sides[0].marked == said.text[:20]
    assert shown.photos[0].src == f"/desk/t/{duty.address}/file/{shot.pk}"


def test_once_a_notice_has_printed_them_the_other_side_is_seen_as_the_public_sees_it(as_: SignIn, two: tuple[Task, Task]) -> None:
    works, duty = two
    notice = Record.objects.create(pk="notice-99", type="publicity", recorded_at=TODAY, more={"tasks": [duty.pk]})
    notice.on_tasks.add(duty)
    said, shot = Statement.objects.get(task=duty, kind="completion"), photo(duty, "theirs")
    found(works, {"id": said.pk, "start": 0, "end": 20}, {"id": shot.pk})
    shown = card(as_("housing-1"))
    assert shown.sides[0].marked == said.text[:20]
    assert shown.photos[0].src == f"/f/{shot.pk}"


def test_more_readings_than_can_be_drawn_are_averaged_and_a_gap_breaks_the_line() -> None:
    points = [
        Point(f"2025-{1 + n // 744:02}-{1 + n % 744 // 24:02}T{n % 24:02}:00", None if 400 <= n < 500 else float(n % 7))
        for n in range(1488)
    ]
    drawn = draw_readings("c", "t", points, unit="mg/L", stretches=(("2025-01-03", "2025-01-05"),))
    assert drawn is not None
    paths = [line.path for line in drawn.lines]
    assert len(paths) == 2
    assert sum(path.count("L") + 1 for path in paths) <= MOST_POINTS
    assert 0 < drawn.bands[0].width < 40


def test_marks_on_the_line_of_dates_never_hide_each_other() -> None:
    line = timeline_of((*((date(2025, 1, day), str(day)) for day in (1, 2, 3)), (date(2026, 1, 1), "late")))
    assert line is not None
    places = [day.x for day in line.days]
    assert all(b - a >= 19 for a, b in pairwise(places))
    assert timeline_of(((date(2025, 1, 1), "one"), (date(2025, 1, 1), "same day"))) is None


def test_words_said_after_the_notice_are_not_public(as_: SignIn, two: tuple[Task, Task]) -> None:
    works, duty = two
    notice = Record.objects.create(pk="notice-99", type="publicity", recorded_at=TODAY - timedelta(days=1), more={"tasks": [duty.pk]})
    notice.on_tasks.add(duty)
    said = Statement.objects.get(task=duty, kind="completion")
    found(works, {"id": said.pk, "start": 0, "end": 20})
    assert card(as_("housing-1")).sides[0].marked == ""
