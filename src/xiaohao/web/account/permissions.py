"""Who may use which address of signing in and of one's own account."""

from xiaohao.kernel.roles import Role
from xiaohao.web.permissions import Cache, Rule, Sees, Table, Who, demo_only, public, roles, signed_in

_DOOR = public(Sees.NOTHING, Cache.NEVER)
_OWN = signed_in(Sees.OWN_ACCOUNT)
_GUARD = roles(Role.SECURITY_ADMIN, sees=Sees.ACCOUNTS)
_FRESH = Rule(Who.SIGNED_IN, Sees.OWN_ACCOUNT, fresh=True)

ACCOUNT: Table = {
    "sign_in": {"GET": _DOOR, "POST": _DOOR},
    "second_factor": {"GET": _DOOR, "POST": _DOOR},
    "set_up": {"GET": _DOOR, "POST": _DOOR},
    "join": {"GET": _DOOR, "POST": _DOOR},
    "unified": {"GET": _DOOR},
    "unified_back": {"GET": _DOOR},
    "sign_out": {"POST": _DOOR},
    "demo_sign_in": {"POST": demo_only()},
    "demo_next_workday": {"POST": demo_only()},
    "sign_in_again": {"GET": _OWN, "POST": _OWN},
    "me": {"GET": _OWN},
    "me_end_session": {"POST": _OWN},
    "me_password": {"GET": _FRESH, "POST": _FRESH},
    "me_factor": {"GET": _FRESH, "POST": _FRESH},
    "me_factor_remove": {"POST": _FRESH},
    "me_codes": {"POST": _FRESH},
    "me_token_new": {"GET": _FRESH, "POST": _FRESH},
    "me_token_end": {"POST": _OWN},
    "desk_tokens": {"GET": _GUARD},
    "desk_token_end": {"POST": _GUARD},
}
