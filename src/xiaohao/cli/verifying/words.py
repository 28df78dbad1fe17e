"""The words of the procedure as people say them, for the facts in an entry. A name that is not here is printed as it stands."""

from __future__ import annotations

from xiaohao.kernel.said import Said, say

STATES: dict[str, Said] = {
    "planned": say("已制定方案"),
    "approved": say("方案已批"),
    "reopened": say("重新整改"),
    "in_progress": say("整改中"),
    "claimed_done": say("待验收"),
    "accepted": say("已验收"),
    "reviewed": say("已审核"),
    "published": say("公示中"),
    "closed": say("已销号，观察中"),
    "confirmed": say("观察期满"),
}

STEPS: dict[str, Said] = {
    "open_task": say("立项"),
    "carry_in": say("转入（原已销号，本系统未核）"),
    "file_plan": say("报送方案"),
    "approve_plan": say("批准方案"),
    "return_plan": say("退回方案"),
    "start": say("开始整改"),
    "report": say("报进展"),
    "apply": say("申请验收"),
    "accept": say("提交验收意见"),
    "review": say("出审核意见"),
    "publish": say("发布公示"),
    "withdraw_notice": say("撤回公示"),
    "close": say("销号"),
    "confirm": say("确认观察期满"),
    "return_to_work": say("退回"),
    "reopen": say("重新打开"),
    "resume": say("继续整改"),
    "override": say("破例"),
    "add_records": say("补记录"),
    "draw_sample": say("抽样"),
    "start_batch": say("录入销号批次"),
    "change_batch": say("改销号批次"),
    "arrange_visit": say("安排验收"),
    "ask_question": say("提出质询"),
    "answer_question": say("答复质询"),
    "add_petitions": say("登记转办件"),
    "handle_petition": say("写转办件办理情况"),
    "link_petition": say("关联转办件"),
    "correct_record": say("更正记录"),
    "confirm_receipt": say("确认收文"),
    "add_series": say("补监测数据"),
    "plan_watch": say("定观察办法"),
    "admit_objection": say("决定是否受理异议"),
    "answer_objection": say("答复异议"),
    "uphold_objection": say("异议成立，重新打开"),
    "answer_finding": say("答复疑点"),
    "decide_finding": say("判断疑点"),
    "put_template": say("更换表单模板"),
    "use_shipped_template": say("改回随系统附带的表单模板"),
    "open_list": say("登记清单"),
    "enter_orgs": say("登记单位"),
    "enter_people": say("登记人员"),
    "enter_places": say("登记地点"),
    "open_account": say("开立账号"),
    "close_account": say("停用账号"),
    "reopen_account": say("恢复账号"),
    "unified_id": say("登记统一身份"),
    "grant_roles": say("同意职责变动"),
    "decline_roles": say("不同意职责变动"),
    "reset_factors": say("重置第二验证"),
    "unlock_account": say("解除锁定"),
    "seal_access_log": say("封存审计日志"),
    "reports_received": say("收到公示期后的反映"),
}

TYPES: dict[str, Said] = {
    "inception": say("日志开始"),
    "act": say("办理"),
    "refused": say("拒绝"),
    "objections": say("收到异议"),
    "objection_decided": say("异议处理"),
    "finding_answered": say("疑点答复"),
    "finding_decided": say("疑点判断"),
    "redact": say("删除内容"),
    "restrict": say("停止处理内容"),
    "anchor": say("见证下级日志"),
    "key": say("更换公钥"),
}

OUTCOMES: dict[str, Said] = {
    "admitted": say("受理"),
    "not_admitted": say("不予受理"),
    "upheld": say("异议成立"),
    "not_upheld": say("异议不成立"),
    "withdrawn": say("已撤回"),
    "accepted": say("采纳"),
    "rejected": say("不采纳"),
}

ROLES: dict[str, Said] = {
    "reporter": say("经办人"),
    "head": say("主要负责人"),
    "clerk": say("整改办"),
    "acceptor": say("验收人"),
    "reviewer": say("审核人"),
    "inspector": say("现场核查人"),
    "desk": say("异议受理人"),
    "supervisor": say("督查人"),
    "assessor": say("考核人"),
    "system_admin": say("系统管理员"),
    "security_admin": say("安全管理员"),
    "audit_admin": say("审计员"),
    "public": say("公众"),
}


def word(table: dict[str, Said], name: str) -> str:
    """The word for `name`, or `name` itself."""
    return table.get(name, name)
