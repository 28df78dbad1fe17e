"""What dossiers of another author taught: the same fault in words and places that the checks had not met, and its honest look-alike."""

from __future__ import annotations

from random import Random

import pytest

from tests.fakes.bent import Bent, days, seen
from tests.fakes.paper_copies import county
from tests.fakes.paper_world import KINDS, one_task
from xiaohao.dossier import Dossier
from xiaohao.evidence.claims import claims_in
from xiaohao.evidence.unfinished import unfinished_in
from xiaohao.screening.run import screen


def _said(dossier: Dossier, check: str) -> list[str]:
    return [str(finding.message) for finding in screen(dossier, only=frozenset({check})).findings]


def _bent(seed: int = 1, kind: str = "城镇污水") -> Bent:
    rng = Random(seed)
    return Bent(one_task(rng, (kind,))[0], rng)


@pytest.mark.parametrize(
    "text",
    [
        "目前已完成总工程量的七成。",
        "计划于下年度汛前全部完工。",
        "已委托设计单位编制方案。",
        "治理取得阶段性成果。",
        "余下部分因征地受阻尚未动工。",
        "待资金到位后实施。",
        "尚余两处待收尾。",
        "已完成招标，即将进场。",
        "设备已到货，择机安装。",
        "进展缓慢，未完成。",
        "大部分已完成，少量扫尾工作近期结束。",
        "工程主体已经建成，配套部分仍在施工。",
        "个别点位尚未达标。",
        "文稿已送审。",
        "正在起草。",
        "已形成初稿，拟于2024年3月出台。",
        "已启动，后续工作按计划陆续展开。",
    ],
)
def test_words_of_unfinished_work_are_read(text):
    assert unfinished_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "已委托设计院编制施工图并组织施工，现已建成。",
        "余下部分已于8月补种完毕。",
        "七成住户已安装净化器并验收。",
        "等待期内未见异常。",
        "尚余两处待收尾，现已完工。",
        "后续工作逐步转入常态管护。",
        "适时开展回头看。",
        "未完成的两处已于8月拆除。",
        "对未开工的项目已全部督促开工。",
        "方案已报批并印发实施。",
    ],
)
def test_finished_work_is_not_read_as_unfinished(text):
    assert unfinished_in(text) == ()


def test_tenths_are_shares():
    assert [one.share for one in unfinished_in("目前已完成总工程量的七成。")] == [70.0]


def test_leaders_of_the_level_above_are_not_called_to_account():
    bent = _bent()
    bent.answer(-1, more="对市级领导干部整改不力问题进行约谈。")
    assert len(_said(bent.dossier(), "TXT-RANK")) == 1


@pytest.mark.parametrize("sentence", ["经调度会协调，{name}派员协助排查。", "施工单位由{name}调来设备两台。"])
def test_help_from_elsewhere_is_no_foreign_work(sentence):
    rng = Random(3)
    w, _ = one_task(rng, ("城镇污水",))
    name = w.place_name(w.foreign[0])
    bent = Bent(w, rng)
    bent.answer(-1, more=sentence.format(name=name))
    assert _said(bent.dossier(), "TXT-FOREIGN") == []
    bent.answer(-1, more=f"在{name}境内新修护岸80米。")
    assert len(_said(bent.dossier(), "TXT-FOREIGN")) == 1


def test_works_answered_with_talk_and_circulars_are_empty():
    bent = _bent()
    for n in range(len(bent.said()["spans"])):
        bent.answer(n, "先后召开专题会4次进行研究，印发通知3份。")
    assert len(_said(bent.dossier(), "VAGUE")) == 1


def test_an_act_on_record_shows_what_its_measure_asks_for():
    bent = _bent()
    measure = bent.plan["measures"][-1]
    measure["text"] += "主要负责同志亲自研究、亲自督办。"
    assert any("亲自" in one for one in _said(bent.dossier(), "COVER"))
    bent.add(
        "personal_act", days(bent.done, -60), org=bent.task["lead"], people=bent.staff()[:1], measures=[measure["id"]], text="现场督办。"
    )
    assert _said(bent.dossier(), "COVER") == []


def test_sessions_are_expected_until_the_works_were_done():
    """The account is written months later, when the goal has been kept; the rhythm was claimed of the works."""
    from tests.fakes.other_hand import session_gap

    bent = _bent(5)
    bent.said()["date"] = days(bent.done, 120)
    bent.rng = Random(11)
    session_gap(bent, None)
    assert _said(bent.dossier(), "SESSION-GAP") == []


