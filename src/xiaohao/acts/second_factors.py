"""The second factor: one-time codes from a phone, security keys (WebAuthn), and codes on paper for the day when both are lost."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import transaction
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    UserVerificationRequirement,
)

from xiaohao.acts._entry import append_entry
from xiaohao.acts._seal import seal, unseal
from xiaohao.acts.access_log import note
from xiaohao.acts.accounts import account_of, must_be
from xiaohao.journal.entry import EntryType
from xiaohao.kernel import totp
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.said import say
from xiaohao.records.access_log import What
from xiaohao.records.models import Account, RecoveryCode, SecondFactor

#: Recovery codes of one account, and the signs of each: 50 bits, behind the same lock as passwords. Ours.
CODES, _SIGNS = 10, 10
#: Without 0, 1, i, l and o, which look alike on paper.
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
State = dict[str, Any]


def new_secret() -> bytes:
    return secrets.token_bytes(totp.SECRET_SIZE)


def address_of(secret: bytes, *, issuer: str, account: str) -> str:
    """The address that is drawn as a QR code for phones."""
    label = f"{quote(issuer)}:{quote(account)}"
    return f"otpauth://totp/{label}?{urlencode({'secret': totp.written(secret), 'issuer': issuer}, quote_via=quote)}"


def has_any(account: Account) -> bool:
    return account.second_factors.exists()


def add_codes_of_a_phone(*, account: Account, secret: bytes, code: str, at: datetime, address: str) -> bool:
    """Take a phone's secret once it has shown a right code; an earlier phone is forgotten. False for a wrong code."""
    step = totp.step_of(code, secret, at)
    if step is None:
        return False
    with transaction.atomic(durable=not settings.TESTING):
        account.second_factors.filter(kind=SecondFactor.Kind.TOTP).delete()
        sealed = seal(secret.hex(), bound_to=_binding(account))
        account.second_factors.create(kind=SecondFactor.Kind.TOTP, sealed=sealed, counter=step, added_at=at)
        note(What.FACTOR_ADDED, at=at, account=account, about="totp", address=address)
    return True


def is_right_code(*, account: Account, code: str, at: datetime) -> bool:
    """Whether this is a code of the account's phone that has not been used yet, or one of its codes on paper; it is used up by asking."""
    code = "".join(code.split()).replace("-", "").lower()
    phone = account.second_factors.filter(kind=SecondFactor.Kind.TOTP).first()
    if phone is not None and len(code) == totp.DIGITS and code.isascii() and code.isdigit():
        step = totp.step_of(code, bytes.fromhex(unseal(bytes(phone.sealed), bound_to=_binding(account))), at)
        taken = step is not None and SecondFactor.objects.filter(pk=phone.pk, counter__lt=step).update(counter=step, used_at=at)
        return bool(taken)
    return bool(code and RecoveryCode.objects.filter(account=account, digest=_digest(account, code), used_at=None).update(used_at=at))


def new_codes(*, account: Account, at: datetime, address: str) -> tuple[str, ...]:
    """New codes on paper in the place of the old ones. They are returned once and kept only as digests."""
    codes = tuple("".join(secrets.choice(_ALPHABET) for _ in range(_SIGNS)) for _ in range(CODES))
    with transaction.atomic(durable=not settings.TESTING):
        account.recovery_codes.all().delete()
        RecoveryCode.objects.bulk_create([RecoveryCode(account=account, digest=_digest(account, code)) for code in codes])
        note(What.CODES_MADE, at=at, account=account, address=address)
    return tuple(f"{code[:5]}-{code[5:]}" for code in codes)


def begin_key(account: Account, host: str) -> tuple[dict[str, Any], State]:
    """What a browser needs to make a new key for this account, and what must be remembered until it answers."""
    user = PublicKeyCredentialUserEntity(id=str(account.pk).encode(), name=account.username, display_name=account.person.name)
    options, state = _server(host).register_begin(user, _keys(account), user_verification=UserVerificationRequirement.PREFERRED)
    return dict(options), state


