"""Petitions as others read them."""

from __future__ import annotations

from xiaohao.dossier.petition import Petition, as_published


def _petition(*pollution: str) -> Petition:
    return Petition(id="pet-1", number="X1", received="2025-05-14", status="open", pollution=pollution)


def test_words_of_a_table_become_the_kinds_of_the_schema_and_stay_beside() -> None:
    told = as_published(_petition("恶臭", "水", "畜禽养殖", "噪声"))
    assert told.pollution == ("odour", "water", "other", "noise")
    assert dict(told.unknown)["x-pollution"] == ["恶臭", "水", "畜禽养殖", "噪声"]


def test_kinds_of_the_schema_stay_as_they_are() -> None:
    assert as_published(_petition("water", "dust")) == _petition("water", "dust")
