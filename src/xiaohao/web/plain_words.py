"""Words that the rooms below keep in tables of plain text and put into their sentences: named here so that the catalogue holds them.

A test compares them with those tables.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

#: Hands of a notice (publicity.notice), kinds of tasks (publicity.words).
OF_NOTICES = (_("整改"), _("验收"), _("审核"), _("受理异议"), _("立行立改"), _("限期整改"), _("长期坚持"))
#: Windows and operators of targets (outcomes.words).
OF_TARGETS = (
    *(_("单次数据"), _("小时均值"), _("日均值"), _("月均值"), _("季均值"), _("年均值"), _("累计值")),
    *(_("低于"), _("不高于"), _("等于"), _("不低于"), _("高于")),
)
#: Derived indicators and seasons (outcomes.derived, outcomes.seasons).
OF_INDICATORS = (
    *(_("销号守住率"), _("销号后退回件数"), _("按期完成率"), _("例会到期召开率")),
    *(_("汛期"), _("枯水期"), _("采暖期"), _("生长季")),
)
#: Points of the compass (web.portal.photos).
OF_PLACES = (*(_("北"), _("东北"), _("东"), _("东南"), _("南"), _("西南"), _("西"), _("西北")),)
#: Names of the public site (web.settings).
OF_SITES = (_("督察整改公开"), _("青禾县督察整改公开"))
#: What a notice that is not announced says (publicity.window), and the marks of the calendar.
OF_CALENDARS = (_("待公布"), _("工作日"), _("天"), _("班"), _("休"))
#: What the checks are called (screening/catalogue.json), and steps under the names of our own rulebooks.
OF_CHECKS = (
    *(_("一稿两用"), _("外地名称"), _("越级口气"), _("时序颠倒"), _("文号异常"), _("倒填日期")),
    *(_("成批制作"), _("分身"), _("临检突击"), _("公示差错"), _("空话"), _("数字无据")),
    *(_("措施漏答"), _("擅自调整"), _("低于上级"), _("证据不在期内"), _("未达目标"), _("反弹")),
    *(_("验收窗口"), _("污染搬家"), _("逢查停产"), _("水电不符"), _("纸面验收"), _("突击销号")),
    *(_("自己验收自己"), _("公示期不足"), _("问责走样"), _("办结又诉"), _("数据照抄"), _("收支不平")),
    *(_("超能力"), _("两套数"), _("检测存疑"), _("一点独好"), _("站边工程"), _("恒值")),
    *(_("贴线"), _("与邻站脱钩"), _("滥用标记"), _("比值失真"), _("凑线"), _("做了没用")),
    *(_("底数不清"), _("只拍路边"), _("旧照重用"), _("涂改照片"), _("时间地点不符"), _("尺寸不足")),
    *(_("口径打架"), _("审核走过场"), _("原地打转"), _("第一责任人缺位"), _("例会缺次")),
)
OF_STEPS = (_("销号备案"),)
