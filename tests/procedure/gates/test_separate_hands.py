"""separate_hands: by unit (same, child, hosted, same leader) and by person, at every stage that judges."""

from __future__ import annotations

from dataclasses import replace

from tests import cases
from tests.procedure.gates.table import COUNTY, DEFAULT, Row, each, rows
from xiaohao.kernel.roles import Actor, Role
from xiaohao.procedure.gates.separate_hands import separate_hands


def works(status="claimed_done", **changes):
    return lambda: cases.works_case(status, **changes)


def hosted():
    return cases.change(cases.works_case("claimed_done"), "org-cityeco", hosted_by="org-housing")


def led_by_one():
    return cases.change(cases.works_case("claimed_done"), "org-cityeco", leaders=("person-housing-head",))


def joined(*people):
    return lambda: cases.change(cases.works_case("claimed_done"), "rec-acceptance", people=people)


BY_UNIT = rows(
    separate_hands,
    "accept",
    four_units=(works(), None),
    owner_and_acceptor_are_one=(
        works(acceptor="org-housing"),
        "责任单位（青禾县住房和城乡建设局）和验收单位（青禾县住房和城乡建设局）是同一单位；李岚既参加整改，又参加验收。",
    ),
    the_acceptor_is_hosted_by_the_owner=(hosted, "责任单位（青禾县住房和城乡建设局）和验收单位（景澜市生态环境局）一方设在另一方。"),
    both_under_one_leader=(led_by_one, "责任单位（青禾县住房和城乡建设局）和验收单位（景澜市生态环境局）由同一负责人领导。"),
    the_acceptor_is_under_the_owner=(
        works("planned", owner="org-city"),
        "责任单位（景澜市人民政府）和验收单位（景澜市生态环境局）后者是前者的下属；"
        "责任单位（景澜市人民政府）和审核单位（景澜市督察整改工作领导小组办公室）后者是前者的下属；"
        "责任单位（景澜市人民政府）和异议受理单位（景澜市信访局）后者是前者的下属。",
    ),
    a_department_accepts_its_own_branch=(
        works("planned", owner="org-countyeco"),
        "责任单位（景澜市生态环境局青禾分局）和验收单位（景澜市生态环境局）前者是后者的下属。",
    ),
    a_government_accepts_what_its_department_did=(works("planned", acceptor="org-county"), None),
    a_co_owner_is_an_owner=(
        works("planned", co_owners=("org-cityeco",)),
        "责任单位（景澜市生态环境局）和验收单位（景澜市生态环境局）是同一单位。",
    ),
    acceptor_and_reviewer_are_one=(
        works("planned", reviewer="org-cityeco"),
        "验收单位（景澜市生态环境局）和审核单位（景澜市生态环境局）是同一单位。",
    ),
    the_desk_judged_the_case=(
        works("planned", desk="org-cityoffice"),
        "审核单位（景澜市督察整改工作领导小组办公室）和异议受理单位（景澜市督察整改工作领导小组办公室）是同一单位。",
    ),
    the_owner_may_publish=(works(publisher="org-housing"), None),
)
CLERK = frozenset({Role.CLERK})
BY_PERSON = (
    Row(
        "a doer in the acceptance group",
        joined("person-cityeco-1", "person-housing-1"),
        "李岚既参加整改，又参加验收。",
        separate_hands,
        "accept",
    ),
    Row(
        "a first responsible person in the acceptance group",
        joined("person-cityeco-1", "person-magistrate"),
        "梁一舟既参加整改，又参加验收。",
        separate_hands,
        "accept",
    ),
    Row(
        "whoever accepted reviews",
        works("accepted"),
        "沈启明既参加验收，又参加审核。",
        separate_hands,
        "review",
        actor=Actor("person-cityeco-1", "org-cityoffice", frozenset({Role.REVIEWER})),
    ),
    Row(
        "whoever reviewed closes",
        works("published"),
        "祝予安既参加验收或审核，又参加销号。",
        separate_hands,
        "close",
        actor=Actor("person-cityoffice-1", "org-city", CLERK),
    ),
    Row("three people", works("published"), None, separate_hands, "close"),
)


def own_people(*people):
    """The duty task before its acceptance, accepted by the park's own people."""
    return lambda: cases.change(cases.duty_case("claimed_done", acceptor="org-park"), "rec-acceptance", people=people)


LAWFUL = (
    Row(
        "a unit accepts its own work with people who did not do it",
        own_people("person-park-2", "person-park-3"),
        None,
        separate_hands,
        "accept",
        COUNTY,
        actor=Actor("person-park-2", "org-park", frozenset({Role.ACCEPTOR})),
    ),
    Row(
        "a unit accepts its own work with somebody who did it",
        own_people("person-park-2", "person-park-1"),
        "骆芳既参加整改，又参加验收。",
        separate_hands,
        "accept",
        COUNTY,
        actor=Actor("person-park-2", "org-park", frozenset({Role.ACCEPTOR})),
    ),
    Row(
        "lawful self-acceptance is no fault of the units",
        lambda: cases.duty_case("planned", acceptor="org-park"),
        None,
        separate_hands,
        "approve_plan",
        COUNTY,
    ),
    Row(
        "the same under a rulebook that does not allow it",
        lambda: cases.duty_case("planned", acceptor="org-park", route=cases.DEFAULT_ROUTE),
        "责任单位（青禾循环经济园区管理委员会）和验收单位（青禾循环经济园区管理委员会）是同一单位。",
        separate_hands,
        "approve_plan",
        DEFAULT,
    ),
)
ROWS = (*BY_UNIT, *BY_PERSON, *LAWFUL)


@each(ROWS)
def test_separate_hands(row):
    assert row.ask() == row.fact


def test_the_desk_need_only_be_separate_from_whom_the_rulebook_names():
    lenient = replace(DEFAULT, desk=replace(DEFAULT.desk, separate_from=("owner",)))
    row = Row("", works("planned", desk="org-cityoffice"), None, separate_hands, "approve_plan", lenient)
    assert row.ask() is None