def test_the_author_that_a_file_names_is_words_and_no_reference():
    bent = _bent()
    bent.put(
        "files",
        {"id": "file-1", "path": "documents/a.docx", "sha256": "0" * 64, "bytes": 1, "media": "application/msword", "kind": "document", "tasks": [bent.task["id"]],
         "recorded_at": seen(bent.done), "meta": {"created": f"{bent.done}T09:00:00", "author": "Administrator"}},
    )  # fmt: skip
    assert [file.meta.author for file in bent.dossier().files if file.meta] == ["Administrator"]  # reads without a problem


@pytest.mark.parametrize(("modified", "found"), [(True, 1), (False, 0)])
def test_one_midnight_for_making_and_saving_is_made_up(modified, found):
    bent = _bent()
    for n in range(6):
        day = days(bent.done, -190 + n * 27)
        meta = {"created": f"{day}T00:00:00", **({"modified": f"{day}T00:00:00"} if modified else {})}
        bent.put("files", {"id": bent.new("file"), "path": f"documents/{n}.docx", "sha256": "0" * 64, "bytes": 1, "media": "application/msword", "kind": "document",
                           "tasks": [bent.task["id"]], "recorded_at": seen(bent.done, 20), "claimed_at": day, "meta": meta})  # fmt: skip
    assert len(_said(bent.dossier(), "META-BATCH")) == found


@pytest.mark.parametrize("text", ["执法中队分两次更换老化部件207件。", "执法中队重新放线定桩698件。"])
def test_things_built_are_no_acts_of_those_who_built_them(text):
    assert [one.kind for one in claims_in(text) if one.unit == "件"] == ["amount"]


def test_cases_of_an_inspection_are_acts():
    assert [one.record_types for one in claims_in("开展执法检查，立案查处23件。") if one.unit == "件"] == [("enforcement",)]


LIFTED = (
    "入汛前我局两次下到沟口逐段量测淤深，最深处一米二，淤泥里混着旧砖和塑料薄膜，只能人工拣出。",
    "原定围堰方案因电缆改线作废，改为分段导流，围堰土料从五公里外的废弃砖窑运来，雨后又加高半米。",
    "老渡口一户不同意占用菜地，村支书出面谈了三回，最后改走河堤外侧，多铺管道六十二米。",
    "挖出的旧轮胎和建筑碎块另行称重，合计四十六吨半，由镇里平板车分四趟拉走。",
)


def _two_tasks(closing: tuple[str, str]) -> Dossier:
    rng = Random(7)
    w = county(rng)
    kind = next(kind for kind in KINDS if kind.name == "城镇污水")
    for words in closing:
        task = w.task(w.list_id, kind)
        said = next(s for s in w.statements if s.task == task and s.kind == "completion")
        w.change("statements", said.id, text=said.text + words)
    return w.dossier()


def test_an_account_behind_the_last_answer_is_compared_too():
    first = "".join(LIFTED)
    second = "经核实，" + first.replace("两次", "三次").replace("三回", "两回")
    assert len(_said(_two_tasks((first, second)), "TXT-DUP")) == 1


def test_one_closing_without_a_fact_is_an_offices_phrase():
    closing = (
        "我局始终把整改作为一项严肃的政治任务，倒排工期、挂图作战，确保件件有着落、事事有回音。"
        "下一步将巩固成果，健全机制，主动接受社会各界监督，坚决防止问题反弹，以实际行动守护一方碧水蓝天。"
    )
    assert _said(_two_tasks((closing, closing)), "TXT-DUP") == []


ACCOUNT = LIFTED[0] + LIFTED[1] + LIFTED[2] + LIFTED[3]


def _one_account_for(count: int, authors: int, *, own: bool = False) -> Dossier:
    """A ledger of tasks that are all accounted for in the same words, by one unit or by many; or each in words of its own."""
    from dataclasses import replace

    from tests.fakes.paper_copies import account, sentence

    rng = Random(7)
    w = county(rng)
    kind = next(kind for kind in KINDS if kind.name == "城镇污水")
    for n in range(count):
        task = w.task(w.list_id, kind)
        account(w, task, [sentence(rng) for _ in range(4)] if own else [ACCOUNT])
        said = next(s for s in w.statements if s.task == task and s.kind == "completion")
        w.statements[w.statements.index(said)] = replace(said, author=f"org-other-{n % authors}" if authors > 1 else said.author)
    return w.dossier()


@pytest.mark.parametrize("count", [6, 40])
def test_one_units_account_of_all_its_tasks_is_no_phrase(count):
    assert len(_said(_one_account_for(count, 1), "TXT-DUP")) == count - 1


def test_words_that_many_units_say_were_handed_down():
    assert _said(_one_account_for(6, 6), "TXT-DUP") == []


def test_a_unit_that_tells_of_each_task_in_its_own_words_is_left_alone():
    assert _said(_one_account_for(8, 1, own=True), "TXT-DUP") == []
