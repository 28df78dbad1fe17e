"""Every address of the site."""

from django.urls import include, path

from xiaohao.web import sign_in

urlpatterns = [
    path("", include("xiaohao.web.portal.urls")),
    path("desk/", include("xiaohao.web.desk.urls")),
    path("sign-in", sign_in.sign_in, name="sign_in"),
    path("sign-out", sign_in.sign_out, name="sign_out"),
    path("demo/as/<slug:username>", sign_in.demo_sign_in, name="demo_sign_in"),
    path("demo/next-workday", sign_in.demo_next_workday, name="demo_next_workday"),
]

handler400 = "xiaohao.web.errors.bad_request"
handler403 = "xiaohao.web.errors.permission_denied"
handler404 = "xiaohao.web.errors.not_found"
handler500 = "xiaohao.web.errors.server_error"
