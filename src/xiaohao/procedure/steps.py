"""The procedure in one table: what may be done, by whom, what must hold before it, and where the task stands afterwards.

Read aloud, the rows are the procedure. Which of them a state allows is the route's business (route.py); the order of acceptance,
review, publicity, closing and confirmation is the rulebook's.
"""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.kernel.roles import Role, TaskRole
from xiaohao.kernel.said import Said, say
from xiaohao.procedure.gate import Gate
from xiaohao.procedure.gates.acceptance_on_site import acceptance_on_site
from xiaohao.procedure.gates.assessment_given import assessment_given, assessment_passed, assessment_sampled
from xiaohao.procedure.gates.carried_in_as_found import carried_in_as_found
from xiaohao.procedure.gates.change_consented import change_consented
from xiaohao.procedure.gates.change_explained import change_explained
from xiaohao.procedure.gates.claims_backed import claims_backed
from xiaohao.procedure.gates.confidentiality_signed import confidentiality_signed
from xiaohao.procedure.gates.countersigned import acceptance_countersigned, application_countersigned, plan_countersigned
from xiaohao.procedure.gates.findings_settled import blocks_settled, findings_settled
from xiaohao.procedure.gates.first_responsible_named import first_responsible_named
from xiaohao.procedure.gates.first_responsible_on_record import first_responsible_on_record
from xiaohao.procedure.gates.group_impartial import group_impartial
from xiaohao.procedure.gates.hands_named import hands_named
from xiaohao.procedure.gates.measures_answered import measures_answered
from xiaohao.procedure.gates.minimum_time_held import minimum_time_held
from xiaohao.procedure.gates.no_open_objection import no_open_objection
from xiaohao.procedure.gates.notice_ready import notice_ready
from xiaohao.procedure.gates.opinions_given import no_measure_undone, opinions_given
from xiaohao.procedure.gates.outside_sample_taken import outside_sample_taken
from xiaohao.procedure.gates.override_reasoned import override_reasoned
from xiaohao.procedure.gates.plan_complete import plan_complete
from xiaohao.procedure.gates.pledge_signed import acceptance_pledged, application_pledged, closing_pledged
from xiaohao.procedure.gates.questions_answered import questions_answered
from xiaohao.procedure.gates.return_reasoned import letter_specific, public_return_reasoned, return_reasoned
from xiaohao.procedure.gates.review_recorded import review_recorded
from xiaohao.procedure.gates.screening_finished import screening_finished
from xiaohao.procedure.gates.self_acceptance_shown import self_acceptance_shown
from xiaohao.procedure.gates.separate_hands import separate_hands
from xiaohao.procedure.gates.shares_closed import shares_accepted, shares_closed
from xiaohao.procedure.gates.standard_met import standard_met
from xiaohao.procedure.gates.target_given import target_given
from xiaohao.procedure.gates.target_held import target_held
from xiaohao.procedure.gates.task_identified import task_identified
from xiaohao.procedure.gates.watch_over import watch_over
from xiaohao.procedure.gates.watch_plan_present import watch_plan_present
from xiaohao.procedure.gates.window_complete import window_complete
from xiaohao.procedure.hands import Hand, Seat
from xiaohao.procedure.states import STAGE_ENDS, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row. `label` is the verb on the button, `says` the row read aloud, `by` whose hands, `basis` the principle behind it.

    `after` are the states that allow it, () where the route says; `to` the state it ends in, None where the task stays where it is;
    `undoes` names the stage that it takes back, so that the task returns to where the route stood before it; `opens` marks the rows
    with which a task's file begins. `gates` are asked in this order, all of them, always.
    """

    name: str
    label: Said
    says: Said
    basis: Said
    by: tuple[Hand, ...]
    gates: tuple[Gate, ...] = ()
    after: tuple[State, ...] = ()
    to: State | None = None
    undoes: str = ""
    opens: bool = False

    @property
    def is_stage(self) -> bool:
        """Whether its place in the order is the rulebook's."""
        return self.name in STAGE_ENDS

    @property
    def anchor(self) -> str:
        """Where the documentation pages explain it."""
        return f"step-{self.name.replace('_', '-')}"


