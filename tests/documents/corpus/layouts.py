"""The layouts: each writes a Case the way some province, city or county writes its notices. No sentence of a real notice is used."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from tests.documents.corpus.cases import Case, number_words, plain

Layout = Callable[[Case, Random], str]

CN = "一二三四五六七八九十"


def d(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.year}年{day.month}月{day.day}日"


def window(case: Case, random: Random) -> str:
    """The window in one of the spellings that notices use."""
    start, end = date.fromisoformat(case.start), date.fromisoformat(case.end)
    days = "" if case.days is None else f"{case.days}个工作日" if case.working else f"{case.days}{random.choice(['天', '日', '个自然日'])}"
    count = "" if not days else random.choice([f"，共{days}", f"（{days}）", f"，共计{days}", f",共{days}"])
    same_year = f"{end.month}月{end.day}日" if start.year == end.year else d(case.end)
    spelled = random.choice([
        f"{d(case.start)}至{d(case.end)}", f"{d(case.start)}—{same_year}", f"{d(case.start)}-{d(case.end)}", f"自{d(case.start)}起至{d(case.end)}止", f"{case.start}至{case.end}",
        f"{start.year}.{start.month}.{start.day}-{end.year}.{end.month}.{end.day}", f"{d(case.start)}～{same_year}", f"{d(case.start)}—{f'{end.day}日' if (start.year, start.month) == (end.year, end.month) else d(case.end)}",
    ])  # fmt: skip
    if days and random.random() < 0.15:
        return f"{days}（{spelled}）"
    return spelled + count


def units(case: Case) -> str:
    return "、".join(case.units)


def numbered(style: str, lines: list[str], join: str = "\n") -> str:
    marks: dict[str, Callable[[int], str]] = {
        "cn": lambda n: f"（{CN[n]}）", "dot": lambda n: f"{n + 1}.", "comma": lambda n: f"{n + 1}、", "round": lambda n: f"({n + 1})", "circle": lambda n: chr(ord("①") + n), "is": lambda n: f"{CN[n]}是",
    }  # fmt: skip
    return join.join(marks[style](n) + plain(line) for n, line in enumerate(lines))


def goals(case: Case, random: Random) -> str:
    return random.choice(["，", "；"]).join(plain(goal) for goal in case.topic.goals) + "。"


def anhui(case: Case, random: Random) -> str:
    return (
        f"{case.city}突出生态环境问题整改验收销号公示\n\n{case.inspection}反馈的第{case.number}号问题已完成整改，并通过核查验收。依照《{case.province}生态环境问题整改工作实施办法》，现公示如下：\n\n"
        f"一、整改问题\n{plain(case.topic.problem)}\n\n二、整改实施主体\n{units(case)}\n\n三、重点措施\n{numbered('dot', case.measures)}\n\n四、目标任务\n{goals(case, random)}\n\n五、完成时限\n{case.deadline_words}\n\n"
        f"六、整改完成情况\n{numbered('dot', case.answers)}\n\n对整改完成情况有异议的，请在公示期间（{window(case, random)}）向{case.desk}反映。\n监督电话：{case.phone}\n联系地址：{case.address}\n\n{case.issuer}\n{d(case.issued)}"
    )


def shaanxi(case: Case, random: Random) -> str:
    answers = "\n".join(f"（{CN[n]}）关于第{n + 1}项整改措施落实情况。{plain(answer)}" for n, answer in enumerate(case.answers))
    return (
        f"一、{case.inspection}反馈问题\n{plain(case.topic.problem)}\n二、整改目标\n{goals(case, random)}\n三、整改措施\n{numbered('cn', case.measures, '')}\n四、整改期限\n{case.deadline_words}\n五、责任单位\n{units(case)}\n六、整改措施落实情况\n{answers}\n"
        f"七、整改完成时间。2021年9月\n以上整改情况向社会公示，如有异议，请以书面或电话形式向{case.desk}反馈，并提供联系方式。直接送达的，以送达日期为准，邮寄的以邮寄邮戳为准。\n公示时间：{window(case, random)}\n受理单位：{case.desk}\n监督电话：{case.phone}\n联系地址：{case.address}\n{case.issuer}\n{d(case.issued)}\n{d(case.issued)}"
    )


def xinjiang(case: Case, random: Random) -> str:
    return (
        f"{case.inspection}反馈意见第{number_words(case.number)}项整改任务，经有关部门按方案的目标、措施和时限完成，现公示：\n一、整改任务\n{plain(case.topic.problem)}\n二、 整改目标\n{goals(case, random)}\n三、 整改措施\n{numbered('comma', case.measures)}\n四、整改时限：{case.deadline_words}\n五、 整改责任单位\n{units(case)}\n六、 整改完成情况\n{numbered('comma', case.answers)}\n"
        f"公示时间（{window(case, random)}），请社会各界予以监督。受理单位：{case.desk}\n联系人：王某 联系电话：{case.phone}\n地址：{case.address}\n{case.issuer}\n{d(case.issued)}"
    )


def ningxia(case: Case, random: Random) -> str:
    return (
        f"根据《关于做好{case.inspection}反馈意见整改任务销号工作的通知》的要求，现对已完成的情况进行公示：\n一、整改任务第{number_words(case.number)}项\n关于“{plain(case.topic.problem)}”的问题。\n责任单位：{units(case)}\n整改时限：{case.deadline_words}\n二、整改目标\n{goals(case, random)}\n三、整改措施\n{numbered('cn', case.measures)}\n四、整改完成情况\n{numbered('cn', case.answers)}\n"
        f"以上整改情况向社会公示，如有异议，请以书面或电话形式向{case.desk}进行反馈。\n公示时间：{window(case, random)}。\n受理部门：{case.desk}\n联系电话：{case.phone}\n联系地址：{case.address}\n{case.issuer} {d(case.issued)}\n扫一扫在手机上查看当前页面"
    )


def colon_labels(case: Case, random: Random) -> str:
    return (
        f"{case.county}{case.inspection}反馈问题整改完成情况公示\n任务序号：{case.number}\n督察反馈问题：{plain(case.topic.problem)}\n责任单位：{units(case)}\n整改时限：{case.deadline_words}\n整改目标：{goals(case, random)}\n整改措施：{numbered('is', [m.rstrip('。') + '；' for m in case.measures[:-1]] + case.measures[-1:], '')}\n"
        f"整改完成情况：{numbered('is', [m.rstrip('。') + '；' for m in case.answers[:-1]] + case.answers[-1:], '')}\n公示期：{window(case, random)}\n公示期内，如对上述整改情况有异议，请向{case.desk}反映（电话：{case.phone}；地址：{case.address}）。\n特此公示。\n{case.issuer}\n{d(case.issued)}"
    )


def boxes(case: Case, random: Random) -> str:
    return (
        f"关于{case.inspection}反馈第{number_words(case.number)}项问题整改销号的公示\n按照有关规定，现将整改情况公示如下，接受社会监督。\n【反馈问题】{plain(case.topic.problem)}\n【整改目标】{goals(case, random)}\n【责任单位】{units(case)}\n【整改时限】{case.deadline_words}\n【整改措施】\n{numbered('round', case.measures)}\n【整改完成情况】\n{numbered('round', case.answers)}\n"
        f"【公示时间】{window(case, random)}\n【受理部门】{case.desk}\n【联系电话】{case.phone}\n【联系地址】{case.address}\n{case.issuer}\n{d(case.issued)}"
    )


def flattened_table(case: Case, random: Random) -> str:
    return (
        f"{case.county}{case.inspection}反馈意见整改任务完成情况公示表\n序号\n反馈问题\n整改目标\n整改措施\n整改时限\n责任单位\n整改完成情况\n{case.number}\n{plain(case.topic.problem)}\n{goals(case, random)}\n{numbered('dot', case.measures)}\n{case.deadline_words}\n{units(case)}\n{numbered('dot', case.answers)}\n"
        f"公示时间：{window(case, random)}。如有意见，请与{case.desk}联系。\n联系电话：{case.phone}\n通讯地址：{case.address}\n{case.issuer}\n{d(case.issued)}"
    )


def headed_lines(case: Case, random: Random) -> str:
    return (
        f"{case.inspection}反馈问题（序号{case.number}）整改情况公示\n存在问题\n{plain(case.topic.problem)}\n整改目标\n{goals(case, random)}\n整改措施\n{numbered('circle', case.measures)}\n牵头单位\n{case.units[0]}\n完成时限\n{case.deadline_words}\n整改落实情况\n{numbered('circle', case.answers)}\n公示期限\n{window(case, random)}\n"
        f"受理单位\n{case.desk}\n监督电话\n{case.phone}\n邮寄地址\n{case.address}\n{case.issuer}\n{d(case.issued)}"
    )


def measure_by_measure(case: Case, random: Random) -> str:
    turn = random.choice(["落实情况：", "完成情况：", "整改落实情况："])
    gap = random.choice(["", "\n"])
    both = "\n".join(f"{n + 1}.{plain(m)}{gap}{turn}{plain(a)}" for n, (m, a) in enumerate(zip(case.measures, case.answers, strict=True)))
    return (
        f"{case.county}督察整改任务第{number_words(case.number)}项完成情况公示\n依据《{case.county}督察反馈问题整改方案》，{case.inspection}整改任务第{number_words(case.number)}项已完成，现公示如下。\n一、整改任务\n第{number_words(case.number)}项：“{plain(case.topic.problem)}”\n责任单位：{units(case)}\n整改时限：{case.deadline_words}\n二、整改目标\n{goals(case, random)}\n三、整改措施及落实情况\n{both}\n"
        f"公示期{window(case, random)}。对公示内容有不同意见的，请向{case.desk}反映，电话{case.phone}，地址{case.address}。\n{case.issuer}\n{d(case.issued)}"
    )


def glued(case: Case, random: Random) -> str:
    return f"关于{case.inspection}第{case.number}项整改任务销号情况的公示\n反馈问题：{plain(case.topic.problem)}责任单位：{units(case)}整改时限：{case.deadline_words}整改目标：{goals(case, random)}整改措施：{numbered('dot', case.measures, '')}整改完成情况：{numbered('dot', case.answers, '')}公示时间：{window(case, random)}。受理部门：{case.desk}联系电话：{case.phone}联系地址：{case.address}\n{case.issuer}\n{d(case.issued)}"


def cells_in_a_row(case: Case, random: Random) -> str:
    header = "序号\t整改任务\t责任单位\t整改时限\t整改目标\t整改措施\t整改完成情况"
    row = "\t".join(
        [
            str(case.number),
            plain(case.topic.problem),
            units(case),
            case.deadline_words,
            goals(case, random),
            numbered("dot", case.measures, ""),
            numbered("dot", case.answers, ""),
        ]
    )
    return f"{case.issuer}关于{case.inspection}整改任务完成情况的公示\n现将整改任务完成情况予以公示，公示时间为{window(case, random)}。公示期间，对公示内容有异议的，可向{case.desk}反映。联系电话：{case.phone}，联系地址：{case.address}。\n{header}\n{row}\n{case.issuer}\n{d(case.issued)}"


def sub_headings(case: Case, random: Random) -> str:
    return (
        f"{case.county}{case.inspection}整改任务{case.number}销号公示\n（一）整改问题\n{plain(case.topic.problem)}\n（二）整改责任单位\n{units(case)}\n（三）整改目标\n{goals(case, random)}\n（四）整改措施\n{numbered('comma', case.measures)}\n（五）整改时限\n{case.deadline_words}\n（六）整改完成情况\n{numbered('comma', case.answers)}\n"
        f"现予以公示，接受社会监督。公示期为{window(case, random)}。任何单位和个人如有异议，可通过电话、信函等方式向{case.desk}反映。\n受理电话：{case.phone}\n受理地址：{case.address}\n{case.issuer}\n{d(case.issued)}"
    )


def six_parts(case: Case, random: Random) -> str:
    return (
        f"{case.inspection}反馈意见第{number_words(case.number)}项整改任务完成情况公示\n一、任务序号及整改问题\n第{number_words(case.number)}项：{plain(case.topic.problem)}\n二、牵头单位：{case.units[0]}\n三、整改时限：{case.deadline_words}\n四、整改目标：{goals(case, random)}\n五、整改措施\n{numbered('cn', case.measures)}\n六、整改措施完成情况\n{numbered('cn', case.answers)}\n七、验收情况\n经现场核查，该问题已按要求完成整改。\n"
        f"八、公示时间\n{window(case, random)}\n九、联系方式\n受理部门：{case.desk}\n电话：{case.phone}\n地址：{case.address}\n特此公示。\n{case.issuer}\n{d(case.issued)}"
    )


def prose_items(case: Case, random: Random) -> str:
    """Measures and answers as paragraphs without numbers."""
    return (
        f"关于{case.county}{case.inspection}整改任务{number_words(case.number)}完成情况的公示\n一、基本情况\n{plain(case.topic.problem)}\n二、责任单位\n{units(case)}\n三、工作目标\n{goals(case, random)}\n四、整改措施\n"
        + "\n".join(plain(m) for m in case.measures)
        + f"\n五、整改时限\n{case.deadline_words}\n六、整改工作完成情况\n"
        + "\n".join(plain(a) for a in case.answers)
        + f"\n以上内容现予公示，公示时间：{window(case, random)}。如对公示内容有异议，请于公示期内以书面形式向{case.desk}反映。联系电话：{case.phone}；通讯地址：{case.address}。\n{case.issuer}\n{d(case.issued)}"
    )


LAYOUTS: tuple[Layout, ...] = (
    anhui, shaanxi, xinjiang, ningxia, colon_labels, boxes, flattened_table, headed_lines, measure_by_measure, glued, cells_in_a_row, sub_headings, six_parts, prose_items,
)  # fmt: skip
