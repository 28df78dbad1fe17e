"""Accounts: how a person signs in. An account is not a person and not a post; a person may have none (leaders who do not type)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from xiaohao.kernel.roles import Actor, Role
from xiaohao.records.models.parties import Person


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; there is no superuser."""

    def open(self, *, password: str | None, **columns: Any) -> Account:
        account = self.model(**columns)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """`roles` holds Role values. Without a password nobody can sign in to it (the demonstration's one-click roles are a route of their own)."""

    username = models.CharField(max_length=80, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="accounts")
    roles = models.JSONField(default=list)
    #: Where reminders are sent; "" for nowhere.
    email = models.EmailField(blank=True, default="")
    is_active = models.BooleanField(default=True)
    #: Under what name the unified sign-in knows this person; "" where they do not come from there.
    unified_id = models.CharField(max_length=200, blank=True, default="")

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unified_id"], condition=~models.Q(unified_id=""), name="one_account_of_a_unified_identity")
        ]

    @property
    def actor(self) -> Actor:
        """The person this account acts as."""
        return Actor(self.person_id, self.person.org_id or "", frozenset(Role(role) for role in self.roles))


class RoleRequest(models.Model):
    """A change of what an account may do, waiting for a second person: `roles` are those it would have. Nobody decides on what they asked for."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="role_requests")
    roles = models.JSONField(default=list)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True, default="")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)
