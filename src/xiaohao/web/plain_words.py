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
#: Points of the compass (web.portal.photos) and days of the week (web.parts.clock).
OF_PLACES_AND_DAYS = (
    *(_("北"), _("东北"), _("东"), _("东南"), _("南"), _("西南"), _("西"), _("西北")),
    *(_("一"), _("二"), _("三"), _("四"), _("五"), _("六"), _("日")),
)
#: Names of the public site (web.settings).
OF_SITES = (_("督察整改公开"), _("青禾县督察整改公开"))
#: What a notice that is not announced says (publicity.window), and the marks of the calendar.
OF_CALENDARS = (_("待公布"), _("工作日"), _("天"), _("班"), _("休"))
