"""Fakes and twins of texts: names from elsewhere, powers of somebody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.fakes.paper_world import County, one_task
from xiaohao.dossier import Dossier
from xiaohao.dossier.statement import Span, Statement

Grade = str | None


def _insert(w: County, task: str, kind: str, sentence: str, *, quotes: str | None = None) -> None:
    """Put a sentence at the end of the text, before nothing that is answered."""
    said: Statement = next(s for s in w.statements if s.task == task and s.kind == kind)
    spans = said.spans
    if quotes:
        spans = (*spans, Span(start=len(said.text), end=len(said.text) + len(sentence), quotes=quotes))
    w.change("statements", said.id, text=said.text + sentence, spans=spans)


FOREIGN = {
    "obvious": ("在{name}全域开展整治，清理点位{n}处。", "{name}段工程已完工，长{n}米。"),
    "careful": ("（四）{name}片区完成清淤{n}立方米，沿线设置标识牌。", "由{name}人民政府组织实施，投入{n}万元。"),
    "cunning": ("本期工程从镇区延伸至{name}，新增管网{n}米。", "群众反映问题{n}件，涉及{name}的已全部办结。"),
}
TOGETHER = (
    "组织业务骨干赴{name}学习整治经验。",
    "与{name}签订跨界河流联防联控协议，开展联合巡查。",
    "委托{name}环境检测有限公司监测。",
    "出境水流入{name}，水质稳定。",
    "邀请{name}同行交流做法。",
    "固体废物转运至{name}处置，联单齐全。",
)


def txt_foreign(rng: Random, grade: Grade) -> Dossier:
    w, task = one_task(rng)
    name = w.place_name(w.pick(w.foreign if grade != "cunning" else w.foreign[1:]))
    kind = w.pick(("completion", "completion", "progress"))
    if grade:
        if grade == "careful" and rng.random() < 0.3:
            plan = w.plan_of(task)
            last = plan.measures[-1]
            w.change("plans", plan.id, measures=(*plan.measures[:-1], replace(last, text=f"在{name}{last.text}")))
        else:
            _insert(w, task, kind, w.pick(FOREIGN[grade]).format(name=name, n=w.whole(11, 90)))
        return w.dossier()
    way = w.whole(0, 2)
    if way == 0:
        _insert(w, task, kind, w.pick(TOGETHER).format(name=name))
    elif way == 1:  # in the problem itself
        t = w.of("tasks", task)
        w.change("tasks", task, problem=f"{t.problem.rstrip('。')}，{name}群众多次反映。")
        _insert(w, task, kind, f"{name}群众反映的问题已逐条答复。")
    else:  # superior units and a contractor named after another place
        w.org(f"{name}市政建设有限公司", "none", "contractor", None, None)
        _insert(w, task, kind, f"{w.place_name(w.city)}生态环境局、{w.place_name(w.province)}督察办先后调度，{name}市政建设有限公司施工。")
    return w.dossier()


RANK = {
    "obvious": (
        "对各设区市开展省级督察，压实各方责任。",
        "在全省范围内组织开展专项检查{n}次。",
        "约谈市委主要领导{n}人次。",
        "组织省直部门召开推进会{n}次。",
    ),
    "careful": (
        "全市各级各部门务必以高度的责任感推进问题整改。",
        "凡是走过场的一经查实从严处理，并在全市范围内公开曝光。",
        "对各县（市、区）开展专项督查{n}轮，通报问题{n}个。",
        "印发各县（市、区）整改提示函{n}份。",
    ),
    "cunning": (
        "对各县人民政府整改情况进行考核，结果予以通报。",
        "责成市直有关部门限期办理事项{n}件。",
        "面向全市部署回头看，抽查点位{n}处。",
        "约谈了分管副市长。",
    ),
}
RECEIVED = (
    "接受省级督察和市级督导，反馈问题全部整改。",
    "按照全市统一部署，开展自查。",
    "配合市直有关部门开展执法检查。",
    "整改经验在全市推广，考核位列全市第{n}。",
    "根据省委、省政府和全省生态环境保护大会精神，细化措施{n}条。",
    "参加全市整改推进会，会后逐项落实。",
    "全市整改推进会召开后，县里连夜研究。",
    "市政府通知要求“全市各级各部门务必高度重视”，我县对照落实。",
    "向市委、市政府报告进展{n}次。",
    "经市级验收合格。",
    "对全县{n}个乡镇开展督查，县直各部门包抓到位。",
    "县委书记、县长召开会议研究。",
    "收到市级督查组交办问题{n}个，已全部办结。",
)


def txt_rank(rng: Random, grade: Grade) -> Dossier:
    w, task = one_task(rng)
    kind = w.pick(("completion", "completion", "progress"))
    if grade:
        sentence = w.pick(RANK[grade]).format(n=w.whole(2, 9))
        if grade == "careful" and rng.random() < 0.25:
            plan = w.plan_of(task)
            w.change("plans", plan.id, measures=(*plan.measures[:-1], replace(plan.measures[-1], text=sentence)))
        else:
            _insert(w, task, kind, sentence)
    elif rng.random() < 0.85:
        _insert(w, task, kind, w.pick(RECEIVED).format(n=w.whole(2, 9)))
    else:
        order = next(d for d in w.documents if d.title.startswith("关于做好督察反馈"))
        _insert(w, task, "completion", order.text or "", quotes=order.id)
    return w.dossier()


TEXTS: dict[str, Callable[[Random, Grade], Dossier]] = {"TXT-FOREIGN": txt_foreign, "TXT-RANK": txt_rank}
