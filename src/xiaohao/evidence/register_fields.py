"""Which fields speak for which kind of register row: the table of DOSSIER.md ("The registers"), as the entry form and the register page read it.

Every row has day, title, unit, place, people, text, measures and files; these come on top.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: Groups of kinds, in the order in which a register room shows them.
GROUPS: tuple[tuple[str, ...], ...] = (
    ("meeting", "study", "personal_act", "training", "media"),
    ("interview", "site_visit", "enforcement", "order", "sanction", "personnel", "follow_up", "assessment", "look_back"),
    ("consent", "contract", "invoice", "work_log", "weighbridge", "transfer", "storage", "dosing", "shutdown", "maintenance"),
    ("sampling", "lab_report"),
)

_HOURS = ("start", "end")
_PAPER = ("paper", "number")

#: Record.type → names of its own fields, in the order in which a clerk fills them in.
FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "meeting": (*_HOURS, *_PAPER, "schedule"),
        "study": (*_HOURS, "schedule"),
        "personal_act": (*_HOURS, *_PAPER),
        "training": _HOURS,
        "media": ("channels", *_PAPER),
        "interview": (*_HOURS, "other_org", *_PAPER),
        "site_visit": (*_HOURS, "other_org", "passed"),
        "enforcement": (*_HOURS, "other_org", "money", *_PAPER),
        "order": ("other_org", *_PAPER),
        "sanction": ("person", "sanction", "impact_months", *_PAPER),
        "personnel": ("person", "change", "post", *_PAPER),
        "follow_up": ("person", "of", "passed"),
        "assessment": ("passed", *_PAPER),
        "look_back": ("passed", *_PAPER),
        "consent": (*_PAPER, "other_org"),
        "contract": ("other_org", "money", "quantities", *_PAPER),
        "invoice": ("other_org", "money", "slip"),
        "work_log": ("other_org", "quantities"),
        "weighbridge": ("other_org", "vehicle", "slip", "quantities"),
        "transfer": ("other_org", "to_place", "vehicle", "slip", "quantities"),
        "storage": ("until", "quantities"),
        "dosing": ("quantities",),
        "shutdown": ("until", "of"),
        "maintenance": ("until", "of", "other_org"),
        "sampling": (*_HOURS, "times", "instrument"),
        "lab_report": ("other_org", "received_at", "analysed_at", "reported_at", "results", *_PAPER),
    }
)

#: What a register's rows are pressed into beyond those kinds: only their own step writes them.
KEPT_BY_HAND = tuple(kind for group in GROUPS for kind in group)
