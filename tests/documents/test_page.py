"""The page around a text: what is furniture, what the site says, and bodies printed twice."""

from __future__ import annotations

from datetime import date

from xiaohao.documents.page import read_page

BODY = "青禾县整改任务销号公示\n整改任务：河道淤积影响行洪，两岸垃圾堆放长期无人清理。\n整改措施：清淤疏浚，清运垃圾，设立警示牌并落实专人管护。\n整改完成情况：清淤3公里。"


def lines(text: str) -> list[str]:
    return [line.text for line in read_page(text).lines]


def test_menus_counters_and_buttons_are_left_out():
    page = (
        "首页 > 政务公开 > 公示\n发布日期：2023-07-27 15:18 来源：青禾县水利局 编辑：某某 阅读次数：12\n"
        + BODY
        + "\n【打印】【关闭】\n上一篇：无\n扫一扫在手机打开当前页\n东ICP备12345号"
    )
    assert lines(page) == lines(BODY)


def test_what_the_site_says_is_kept_apart():
    page = read_page("发布日期：2023-07-27 15:18 来源：青禾县水利局 编辑：某某 阅读次数：12\n" + BODY)
    assert (page.published, page.origin) == (date(2023, 7, 27), "青禾县水利局")


def test_a_body_printed_twice_is_read_once():
    assert lines(BODY + "\n" + BODY) == lines(BODY)
    assert lines(BODY.replace("\n", "") * 2) == [lines(BODY.replace("\n", ""))[0]]


def test_a_measure_repeated_as_its_own_answer_is_no_second_body():
    text = "整改措施\n1.清运全部垃圾并平整场地。\n2.设立警示牌。\n完成情况\n1.清运全部垃圾并平整场地。\n2.设立警示牌。"
    assert len(lines(text)) == 6


def test_a_long_sentence_is_never_furniture():
    text = "来源：" + "群众反映河道两岸垃圾堆放长期无人清理" * 4
    assert lines(BODY + "\n" + text)[-1] == text


def test_the_source_is_quoted_as_it_is_unless_it_is_noisy():
    page = read_page("整改(一)完成\n環(huán)境整治")
    assert [page.cut(line.start, line.end) for line in page.lines] == ["整改(一)完成", "环境整治"]
