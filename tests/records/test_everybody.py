"""Units, people and places are read once and never shown older than they are."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.acts.walking import make_county
from xiaohao.records import triggers
from xiaohao.records.everybody import everybody
from xiaohao.records.models import Org, Person, Place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def settled() -> None:
    make_county()


def test_what_nobody_changed_is_not_read_again() -> None:
    first = everybody()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        again = everybody()
    assert again is first
    assert len(asked) == 1


@pytest.mark.parametrize("model", [Org, Person, Place])
def test_a_changed_row_is_seen_at_once(model: type[Org | Person | Place]) -> None:
    everybody()
    row = model.objects.order_by("pk").first()
    assert row is not None
    model.objects.filter(pk=row.pk).update(name="改过的名称")
    assert "改过的名称" in {thing.name for things in everybody() for thing in things}


def test_a_row_that_is_added_and_one_that_is_gone_are_seen() -> None:
    everybody()
    Place.objects.create(id="place-new", name="新塘", kind="water")
    assert any(place.id == "place-new" for place in everybody().places)
    Place.objects.filter(pk="place-new").delete()
    assert not any(place.id == "place-new" for place in everybody().places)


def test_what_a_transaction_took_back_is_not_remembered() -> None:
    with transaction.atomic():
        Place.objects.create(id="place-never", name="没有过", kind="water")
        assert any(place.id == "place-never" for place in everybody().places)
        transaction.set_rollback(True)
    Place.objects.create(id="place-other", name="别处", kind="water")
    assert {"place-never", "place-other"} & {place.id for place in everybody().places} == {"place-other"}


def test_fsck_misses_a_trigger_that_is_gone() -> None:
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON records_org"
        cursor.execute(f"DROP TRIGGER records_org_marked_at_update{on}")
    assert triggers.missing(connection) == ("records_org_marked_at_update",)
