"""The documentation page of a rulebook's procedure, in Markdown, written from the table: the drawing, every step, every gate, the figures.

`docs/build_procedure.py` writes it to docs/procedure; a test keeps it up to date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xiaohao.kernel.said import say
from xiaohao.procedure.gate import Gate
from xiaohao.procedure.hands import ROLE_WORDS, UNIT_WORDS, hands_of
from xiaohao.procedure.route import Route, route_of
from xiaohao.procedure.rules import Item, Rulebook
from xiaohao.procedure.stages import STAGE_WORDS
from xiaohao.procedure.states import STATE_WORDS, State
from xiaohao.procedure.steps import GATES, STEPS, Step
from xiaohao.publicity.window import days_words, unit_of

_GENERATED = "<!-- 由 docs/build_procedure.py 依据 src/xiaohao/procedure 生成，请勿手改。 -->"


def page(rules: Rulebook) -> str:
    """The page of one rulebook. Anchors are `step-…` and `gate-…` with hyphens."""
    route = route_of(rules.route)
    parts = (
        _opening(rules),
        _steps(rules, route),
        _gates(rules),
        _figures(rules),
    )
    return "\n".join([_GENERATED, "", *(line for part in parts for line in part)]).rstrip("\n") + "\n"


def index(rulebooks: Iterable[Rulebook]) -> str:
    """The page that lists the rulebooks and says how an office makes its own."""
    lines = [_GENERATED, "", "# 规程", "", "各地验收、审核、公示、销号的先后不同。先后是规程里的一行数据，不是程序。", ""]
    lines += ["| 规程 | 顺序 | 公示 | 文件 |", "|---|---|---|---|"]
    for rules in rulebooks:
        order = " → ".join(STAGE_WORDS[stage] for stage in rules.route)
        days = days_words(rules.publicity.days, unit_of(rules.publicity.unit))
        file = f"[{rules.name}.toml](../../src/xiaohao/procedure/rulebooks/{rules.name}.toml)"
        lines.append(f"| [{rules.title}]({rules.name}.md) | {order} | {days} | {file} |")
    lines += ["", "## 写一份本地规程", "", *_own_rulebook()]
    return "\n".join(lines) + "\n"


def _own_rulebook() -> Iterator[str]:
    yield "1. 把一份 `.toml` 复制到 `var/rulebooks/`，改名。"
    yield "2. 按本地文件改顺序、天数、月数；在 `[articles]` 里填每项要求的依据条款。没有填的，页面上写“条款由办公室填写”。"
    yield "3. 重新启动。载入时核对：验收在审核、销号之前，公示在销号之前，公示、审核、销号都在确认观察期满之前，每个状态都能往下走、都有退路。"
    yield "   有一处不合，整份规程不载入，并一次列出全部原因。"
    yield ""
    yield "规程全文的摘要（SHA-256）写入每一条日志，事后可以查明当时按哪一版办理。"


def _opening(rules: Rulebook) -> Iterator[str]:
    yield f"# {rules.title}"
    yield ""
    yield f"![{rules.title}：环节图]({rules.name}.svg)"
    yield ""
    yield "任何一步，先看两条：轮到这一步（任务处于允许的状态），由该办的人办（单位和岗位都对）。然后逐项核对要求。"
    yield "有一项不满足就拒绝，并一次列出全部不满足的要求、依据和补救办法；办理之前可以先看一遍，不留痕迹。"
    yield ""


def _steps(rules: Rulebook, route: Route) -> Iterator[str]:
    yield "## 步骤"
    yield ""
    for step in _steps_of(rules):
        yield from _step(step, rules, route)


def _steps_of(rules: Rulebook) -> tuple[Step, ...]:
    """The steps that this place has: a stage that its route leaves out is none of them."""
    return tuple(step for step in STEPS if not step.is_stage or step.name in rules.route)


def _step(step: Step, rules: Rulebook, route: Route) -> Iterator[str]:
    word = rules.word(step.name, step.label)
    yield f'### <a id="{step.anchor}"></a>{word}'
    yield ""
    yield step.says
    yield ""
    yield f"- 依据：{rules.basis(step.name, step.basis)}"
    yield f"- 何时：{_when(step, route)}"
    yield f"- 谁办：{_who(step, rules)}"
    yield f"- 办后：{_afterwards(step, route)}"
    if step.gates:
        yield f"- 要求：{'；'.join(_gate_link(gate) for gate in step.gates)}"
    yield ""


def _when(step: Step, route: Route) -> str:
    if step.opens:
        return say("任务尚未登记")
    return "、".join(STATE_WORDS[state] for state in route.before(step.name))


def _who(step: Step, rules: Rulebook) -> str:
    return "；".join(
        f"{UNIT_WORDS[hand.unit]}（{'、'.join(ROLE_WORDS[role] for role in hand.roles)}）" for hand in hands_of(step.by, rules)
    )


def _afterwards(step: Step, route: Route) -> str:
    if step.opens:
        return STATE_WORDS[step.to or State.GIVEN]
    ends = {route.ends_in(state, step.name) for state in route.before(step.name)}
    moves = any(route.ends_in(state, step.name) is not state for state in route.before(step.name))
    return "、".join(STATE_WORDS[end] for end in route.states() if end in ends) if moves else say("状态不变")


def _gate_link(gate: Gate) -> str:
    return f"[{gate.met}](#{_anchor(gate)})"


def _anchor(gate: Gate) -> str:
    return f"gate-{gate.name.replace('_', '-')}"


def _gates(rules: Rulebook) -> Iterator[str]:
    yield "## 要求"
    yield ""
    yield "| 名称 | 依据 | 满足时 | 哪一步核对 |"
    yield "|---|---|---|---|"
    for gate in GATES.values():
        asked = "、".join(f"[{rules.word(step.name, step.label)}](#{step.anchor})" for step in _steps_of(rules) if gate in step.gates)
        if not asked:
            continue
        waived = say("；上一级可以破例") if gate.name in rules.exceptions.gates else ""
        yield f'| <a id="{_anchor(gate)}"></a>`{gate.name}` | {rules.basis(gate.name, gate.basis)}{waived} | {gate.met} | {asked} |'
    yield ""


def _figures(rules: Rulebook) -> Iterator[str]:
    yield "## 数字和规定"
    yield ""
    yield "| 事项 | 规定 |"
    yield "|---|---|"
    yield f"| 公示期 | {days_words(rules.publicity.days, unit_of(rules.publicity.unit))}，首日和末日都计入 |"
    watch = rules.watch
    yield f"| 观察期 | {watch.months} 个月；任意 {watch.n} 个月内有 {watch.k} 个月超目标，开出回头看 |"
    wanted = rules.acceptance
    yield f"| 验收组 | 不少于 {wanted.min_people} 人；{_SITE_WORDS[wanted.site_visit]} |"
    yield f"| 验收前的稳定时间 | 工程类 {wanted.min_months_works} 个月，非工程类 {wanted.min_months_non_works} 个月；目标要求更长的，从其要求 |"
    yield f"| 第一责任人 | {_RESPONSIBLE_WORDS[rules.first_responsible]} |"
    if rules.assessment.items:
        yield f"| 销号评估的项目 | {'；'.join(_item(item) for item in rules.assessment.items)} |"
    if rules.assessment.pass_points:
        yield f"| 销号评估的及格分 | {rules.assessment.pass_points} 分 |"
    hands = say("允许；公示中印出“{printed}”，销号前由其他单位抽查", printed=rules.hands.printed)
    yield f"| 自行验收 | {hands if rules.hands.self_acceptance else say('不允许')} |"
    yield f"| 异议 | {rules.objection.admit_within} 个工作日内决定是否受理，{rules.objection.answer_within} 个工作日内答复；未答复时销号暂停 |"
    apart = "、".join(_ROLE_FIELD_WORDS[role] for role in rules.desk.separate_from)
    yield f"| 异议受理单位 | 与{apart}分开 |"
    yield f"| 没有指定销号单位时 | 由{_ROLE_FIELD_WORDS[rules.closer]}销号 |"
    exceptions = "、".join(f"`{gate}`" for gate in rules.exceptions.gates) or say("没有")
    yield f"| 上一级可以破例的要求 | {exceptions} |"


def _item(item: Item) -> str:
    return f"{item.name}（{item.points} 分）" if item.points else item.name


_SITE_WORDS = {"always": say("一律到现场"), "works": say("工程类到现场"), "never": say("不要求到现场")}
_RESPONSIBLE_WORDS = {"head": say("主要负责人一人"), "both": say("党、政主要负责同志两人")}
_ROLE_FIELD_WORDS = {role.value: words for role, words in UNIT_WORDS.items()}
