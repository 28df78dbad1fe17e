"""Addresses of the public site."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from xiaohao.web.portal import about, overview


def _coming(request: HttpRequest, **_named: str) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("", overview.home, name="home"),
    path("tasks", overview.tasks, name="tasks"),
    path("t/<slug:address>", _coming, name="task"),
    path("n/<slug:no>", _coming, name="notice"),
    path("n/<slug:no>.pdf", _coming, name="notice_pdf"),
    path("n/<slug:no>/objection", _coming, name="objection"),
    path("r", _coming, name="receipt_lookup"),
    path("r/<str:code>", _coming, name="receipt"),
    path("r/<str:code>/receipt.txt", _coming, name="receipt_file"),
    path("r/<str:code>/withdraw", _coming, name="receipt_withdraw"),
    path("r/<str:code>/recheck", _coming, name="receipt_recheck"),
    path("verify", _coming, name="verify"),
    path("f/<slug:file>", _coming, name="evidence"),
    path("journal/checkpoint", _coming, name="journal_checkpoint"),
    path("journal/key", _coming, name="journal_key"),
    path("journal/tile/<path:rest>", _coming, name="journal_tile"),
    path("journal/proof/<int:index>", _coming, name="journal_proof"),
    path("accessibility", about.accessibility, name="accessibility"),
    path("privacy", about.privacy, name="privacy"),
]
