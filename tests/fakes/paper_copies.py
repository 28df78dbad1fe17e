"""Fakes and twins of copied accounts: one text for two tasks, sentences lifted and shuffled, words changed; and the honest ways to sound alike."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.fakes.paper_world import KINDS, County, county, ordinal
from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document
from xiaohao.dossier.statement import Span, Statement
from xiaohao.dossier.task import Link

Grade = str | None
WORKS = tuple(kind for kind in KINDS if kind.works)

WHEN = ("入冬前", "汛期到来之前", "春耕间隙", "收到反馈当周", "施工图审定以后", "方案公布的次日", "雨季过后", "第二季度起", "样品送检之后", "上半年", "工期过半时", "试运行期间")  # fmt: skip
WHO = ("技术股两名工程师", "驻点专班", "镇村两级网格员", "监理人员", "养护队", "第三方勘测单位", "分管副局长带队", "执法中队", "项目业主代表", "水文站值守人员", "聘请的园林技工", "社区志愿者")  # fmt: skip
DID = ("沿线逐段踏勘", "重新放线定桩", "拆除旧有围挡", "分三批更换老化部件", "逐户登门核对", "夜间蹲守值更", "开挖探坑验证", "把漏点编号挂牌", "对坡脚作了加固", "补种乡土灌木", "清出淤塞杂物", "换填级配砂石", "按标准回填夯实", "与村民逐块议定补偿", "将旧档案扫描入库", "加装流量计和闸阀")  # fmt: skip
WHY = ("原因是早年图纸与现状不符", "因地下管位复杂而多用了一周", "起因是农户反映排水不畅", "为避开鸟类繁殖期而错峰作业", "因材料涨价重新比选过一次", "由于边坡曾有小范围滑动", "盖因前期测量漏了支沟", "是考虑到冬灌用水", "源于一次暴雨后的复盘", "因设备厂家到货推迟")  # fmt: skip
RESULT = ("现已运行平稳", "复测结果记在附表", "村里签字认可", "至今没有返修", "多出的土方就近平整", "余料登记退库", "沿岸异味明显减轻", "行人通行不再受阻", "验槽照片随卷保存", "费用控制在概算以内", "遗留的两处由业主自行处理完毕", "监测井水位回升")  # fmt: skip

BOILERPLATE = (
    "我单位坚持以习近平生态文明思想为指导，深入贯彻落实上级关于生态环境保护的决策部署，切实扛起整改政治责任。",
    "成立由主要负责同志任组长的整改工作专班，实行清单化管理、项目化推进、闭环式落实。",
    "下一步，将举一反三、标本兼治，建立健全长效机制，坚决防止问题反弹回潮。",
)
ORDER = "各责任单位要建立问题台账，逐项明确责任人和完成时限，每月二十五日前报送进展，对已完成的任务组织自查并留存影像资料，严禁以会议代替整改、以文件代替落实，对推进不力的予以通报。"

SYNONYMS = (("沿线", "沿途"), ("逐户", "挨家"), ("更换", "替换"), ("拆除", "拆掉"), ("现已", "目前"), ("原因是", "缘由为"), ("至今", "迄今"), ("明显", "显著"), ("多用了", "多花"), ("随卷", "附卷"), ("重新", "再次"), ("为避开", "为躲开"))  # fmt: skip
NOISE = "的了在对与及已并各其将于后前内经由"


def sentence(rng: Random) -> str:
    """An account of one piece of work that nobody else did in this way."""
    n = rng.randint(12, 980)
    return f"{rng.choice(WHEN)}，{rng.choice(WHO)}{rng.choice(DID)}{n}{rng.choice(('处', '米', '户', '件', '方'))}，{rng.choice(WHY)}，{rng.choice(RESULT)}。"


def account(w: County, task: str, sentences: list[str], *, before: str = "", after: str = "") -> Statement:
    """Give the task's completion statement these sentences behind its answers; the spans that answer measures grow by them."""
    said = next(s for s in w.statements if s.task == task and s.kind == "completion")
    end = max(span.end for span in said.spans)
    text, tail = said.text[:end], said.text[end:]
    spans = list(said.spans)
    for one in sentences:
        spans.append(Span(start=len(text), end=len(text) + len(one), measures=spans[-1].measures))
        text += one
    moved = [replace(span, start=span.start + len(before), end=span.end + len(before)) for span in spans]
    w.change("statements", said.id, text=before + text + after + tail, spans=tuple(moved))
    return next(s for s in w.statements if s.id == said.id)


