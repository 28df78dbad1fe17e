"""Who does what in the demonstration: the roles of everybody who acts, and which of them a visitor may be with one click."""

from __future__ import annotations

from xiaohao.kernel.roles import Actor, Role
from xiaohao.seeds.cast import PEOPLE

#: person key -> roles. The first part has accounts; leaders who do not type are in neither.
SEATED: dict[str, tuple[Role, ...]] = {
    "park-1": (Role.REPORTER,),
    "park-head": (Role.HEAD,),
    "countyoffice-1": (Role.CLERK,),
    "countyoffice-head": (Role.HEAD,),
    "countyeco-1": (Role.ACCEPTOR,),
    "cityoffice-1": (Role.REVIEWER,),
    "cityoffice-2": (Role.CLERK, Role.REVIEWER),
    "cityoffice-head": (Role.HEAD,),
    "citydesk-1": (Role.DESK,),
    "countydesk-1": (Role.DESK,),
    "countysupervision-1": (Role.SUPERVISOR,),
    "citysupervision-1": (Role.SUPERVISOR,),
    "cityeco-1": (Role.ACCEPTOR,),
    "cityeco-2": (Role.INSPECTOR,),
    "provinceoffice-1": (Role.ASSESSOR,),
    "land-1": (Role.REPORTER,),
    "housing-1": (Role.REPORTER,),
    "agri-1": (Role.REPORTER,),
    "agri-head": (Role.HEAD,),
    "town-1": (Role.REPORTER, Role.ACCEPTOR),
    "cityinfo-1": (Role.SYSTEM_ADMIN,),
    "cityinfo-2": (Role.SECURITY_ADMIN,),
    "cityinfo-3": (Role.AUDIT_ADMIN,),
}

#: Those who acted without an account of their own in the demonstration.
UNSEATED: dict[str, tuple[Role, ...]] = {
    "countyoffice-2": (Role.CLERK,),
    "countyoffice-3": (Role.ACCEPTOR,),
    "land-head": (Role.HEAD,),
    "housing-head": (Role.HEAD,),
    "water-1": (Role.REPORTER,),
    "water-head": (Role.HEAD,),
    "urban-1": (Role.REPORTER,),
    "urban-head": (Role.HEAD,),
    "industry-1": (Role.REPORTER,),
    "industry-head": (Role.HEAD,),
    "town-head": (Role.HEAD,),
    "cityland-1": (Role.ACCEPTOR,),
    "cityagri-1": (Role.ACCEPTOR,),
    "cityhousing-1": (Role.ACCEPTOR,),
    "provinceoffice-head": (Role.HEAD,),
}

_UNIT = {person.id.removeprefix("person-"): person.org or "" for person in PEOPLE}


def seat(key: str) -> Actor:
    """The person as an actor, with all of their roles. Raises KeyError for somebody who does not act."""
    roles = SEATED.get(key) or UNSEATED[key]
    return Actor(f"person-{key}", _UNIT[key], frozenset(roles))
