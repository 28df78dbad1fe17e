"""How people come in: sessions, second factors, invitations, locks after failures, tokens of other systems, and the log of
who came in and saw what."""

from __future__ import annotations

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models

from xiaohao.records.models.account import Account
from xiaohao.records.models.parties import Person

#: Hexadecimal digits of a SHA-256 digest.
DIGEST = 64


class SignedIn(AbstractBaseSession):
    """A browser's session. The columns beside its sealed data say whose it is, so that people can look at their own and end them."""

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="sessions")
    begun_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    device = models.CharField(max_length=200, blank=True, default="")
    address = models.CharField(max_length=45, blank=True, default="")

    objects: BaseSessionManager = BaseSessionManager()

    @classmethod
    def get_session_store_class(cls) -> type:
        from xiaohao.records.sessions import SessionStore

        return SessionStore


class SecondFactor(models.Model):
    """What a person has beside the password. `sealed` is the secret of a one-time code under the installation's key, `credential` the public
    half of a security key; `counter` is the last step or signature count that was taken, so that nothing is taken twice."""

    class Kind(models.TextChoices):
        TOTP = "totp"
        KEY = "key"

    account = models.ForeignKey(Account, models.PROTECT, related_name="second_factors")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    label = models.CharField(max_length=60, blank=True, default="")
    sealed = models.BinaryField(default=bytes)
    credential = models.BinaryField(default=bytes)
    counter = models.BigIntegerField(default=0)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=models.Q(kind="totp"), name="one_secret_of_one_time_codes_per_account")
        ]


class RecoveryCode(models.Model):
    """One of the codes on paper for the day when the phone is lost: only its digest is kept, and it works once."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="recovery_codes")
    digest = models.CharField(max_length=DIGEST)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "digest"], name="one_recovery_code_once")]


class Invitation(models.Model):
    """A link by which a person sets their own password and second factor. Only its digest is kept; it works once and for a time."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="invitations")
    digest = models.CharField(max_length=DIGEST, unique=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class SignInLock(models.Model):
    """Failures to sign in under one user name, kept as a keyed hash: people type passwords into the wrong field. A name that nobody has is
    counted like any other, so that the answer does not tell which names there are."""

    name = models.CharField(max_length=DIGEST, primary_key=True)
    account = models.OneToOneField(Account, models.CASCADE, null=True, related_name="lock")
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    until = models.DateTimeField(null=True)


class AccessEvent(models.Model):
    """One line of the access log: who did what, from where, with what result. Each line holds the digest of the one before; rows are never
    changed or deleted, and the journal commits to the newest one every day."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    what = models.CharField(max_length=30, db_index=True)
    result = models.CharField(max_length=10)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="events")
    about = models.CharField(max_length=200, blank=True, default="")
    address = models.CharField(max_length=45, blank=True, default="")
    previous = models.CharField(max_length=DIGEST)
    digest = models.CharField(max_length=DIGEST)


class ApiToken(models.Model):
    """A token by which another system acts as this account, within `scopes`. Only its digest is kept; it ends at `expires_at` at the latest, and
    for good when `ended_at` is set. `used_from` is the network address of its last use."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=60)
    scopes = models.JSONField(default=list)
    digest = models.CharField(max_length=DIGEST, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_from = models.CharField(max_length=45, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