def copy_whole(w: County, task: str, source: str) -> None:
    """The other task's account under this one's number and names, a few numbers changed."""
    mine, theirs = w.of("tasks", task), w.of("tasks", source)
    said = next(s for s in w.statements if s.task == task and s.kind == "completion")
    text = next(s for s in w.statements if s.task == source and s.kind == "completion").text
    for old, new in ((f"第{ordinal(theirs.number)}项", f"第{ordinal(mine.number)}项"), (w.org_name(theirs.owner), w.org_name(mine.owner))):
        text = text.replace(old, new)
    for old, new in zip(theirs.places, mine.places, strict=False):
        text = text.replace(w.place_name(old), w.place_name(new))
    at = [n for n, sign in enumerate(text) if sign.isdecimal() and text[n - 1].isdecimal()]
    for n in w.rng.sample(at, min(len(at), w.whole(2, 4))):
        text = text[:n] + str(w.whole(0, 9)) + text[n + 1 :]
    w.change("statements", said.id, text=text, spans=())


def noisy(rng: Random, text: str, share: float) -> str:
    """Words replaced, and this share of the signs changed, dropped or doubled."""
    for word, other in SYNONYMS:
        text = text.replace(word, other)
    out = ""
    for sign in text[:-1]:
        if sign.isalpha() and rng.random() < share:
            out += rng.choice(("", sign + rng.choice(NOISE), rng.choice(NOISE)))
        else:
            out += sign
    return out + text[-1]


def txt_dup(rng: Random, grade: Grade) -> Dossier:
    w = county(rng)
    kind = w.pick(WORKS)
    first, second = w.task(w.list_id, kind), w.task(w.list_id, kind if rng.random() < 0.5 else w.pick(WORKS))
    for _ in range(w.whole(0, 3)):
        w.task(w.list_id)
    theirs = [sentence(rng) for _ in range(w.whole(6, 12))]
    own = [sentence(rng) for _ in range(w.whole(5, 10))]
    account(w, first, theirs)
    if grade == "obvious":
        account(w, second, theirs)
        copy_whole(w, second, first)
    elif grade == "careful":
        lifted = rng.sample(theirs, max(3, round(len(theirs) * rng.uniform(0.3, 0.6))))
        mixed = [*own[: len(theirs) - len(lifted)], *lifted]
        rng.shuffle(mixed)
        account(w, second, mixed)
    elif grade == "cunning":
        lifted = rng.sample(theirs, max(4, round(len(theirs) * rng.uniform(0.5, 0.9))))
        share = rng.uniform(0.1, 0.3)
        mixed = [*own[:3], *(noisy(rng, one, share) for one in lifted)]
        rng.shuffle(mixed)
        account(w, second, mixed)
    else:
        _honest(w, first, second, theirs, own)
    return w.dossier()


def _honest(w: County, first: str, second: str, theirs: list[str], own: list[str]) -> None:
    way = w.whole(0, 6)
    if way == 0:  # official phrases at both ends
        for task, sentences in ((first, []), (second, own)):
            account(w, task, sentences, before=BOILERPLATE[0] + BOILERPLATE[1], after=BOILERPLATE[2])
    elif way == 1:  # the superior's words, quoted by both
        w.documents.append(Document(id=w.new_id("documents", "doc"), title="关于进一步做好整改工作的通知", kind="order", issuer=w.o_city,
                                    date=f"{w.plan_days[1]}", recorded_at=w.seen(w.plan_days[1]), text=ORDER))  # fmt: skip
        account(w, first, [f"按照通知“{ORDER.rstrip('。')}”的要求组织实施。"])
        account(w, second, [f"对照“{ORDER.rstrip('。')}”逐条自查。", *own])
    elif way == 2:  # the measures' own words, one by one
        for task, sentences in ((first, []), (second, own)):
            plan = w.plan_of(task)
            account(w, task, [f"对方案“{measure.text.rstrip('。')}”，已经办结。" for measure in plan.measures] + sentences)
    elif way == 3:  # works shared by two tasks of one site, described once and cited
        account(w, second, theirs)
        w.change("tasks", second, links=(Link(task=first, relation=w.pick(("same_site", "continues", "duplicate"))),))
    elif way == 4:  # shares of one task
        account(w, second, theirs)
        w.change("tasks", second, links=(Link(task=first, relation="share_of"),))
    elif way == 5:  # an account returned, and brought again with little changed
        said = next(s for s in w.statements if s.task == first and s.kind == "completion")
        w.statements.append(replace(said, id=w.new_id("statements", "st"), text=said.text + sentence(w.rng), recorded_at=w.seen(w.end)))
        account(w, second, own)
    else:  # only the office's own form
        account(w, second, own)
