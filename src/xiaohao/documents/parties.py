"""The bodies of a notice and the roles it gives them: doer, publisher, objection desk, acceptor, reviewer. Roles the text does not name stay open.

One body under two names (管委会 and 管委会305室) is one unit with aliases, so that a check can see who sits on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from xiaohao.documents.bodies import bodies_in_list, kind_of, level_of, same_body, without_room
from xiaohao.documents.fields import Fields
from xiaohao.documents.labels import Part
from xiaohao.documents.page import Page
from xiaohao.documents.sections import Section
from xiaohao.dossier.parties import Org

#: What stands where a case file must say something and the text does not.
NOT_SAID = "文中未写明"
#: The unit that a case file must have where a text names none.
UNNAMED = Org(id="org-unnamed", name=NOT_SAID, level="none", kind="other")

#: 各地各部门, 各级党委: many units at once, none of them named.
GENERIC = re.compile(r"^各|^全[市县区省]|有关(?:部门|单位)|相关(?:部门|单位)|^沿线")


@dataclass(frozen=True, slots=True)
class Parties:
    """The units, and role (a TaskRole value) → unit id. `roles["owner"]` is always set."""

    orgs: tuple[Org, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    co_owners: tuple[str, ...] = ()

    def with_body(self, name: str) -> tuple[Parties, str]:
        """These parties with the body of that name among them, and its id; a name of a known body becomes its alias."""
        bare = without_room(name)
        for org in self.orgs:
            if any(same_body(bare, known) for known in (org.name, *org.aliases)):
                if name not in (org.name, *org.aliases):
                    known = replace(org, aliases=(*org.aliases, name))
                    return replace(self, orgs=tuple(known if each is org else each for each in self.orgs)), org.id
                return self, org.id
        new = Org(
            id=f"org-{len(self.orgs) + 1}",
            name=bare,
            aliases=(name,) if name != bare else (),
            level=level_of(bare).value,
            kind=kind_of(bare),
        )
        return replace(self, orgs=(*self.orgs, new)), new.id

    def with_role(self, role: str, name: str | None) -> Parties:
        """These parties with the body of that name in that role; no name, no role."""
        if not name:
            return self
        parties, org_id = self.with_body(name)
        return replace(parties, roles={**parties.roles, role: org_id})


def parties_of(page: Page, sections: Sequence[Section], fields: Fields) -> Parties:
    """The parties of a notice."""
    issuer = _first_issuer(fields.issuer)
    parties = Parties().with_role("publisher", issuer)
    parties = _owner(parties, fields, issuer)
    if fields.lead_unit and not GENERIC.search(fields.lead_unit):
        parties = parties.with_role("lead", fields.lead_unit)
    parties = parties.with_role("desk", fields.accepting_dept)
    for role, part in (("supervisor", Part.SUPERVISOR), ("acceptor", Part.ACCEPTOR)):
        for section in sections:
            if section.part is part and not section.empty and (names := bodies_in_list(section.lines[0].text)):
                parties = parties.with_role(role, names[0])
    return _told_roles(parties, page, issuer)


def _first_issuer(issuer: str | None) -> str | None:
    return issuer.split("、")[0] if issuer else None


def _owner(parties: Parties, fields: Fields, issuer: str | None) -> Parties:
    """The doer: the first responsible unit that is named; where the units are 各级… without a name, the body that reports its own work."""
    named = [name for name in fields.responsible_units if not GENERIC.search(name)]
    if not named and issuer is None:
        return replace(parties, orgs=(*parties.orgs, UNNAMED), roles={**parties.roles, "owner": UNNAMED.id})
    parties = parties.with_role("owner", named[0] if named else issuer)
    others: list[str] = []
    for name in named[1:]:
        parties, org_id = parties.with_body(name)
        if org_id != parties.roles["owner"] and org_id not in others:
            others.append(org_id)
    return replace(parties, co_owners=tuple(others))


_BY_ITSELF = re.compile(
    r"由(?:各)?(?:县|市|区|地|单位)[^，。；]{0,16}自行(?:组织)?完成(?P<what>验收(?:与|和|、|及)?(?:销号)?)|自行(?:组织)?(?:完成)?验收(?:(?:与|和|、|及)销号)?"
)
_REVIEWED = re.compile(
    r"报(?:请|送|经)?(?P<name>[^，。；\n]{4,60}?)(?:进行|组织|予以)?(?:审核验收|审核|复核|核查|审查)(?!制度|要求|意见书)"
)
_ACCEPTED_BY = re.compile(
    r"(?:经|由)(?P<name>[一-鿿（）“”]{3,40}?(?:局|厅|办公室|领导小组|政府|委|办|组))(?:牵头)?(?:组织)?(?:专家|相关部门|有关部门)?(?:现场)?(?:进行)?(?:核查)?验收"
)


def _told_roles(parties: Parties, page: Page, issuer: str | None) -> Parties:
    """Acceptor, closer and reviewer where a sentence names them."""
    text = page.folded.text
    own = next((org.name for org in parties.orgs if org.id == parties.roles["owner"]), issuer)
    if found := _BY_ITSELF.search(text):
        if "acceptor" not in parties.roles:
            parties = parties.with_role("acceptor", own)
        if "销号" in found.group():
            parties = parties.with_role("closer", own)
    if reviewed := _REVIEWED.search(text):
        parties = parties.with_role("reviewer", _full_name(reviewed["name"]))
    if "acceptor" not in parties.roles and (accepted := _ACCEPTED_BY.search(text)):
        parties = parties.with_role("acceptor", _full_name(accepted["name"]))
    return parties


def _full_name(name: str) -> str:
    return name.strip("“”（） ")
