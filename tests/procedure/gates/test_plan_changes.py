"""change_explained and change_consented: an approved plan is changed with words for the public and the consent of a higher level."""

from __future__ import annotations

from dataclasses import replace

from tests import cases
from tests.procedure.gates.table import each, rows
from xiaohao.dossier.document import Document
from xiaohao.dossier.plan import Consent
from xiaohao.procedure.gates.change_consented import change_consented
from xiaohao.procedure.gates.change_explained import change_explained
from xiaohao.procedure.plan_changes import Changed, changes


def changed(*, due="2025-06", note=None, consent=None, number="景整改办〔2025〕3号", text=None):
    """The works case with a second version of its plan, in which the first measure is due on `due`."""

    def build():
        dossier = cases.works_case("planned")
        first = dossier.plans[0]
        measure = replace(first.measures[0], id="measure-7-1b", was="measure-7-1", due=due, text=text or first.measures[0].text)
        second = replace(
            first,
            id="plan-7b",
            version=2,
            replaces="plan-7",
            published_at=None,
            recorded_at="2025-04-01T09:00:00+08:00",
            change_note=note,
            measures=(measure, *first.measures[1:]),
            consent=Consent(org=consent, document="doc-consent", date="2025-04-20") if consent else None,
        )
        paper = Document(
            id="doc-consent",
            number=number,
            title="关于同意调整整改方案的批复",
            kind="approval",
            issuer=consent or "org-city",
            date="2025-04-20",
            recorded_at="2025-04-21T09:00:00+08:00",
            tasks=(dossier.task.id,),
        )
        return cases.add(dossier, second, paper)

    return build


ROWS = (
    *rows(
        change_explained,
        "file_plan",
        first_version=(lambda: cases.works_case("planned"), None),
        nothing_changed=(changed(), None),
        explained=(changed(due="2025-09", note="管材到货延后。"), None),
        unexplained=(changed(due="2025-09"), "第 2 版改动 1 处，没有写明理由。"),
    ),
    *rows(
        change_consented,
        "approve_plan",
        first_version=(lambda: cases.works_case("planned"), None),
        only_words=(changed(text="建设青阜镇段截污干管2.4公里（含检查井）。"), None),
        consented=(changed(due="2025-09", consent="org-cityoffice"), None),
        without=(
            changed(due="2025-09"),
            "第 2 版改动 1 处（第 1 项措施的时限由 2025-06 改为 2025-09），没有上一级同意调整的文件。",
        ),
        without_a_number=(
            changed(due="2025-09", consent="org-city", number=None),
            "第 2 版改动 1 处（第 1 项措施的时限由 2025-06 改为 2025-09），没有上一级同意调整的文件。",
        ),
        by_itself=(changed(due="2025-09", consent="org-county"), "同意调整的青禾县人民政府不是青禾县人民政府的上一级。"),
        by_a_department_below=(
            changed(due="2025-09", consent="org-housing"),
            "同意调整的青禾县住房和城乡建设局不是青禾县人民政府的上一级。",
        ),
    ),
)


@each(ROWS)
def test_the_table(row):
    assert row.ask() == row.fact


def test_a_row_that_was_merged_is_one_that_is_gone_and_the_target_is_said_with_both_figures():
    dossier = cases.works_case("planned")
    first = dossier.plans[0]
    goal = first.goals[0]
    weaker = replace(goal, id="goal-b", was=goal.id, target=replace(goal.target, value=2.0, min_months=1, place="place-town"))
    second = replace(first, id="plan-b", goals=(weaker,), measures=first.measures[1:])
    found = changes(dossier, first, second)
    assert [(one.kind, one.needs_consent) for one in found] == [(Changed.TARGET, True), (Changed.PLACE, True), (Changed.SCOPE, True)]
    assert "不高于 1.5 mg/L，保持 3 个月”改为“氨氮月均值不高于 2 mg/L，保持 1 个月" in found[0].words
    assert found[2].words == "删去第 1 项措施“建设青阜镇段截污干管2.4公里。”"
