"""Complaints handed over in batches."""

from __future__ import annotations

from dataclasses import dataclass, replace

from xiaohao.dossier.unknown import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Petition:
    """A complaint handed over by an inspection 转办件."""

    id: str
    number: str
    batch: int | None = None
    inspection: str | None = None
    received: str
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    address: str | None = None
    firm: str | None = None
    firm_name: str | None = None
    pollution: tuple[str, ...] = ()
    text: str | None = None
    truth: str | None = None
    status: str
    done_at: str | None = None
    recorded_at: str | None = None
    merged_into: str | None = None
    task: str | None = None
    unknown: Unknown = ()


#: Words of handling tables → the kinds of the published schema (dossier.schema.json).
_KINDS = {
    "水": "water",
    "大气": "air",
    "油烟": "air",
    "土壤": "soil",
    "生态": "ecology",
    "噪音": "noise",
    "噪声": "noise",
    "恶臭": "odour",
    "异味": "odour",
    "固废": "solid_waste",
    "垃圾": "solid_waste",
    "扬尘": "dust",
    "辐射": "radiation",
}
KINDS = frozenset({*_KINDS.values(), "other"})


def as_published(petition: Petition) -> Petition:
    """The petition as others read it: kinds of pollution by the schema's names, the table's own words beside them as `x-pollution`."""
    kinds = tuple(dict.fromkeys(word if word in KINDS else _KINDS.get(word, "other") for word in petition.pollution))
    if kinds == petition.pollution:
        return petition
    return replace(petition, pollution=kinds, unknown=(*petition.unknown, ("x-pollution", list(petition.pollution))))