OPEN_TASK = Step(
    name="open_task",
    label=say("交办"),
    says=say("整改办按清单交办任务，问题照录原文。"),
    basis=say("督察反馈的问题逐项列入清单，逐项交办。"),
    by=(Hand(Seat.OFFICE, (Role.CLERK,)),),
    gates=(task_identified,),
    after=(State.GIVEN,),
    to=State.GIVEN,
    opens=True,
)
CARRY_IN = Step(
    name="carry_in",
    label=say("照录原已销号"),
    says=say("系统启用前已销号的任务照录，不由本系统评判。"),
    basis=say("历史任务如实照录，不补造过程。"),
    by=(Hand(Seat.OFFICE, (Role.CLERK,)),),
    gates=(task_identified, carried_in_as_found),
    after=(State.GIVEN,),
    to=State.CLOSED,
    opens=True,
)
FILE_PLAN = Step(
    name="file_plan",
    label=say("报送方案"),
    says=say("责任单位或牵头单位报送整改方案；改动方案，也要重新报批。"),
    basis=say("一题一案，目标、措施、时限、责任单位写明。"),
    by=(
        Hand(TaskRole.OWNER, (Role.REPORTER, Role.HEAD, Role.CLERK)),
        Hand(TaskRole.LEAD, (Role.REPORTER, Role.HEAD, Role.CLERK)),
    ),
    gates=(plan_complete, target_given, change_explained),
    after=(State.GIVEN, State.PLANNED, State.APPROVED, State.REOPENED, State.IN_PROGRESS),
    to=State.PLANNED,
)
APPROVE_PLAN = Step(
    name="approve_plan",
    label=say("批准方案"),
    says=say("上一级批准方案；目标、时限从此锁定。"),
    basis=say("方案报上一级批准后实施。"),
    by=(Hand(TaskRole.REVIEWER, (Role.HEAD, Role.CLERK, Role.REVIEWER)),),
    gates=(
        plan_complete,
        target_given,
        change_consented,
        hands_named,
        separate_hands,
        first_responsible_named,
        plan_countersigned,
        screening_finished,
        findings_settled,
    ),
    after=(State.PLANNED,),
    to=State.APPROVED,
)
RETURN_PLAN = Step(
    name="return_plan",
    label=say("退回方案"),
    says=say("上一级退回方案，写明理由。"),
    basis=say("方案不符合要求的，退回修改。"),
    by=(Hand(TaskRole.REVIEWER, (Role.HEAD, Role.CLERK, Role.REVIEWER)),),
    gates=(return_reasoned,),
    after=(State.PLANNED, State.APPROVED),
    to=State.PLANNED,
)
START = Step(
    name="start",
    label=say("开始整改"),
    says=say("责任单位开始整改。"),
    basis=say("方案批准后即行整改。"),
    by=(Hand(TaskRole.OWNER, (Role.REPORTER, Role.HEAD)), Hand(TaskRole.LEAD, (Role.CLERK, Role.HEAD))),
    gates=(first_responsible_named, blocks_settled),
    after=(State.APPROVED,),
    to=State.IN_PROGRESS,
)
REPORT = Step(
    name="report",
    label=say("报进展"),
    says=say("责任单位逐项报进展，不填百分比。"),
    basis=say("定期调度，如实报告。"),
    by=(Hand(TaskRole.OWNER, (Role.REPORTER, Role.HEAD)), Hand(TaskRole.LEAD, (Role.CLERK, Role.HEAD))),
    after=(State.PLANNED, State.APPROVED, State.REOPENED, State.IN_PROGRESS),
)
APPLY = Step(
    name="apply",
    label=say("申请验收"),
    says=say("责任单位逐项答复措施，附上记录，签承诺，申请验收。"),
    basis=say("整改完成后，由责任单位申请验收，并对材料真实性负责。"),
    by=(Hand(TaskRole.OWNER, (Role.REPORTER, Role.HEAD)),),
    gates=(
        measures_answered,
        claims_backed,
        target_given,
        first_responsible_named,
        first_responsible_on_record,
        shares_accepted,
        application_countersigned,
        application_pledged,
        blocks_settled,
    ),
    after=(State.IN_PROGRESS,),
    to=State.CLAIMED_DONE,
)
ACCEPT = Step(
    name="accept",
    label=say("提交验收意见"),
    says=say("验收组到现场，按目标和措施逐项验收。"),
    basis=say("验收由责任单位以外的单位组织，到现场进行。"),
    by=(Hand(TaskRole.ACCEPTOR, (Role.ACCEPTOR,)),),
    gates=(
        acceptance_on_site,
        group_impartial,
        opinions_given,
        no_measure_undone,
        questions_answered,
        target_held,
        minimum_time_held,
        standard_met,
        measures_answered,
        claims_backed,
        separate_hands,
        acceptance_countersigned,
        acceptance_pledged,
        screening_finished,
        findings_settled,
    ),
    to=State.ACCEPTED,
)
REVIEW = Step(
    name="review",
    label=say("出审核意见"),
    says=say("上一级逐项审核，出审核意见。"),
    basis=say("验收结果报上一级审核。"),
    by=(Hand(TaskRole.REVIEWER, (Role.REVIEWER,)),),
    gates=(review_recorded, questions_answered, separate_hands, no_open_objection, screening_finished, findings_settled),
    to=State.REVIEWED,
)
ASSESS = Step(
    name="assess",
    label=say("出评估意见"),
    says=say("规程有销号评估的，评估单位按本地的评估项目逐项评估，核对抽中的登记。"),
    basis=say("销号前，由省（区）按销号评估办法评估。"),
    by=(Hand(TaskRole.ASSESSOR, (Role.ASSESSOR,)),),
    gates=(
        assessment_given,
        assessment_sampled,
        assessment_passed,
        questions_answered,
        separate_hands,
        no_open_objection,
        screening_finished,
        findings_settled,
    ),
    to=State.ASSESSED,
)
PUBLISH = Step(
    name="publish",
    label=say("发布公示"),
    says=say("公示单位把问题、措施和结果逐项公示，写明怎样提异议。"),
    basis=say("整改情况向社会公示，接受监督。"),
    by=(Hand(TaskRole.PUBLISHER, (Role.CLERK, Role.HEAD)),),
    gates=(
        notice_ready,
        confidentiality_signed,
        measures_answered,
        claims_backed,
        separate_hands,
        self_acceptance_shown,
        shares_closed,
        screening_finished,
        findings_settled,
    ),
    to=State.PUBLISHED,
)
WITHDRAW_NOTICE = Step(
    name="withdraw_notice",
    label=say("撤回公示"),
    says=say("公示单位或审核单位撤回公示，公开理由；旧文保留。"),
    basis=say("公示有误的，撤回后重新公示。"),
    by=(Hand(TaskRole.PUBLISHER, (Role.CLERK, Role.HEAD)), Hand(TaskRole.REVIEWER, (Role.REVIEWER, Role.HEAD))),
    gates=(public_return_reasoned,),
    after=(State.PUBLISHED,),
    undoes="publish",
)
CLOSE = Step(
    name="close",
    label=say("销号"),
    says=say("公示期满、没有未答复的异议，销号单位签承诺，予以销号。"),
    basis=say("谁销号，谁负责。"),
    by=(Hand(TaskRole.CLOSER, (Role.HEAD, Role.CLERK)),),
    gates=(
        window_complete,
        no_open_objection,
        separate_hands,
        outside_sample_taken,
        shares_closed,
        watch_plan_present,
        closing_pledged,
        screening_finished,
        findings_settled,
    ),
    to=State.CLOSED,
)
CONFIRM = Step(
    name="confirm",
    label=say("确认观察期满"),
    says=say("观察期满、没有反弹，审核单位确认。"),
    basis=say("销号只是暂定，观察期满才算真正解决。"),
    by=(Hand(TaskRole.REVIEWER, (Role.HEAD, Role.REVIEWER)),),
    gates=(watch_over, no_open_objection, screening_finished, findings_settled),
    to=State.CONFIRMED,
)
RETURN_TO_WORK = Step(
    name="return_to_work",
    label=say("退回"),
    says=say("验收、审核或评估不通过的，写明理由，退回整改。"),
    basis=say("验收、审核或评估不通过的，退回继续整改。"),
    by=(
        Hand(TaskRole.ACCEPTOR, (Role.ACCEPTOR,)),
        Hand(TaskRole.REVIEWER, (Role.REVIEWER, Role.HEAD)),
        Hand(TaskRole.ASSESSOR, (Role.ASSESSOR, Role.HEAD)),
    ),
    gates=(return_reasoned, letter_specific),
    to=State.IN_PROGRESS,
)
REOPEN = Step(
    name="reopen",
    label=say("重新打开"),
    says=say("异议成立、回头看不一致或出现反弹的，公开理由，重新整改。"),
    basis=say("异议成立或问题反弹的，撤销原结论，重新整改。"),
    by=(
        Hand(TaskRole.DESK, (Role.DESK,)),
        Hand(TaskRole.REVIEWER, (Role.REVIEWER, Role.HEAD, Role.CLERK)),
        Hand(TaskRole.CLOSER, (Role.HEAD, Role.CLERK)),
        Hand(TaskRole.SUPERVISOR, (Role.SUPERVISOR, Role.HEAD)),
    ),
    gates=(public_return_reasoned,),
    after=(State.ACCEPTED, State.REVIEWED, State.ASSESSED, State.PUBLISHED, State.CLOSED, State.CONFIRMED),
    to=State.REOPENED,
)
RESUME = Step(
    name="resume",
    label=say("继续整改"),
    says=say("责任单位按原方案继续整改；方案要改的，重新报送。"),
    basis=say("重新打开的任务继续整改。"),
    by=(Hand(TaskRole.OWNER, (Role.REPORTER, Role.HEAD)), Hand(TaskRole.LEAD, (Role.CLERK, Role.HEAD))),
    gates=(first_responsible_named,),
    after=(State.REOPENED,),
    to=State.IN_PROGRESS,
)
OVERRIDE = Step(
    name="override",
    label=say("破例"),
    says=say("销号单位的上一级对规程允许的一项破例，公开理由，计入台账。"),
    basis=say("破例由上一级作出，公开并计数。"),
    by=(Hand(Seat.ABOVE, (Role.HEAD,)),),
    gates=(override_reasoned,),
    after=(State.CLAIMED_DONE, State.ACCEPTED, State.REVIEWED, State.ASSESSED, State.PUBLISHED, State.CLOSED),
)

STEPS: tuple[Step, ...] = (
    OPEN_TASK,
    CARRY_IN,
    FILE_PLAN,
    APPROVE_PLAN,
    RETURN_PLAN,
    START,
    REPORT,
    APPLY,
    ACCEPT,
    REVIEW,
    ASSESS,
    PUBLISH,
    WITHDRAW_NOTICE,
    CLOSE,
    CONFIRM,
    RETURN_TO_WORK,
    REOPEN,
    RESUME,
    OVERRIDE,
)

#: Every gate that some step asks, by name.
GATES: dict[str, Gate] = {gate.name: gate for step in STEPS for gate in step.gates}


def step_named(name: str) -> Step:
    """The row of that name. Raises KeyError."""
    return {step.name: step for step in STEPS}[name]
