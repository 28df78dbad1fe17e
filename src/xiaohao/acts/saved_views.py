"""The views of the list that a person keeps. Theirs alone and no part of a case, so not journaled."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from xiaohao.records.models import Account, SavedView

#: Views of one person. Ours: more than a menu can show is of no use.
MOST_VIEWS = 20


class TooManyViews(ValueError):  # noqa: N818 - an answer for the person
    """The person has as many views as there may be."""


def save_view(*, account: Account, name: str, asked: str, opens: bool) -> SavedView:
    """Keep the list that `asked` (an address behind the question mark) shows, in the place of one of the same name. Raises TooManyViews."""
    with transaction.atomic(durable=not settings.TESTING):
        own = SavedView.objects.filter(account=account)
        if own.exclude(name=name).count() >= MOST_VIEWS:
            raise TooManyViews(name)
        if opens:
            own.update(opens=False)
        view, _ = SavedView.objects.update_or_create(account=account, name=name, defaults={"asked": asked, "opens": opens})
        return view


def remove_view(*, account: Account, view: int) -> None:
    """Forget one of this person's views; one that is not theirs stays."""
    SavedView.objects.filter(account=account, pk=view).delete()
