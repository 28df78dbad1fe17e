"""Every address of the site."""

from django.urls import include, path

from xiaohao.web.account.views import again, demo, door, me, set_up, tokens, unified

urlpatterns = [
    path("", include("xiaohao.web.portal.urls")),
    path("desk/", include("xiaohao.web.desk.urls")),
    path("desk/tokens", tokens.listing, name="desk_tokens"),
    path("desk/tokens/<int:token_number>/end", tokens.end_anybodys, name="desk_token_end"),
    path("api/v1/", include("xiaohao.web.api.urls")),
    path("sign-in", door.sign_in, name="sign_in"),
    path("sign-in/second", door.second, name="second_factor"),
    path("sign-in/set-up", set_up.set_up, name="set_up"),
    path("sign-in/again", again.sign_in_again, name="sign_in_again"),
    path("sign-in/unified", unified.go, name="unified"),
    path("sign-in/unified/back", unified.back, name="unified_back"),
    path("join/<str:token>", set_up.join, name="join"),
    path("sign-out", door.sign_out, name="sign_out"),
    path("me", me.me, name="me"),
    path("me/sessions", me.end_session, name="me_end_session"),
    path("me/password", me.password, name="me_password"),
    path("me/second", me.add_factor, name="me_factor"),
    path("me/second/<int:factor>/remove", me.remove_factor, name="me_factor_remove"),
    path("me/codes", me.new_codes, name="me_codes"),
    path("me/tokens/new", tokens.new, name="me_token_new"),
    path("me/tokens/<int:token_number>/end", tokens.end, name="me_token_end"),
    path("demo/as/<slug:username>", demo.demo_sign_in, name="demo_sign_in"),
    path("demo/next-workday", demo.demo_next_workday, name="demo_next_workday"),
]

handler400 = "xiaohao.web.errors.bad_request"
handler403 = "xiaohao.web.errors.permission_denied"
handler404 = "xiaohao.web.errors.not_found"
handler500 = "xiaohao.web.errors.server_error"
