"""What each act is called in a timeline: the steps of the procedure by their own labels, the rest by this table."""

from __future__ import annotations

from xiaohao.kernel.said import say
from xiaohao.procedure.steps import STEPS

_OTHER = {
    "inception": say("日志开始"),
    "open_list": say("登记清单"),
    "open_inspection": say("录入督察"),
    "amend_inspection": say("更正督察"),
    "link_tasks": say("关联任务"),
    "unlink_tasks": say("取消关联任务"),
    "enter_places": say("登记地点"),
    "enter_orgs": say("登记单位"),
    "enter_people": say("登记人员"),
    "enter_posts": say("登记岗位和任职"),
    "add_post": say("设岗位"),
    "hand_over": say("岗位交接"),
    "appoint_deputy": say("指定代行人"),
    "recall_deputy": say("结束代行"),
    "grant_roles": say("启用职责"),
    "decline_roles": say("不同意启用职责"),
    "end_token": say("停用接口令牌"),
    "sign_pledge": say("签真实性承诺"),
    "sign_confidentiality": say("签保密审查"),
    "reports_received": say("收到反映情况"),
    "enter_year": say("录入工作日历"),
    "put_template": say("更换表单模板"),
    "use_shipped_template": say("改回随系统附带的表单模板"),
    "receive_parcel": say("导入外来案卷"),
    "start_batch": say("录入销号批次"),
    "change_batch": say("改销号批次"),
    "arrange_visit": say("安排验收"),
    "ask_question": say("提出质询"),
    "answer_question": say("答复质询"),
    "extend_series": say("续报监测数据"),
    "classify": say("定问题类别"),
    "decompose": say("分解承办"),
    "add_records": say("补记录"),
    "draw_sample": say("抽样"),
    "add_petitions": say("登记转办件"),
    "handle_petition": say("写转办件办理情况"),
    "link_petition": say("关联转办件"),
    "correct_record": say("更正记录"),
    "confirm_receipt": say("确认收文"),
    "add_series": say("补监测数据"),
    "plan_watch": say("定观察计划"),
    "screen": say("自动比对，疑点有变化"),
    "answer_finding": say("答复疑点"),
    "decide_finding": say("判断疑点"),
    "finding_answered": say("答复疑点"),
    "finding_decided": say("判断疑点"),
    "admit_objection": say("决定是否受理异议"),
    "answer_objection": say("答复异议"),
    "uphold_objection": say("异议成立，退回重改"),
    "objection_decided": say("处理异议"),
    "objections": say("收到异议"),
    "redact": say("依法删除内容"),
    "restrict": say("依法停止使用内容"),
    "anchor": say("记录下级日志的检查点"),
    "key": say("更换日志密钥"),
}
_STEPS = {step.name: step.label for step in STEPS}


def act_words(act: str) -> str:
    """The act's name for people; an act that this table does not know is 其他办理."""
    return _STEPS.get(act) or _OTHER.get(act) or say("其他办理")