def add_key(*, account: Account, host: str, state: State, answer: dict[str, Any], label: str, at: datetime, address: str) -> bool:
    """Take a key that the browser has made. False when its answer is not the one that was asked for."""
    try:
        made = _server(host).register_complete(state, answer)
    except (ValueError, TypeError, KeyError):
        return False
    if made.credential_data is None:
        return False
    with transaction.atomic(durable=not settings.TESTING):
        account.second_factors.create(
            kind=SecondFactor.Kind.KEY, label=label, credential=bytes(made.credential_data), counter=made.counter, added_at=at
        )
        note(What.FACTOR_ADDED, at=at, account=account, about=f"key {label}", address=address)
    return True


def ask_key(account: Account, host: str) -> tuple[dict[str, Any], State]:
    """What a browser needs to show that a key of this account is there, and what must be remembered until it answers."""
    options, state = _server(host).authenticate_begin(_keys(account), user_verification=UserVerificationRequirement.PREFERRED)
    return dict(options), state


def is_right_key(*, account: Account, host: str, state: State, answer: dict[str, Any], at: datetime) -> bool:
    """Whether the browser's answer was made by a key of this account for this very question. A key whose count of signatures does not go
    forward has a twin and is not taken (WebAuthn level 2, section 6.1.1)."""
    try:
        used = _server(host).authenticate_complete(state, _keys(account), answer)
        count = AuthenticationResponse.from_dict(answer).response.authenticator_data.counter
    except (ValueError, TypeError, KeyError):
        return False
    for row in account.second_factors.filter(kind=SecondFactor.Kind.KEY):
        if AttestedCredentialData(bytes(row.credential)).credential_id == used.credential_id:
            if (count or row.counter) and count <= row.counter:
                return False
            row.counter, row.used_at = count, at
            row.save(update_fields=["counter", "used_at"])
            return True
    return False


def remove(*, account: Account, factor: int, at: datetime, address: str) -> None:
    """Take a factor away; never the last one. Raises Refused."""
    with transaction.atomic(durable=not settings.TESTING):
        row = account.second_factors.select_for_update().filter(pk=factor).first()
        if row is None:
            return
        if account.second_factors.count() == 1:
            raise Refused("remove_factor", (_last_one(),))
        row.delete()
        note(What.FACTOR_REMOVED, at=at, account=account, about=f"{row.kind} {row.label}", address=address)


def reset(*, by: Actor, at: datetime, account: Account, address: str = "") -> None:
    """The security administrator takes password, second factors, sessions and tokens away from somebody who has lost them; a new invitation by the system administrator follows.
    Raises Refused, also for one's own account."""
    must_be(Role.SECURITY_ADMIN, by, "reset_factors")
    if account.person_id == by.person:
        raise Refused("reset_factors", (_not_ones_own(),))
    with transaction.atomic(durable=not settings.TESTING):
        account.second_factors.all().delete()
        account.recovery_codes.all().delete()
        account.sessions.all().delete()
        account.tokens.filter(ended_at=None).update(ended_at=at)
        account.set_unusable_password()
        account.save(update_fields=["password"])
        append_entry(EntryType.ACT, step="reset_factors", by=by, at=at.replace(microsecond=0))
        note(What.FACTORS_RESET, at=at, account=account_of(by), about=account.username, address=address)


def _server(host: str) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(name=settings.SITE_NAME, id=host))


def _keys(account: Account) -> list[AttestedCredentialData]:
    rows = account.second_factors.filter(kind=SecondFactor.Kind.KEY)
    return [AttestedCredentialData(bytes(row.credential)) for row in rows]


def _binding(account: Account) -> str:
    return f"totp of account {account.pk}"


def _digest(account: Account, code: str) -> str:
    """Bound to the account, so that equal codes of two people look different."""
    return hashlib.sha256(f"{account.pk} {code}".encode()).hexdigest()


def _last_one() -> Unmet:
    return Unmet(
        gate="one_factor_left",
        fact=say("这是您唯一的第二验证"),
        basis=say("工作人员登录要有密码和第二验证"),
        way=say("请先加上另一种，再删这一种"),
        who=say("本人"),
    )


def _not_ones_own() -> Unmet:
    return Unmet(
        gate="other_person",
        fact=say("不能重置自己的第二验证"),
        basis=say("系统、权限、审计由三个人分管，互不兼任"),
        way=say("请到“我的账号”里更换，或者请另一位安全管理员办理"),
        who=say("安全管理员"),
    )
