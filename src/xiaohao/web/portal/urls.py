"""Addresses of the public site. `no` is a notice's number, `address` a task's, `code` a receipt's; none of them is a database id."""

from django.urls import path

from xiaohao.web.portal import about, batch, case_file, evidence, notice, objection, overview, petitions, receipt, task, verify

urlpatterns = [
    path("", overview.home, name="home"),
    path("tasks", overview.tasks, name="tasks"),
    path("t/<slug:address>", task.task, name="task"),
    path("b/<slug:batch>", batch.batch, name="batch"),
    path("n/<slug:no>", notice.notice, name="notice"),
    path("n/<slug:no>.pdf", notice.notice_file, name="notice_pdf"),
    path("n/<slug:no>/objection", objection.objection, name="objection"),
    path("t/<slug:address>/file.pdf", case_file.case_file, name="task_pdf"),
    path("r", receipt.look_up, name="receipt_lookup"),
    path("r/<str:code>", receipt.receipt, name="receipt"),
    path("r/<str:code>/receipt.txt", receipt.receipt_file, name="receipt_file"),
    path("r/<str:code>/withdraw", receipt.receipt_withdraw, name="receipt_withdraw"),
    path("r/<str:code>/recheck", receipt.receipt_recheck, name="receipt_recheck"),
    path("petitions", petitions.table, name="petitions"),
    path("petitions.csv", petitions.csv_file, name="petitions_csv"),
    path("verify", verify.verify, name="verify"),
    path("f/<slug:file>", evidence.evidence, name="evidence"),
    path("journal/checkpoint", verify.checkpoint, name="journal_checkpoint"),
    path("journal/key", verify.key, name="journal_key"),
    path("journal/tile/<path:rest>", verify.tile, name="journal_tile"),
    path("journal/proof/<int:index>", verify.proof, name="journal_proof"),
    path("accessibility", about.accessibility, name="accessibility"),
    path("privacy", about.privacy, name="privacy"),
]
