"""ROLE-SEP: hands that must be separate."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.screening.samples import NOTICE, ORGS, honest, notice, record, said, skipped, statement, text, with_records
from xiaohao.dossier.parties import Org

ID = "ROLE-SEP"


@pytest.mark.parametrize(
    ("role", "holder", "severity", "fact"),
    [
        ("acceptor", "org-water", "block", "“青禾县水务局”既是责任单位，又是验收单位"),
        ("acceptor", "org-station", "block", "验收单位“青禾县排水站”是责任单位“青禾县水务局”的下属单位"),
        ("reviewer", "org-water", "block", "“青禾县水务局”既是责任单位，又是审核单位"),
        ("desk", "org-water", "warn", "“青禾县水务局”既是责任单位，又是异议受理单位"),
        ("desk", "org-station", "warn", "异议受理单位“青禾县排水站”是责任单位“青禾县水务局”的下属单位"),
    ],
)
def test_a_role_in_the_owners_hand(role, holder, severity, fact):
    (finding,) = said(honest(task={role: holder}), ID)
    assert finding.severity == severity
    assert finding.message == f"{fact}。请改由其他单位办理，或写明依据并请上一级抽查。"
    assert finding.figures["owner"] == "org-water"


def test_an_office_hosted_by_the_owner_is_the_owner():
    office = Org(id="org-task", name="青禾县整改验收专班", level="county", kind="office", hosted_by="org-water")
    (finding,) = said(honest(task={"acceptor": "org-task"}, orgs=(*ORGS, office)), ID)
    assert finding.figures["link"] == "hosted_by"
    assert finding.message.startswith("验收单位“青禾县整改验收专班”与责任单位“青禾县水务局”设在一处。")


def test_two_units_under_one_leader_are_one_hand():
    other = replace(ORGS[2], leaders=("person-1",))
    (finding,) = said(honest(orgs=(*ORGS[:2], other, *ORGS[3:])), ID)
    assert finding.figures["link"] == "leader"


def test_who_really_accepted_counts_not_only_who_was_named():
    own = record("acceptance", "acceptance", "2023-10-24", org="org-water", people=("person-2",))
    (finding,) = said(honest(records=with_records(own, without=("rec-acceptance",))), ID)
    assert finding.figures["acceptor"] == "org-water"


def test_a_person_of_the_owner_among_those_who_accept():
    mixed = record("acceptance", "acceptance", "2023-10-24", org="org-eco", people=("person-2", "person-1"))
    (finding,) = said(honest(records=with_records(mixed, without=("rec-acceptance",))), ID)
    assert (finding.severity, finding.points_at) == ("warn", ("person-1", "rec-acceptance"))
    assert finding.message == "验收人员 2 人中有 1 人属于责任单位“青禾县水务局”。请改派其他单位人员验收。"


@pytest.mark.parametrize(
    "task", [{"acceptor": "org-city"}, {"acceptor": "org-county"}, {"publisher": "org-water"}, {"supervisor": "org-county"}]
)
def test_superiors_and_lawful_doublings_are_silent(task):
    assert said(honest(task=task), ID) == []


def test_without_anybody_named_nothing_is_said():
    nobody = {"acceptor": None, "reviewer": None, "desk": None}
    case = honest(task=nobody, records=())
    assert [one.reason for one in skipped(case, ID)] == ["没有写明由谁验收、审核、受理异议"]


def in_text(units: str, **task):
    """A text whose notice prints these responsible units, all roles in the water bureau's hand."""
    words = NOTICE.replace("县水务局", units)
    return text(
        statements=(notice(words), statement()),
        task={"publisher": "org-water", "desk": "org-water", "acceptor": None, "reviewer": None, **task},
    )


def test_a_text_in_which_one_body_does_everything():
    (finding,) = said(in_text("各级党委和各级政府及景澜市相关部门（单位）"), ID)
    assert (finding.severity, finding.figures["roles"]) == ("warn", ["owner", "publisher", "desk"])
    assert finding.message == "整改、公示和受理异议都是“青禾县水务局”。请改由其他单位或上一级办理，或写明允许自办的依据。"


def test_a_text_that_names_another_doer_or_none_is_silent():
    assert said(in_text("青禾县农业农村局"), ID) == []
    assert said(text(statements=(notice("公示。"), statement()), task={"desk": "org-water"}), ID) == []


def test_a_room_of_the_body_is_the_body():
    room = Org(id="org-room", name="青禾县水务局305室", level="county", kind="department")
    case = in_text("县水务局", desk="org-room")
    (finding,) = said(replace(case, orgs=(*case.orgs, room)), ID)
    assert finding.figures["roles"] == ["owner", "publisher", "desk"]
