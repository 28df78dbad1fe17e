"""Units in their tree, their posts and who holds them, and what is open with the holder of a post."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from xiaohao.dossier.parties import HIRED, is_at_or_above
from xiaohao.kernel.roles import Actor, Role, TaskRole
from xiaohao.records.models import Draft, Org, Person, Post, Task, Term
from xiaohao.records.worklist import ENDED, co_owned_by


def may_keep_posts(actor: Actor, unit: Org) -> bool:
    """Who keeps the posts of a unit: its head, the clerks of an office (整改办) of its government or of one above, the system administrator."""
    if Role.SYSTEM_ADMIN in actor.roles:
        return True
    if Role.HEAD in actor.roles and actor.org == unit.pk:
        return True
    office = Org.objects.select_related("parent").filter(pk=actor.org, kind="office").first()
    return bool(Role.CLERK in actor.roles and office and office.parent and unit.path.startswith(office.parent.path))


def may_instruct(issuer: Org, unit: Org) -> bool:
    """Whether the unit takes instructions from `issuer`: one above it in the tree, or an organ or party committee of its level or a higher one."""
    return unit.path.startswith(issuer.path) or is_at_or_above(issuer.thing(), unit.thing())


def term_in_force(post: Post) -> Term | None:
    """The term of whoever holds the post (deputies aside), None while it is vacant."""
    return post.terms.filter(end="").exclude(acting=True).select_related("person").first()


def roles_of_person(person: str) -> frozenset[str]:
    """The roles of every post that the person holds now."""
    terms = Term.objects.filter(person=person, end="").exclude(acting=True).select_related("post")
    return frozenset(role for term in terms for role in term.post.thing().roles)


def open_tasks_of(person: str, post: Post) -> list[Task]:
    """Tasks not ended for which this person is a first responsible one by this post; none for a post that is not a head's. Who is head of
    another unit too keeps the tasks of that one."""
    if not post.head:
        return []
    tasks = Task.objects.filter(more__first_responsible__icontains=f'"{person}"').exclude(status__in=ENDED).order_by("address")
    others = Term.objects.filter(person=person, end="", post__head__gt="").exclude(acting=True).exclude(post=post)
    if others.exists():
        tasks = tasks.filter(Q(owner=post.org_id) | Q(lead=post.org_id) | co_owned_by(post.org_id))
    return list(tasks)


def drafts_with(person: str) -> list[Draft]:
    """What lies half written, or waits for a signature, in the person's accounts."""
    return list(Draft.objects.filter(account__person=person).exclude(task=None).select_related("task"))


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in the tree: how deep below the one that begins its part, who leads it, and how many posts of it are vacant."""

    org: Org
    depth: int
    leaders: tuple[str, ...]
    vacant: int


def tree(own: str = "") -> tuple[UnitLine, ...]:
    """Every unit of this installation, parents before children: first the government that the unit `own` belongs to with all under it, then the
    rest of the tree, organs before firms, laboratories and experts. In five queries."""
    orgs = list(Org.objects.order_by("path"))
    ids = {leader for org in orgs for leader in org.more.get("leaders", ())}
    names = dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))
    held = set(Term.objects.filter(end="").exclude(acting=True).values_list("post", flat=True))
    vacant: dict[str, int] = {}
    for pk, org in Post.objects.values_list("pk", "org"):
        vacant[org] = vacant.get(org, 0) + (pk not in held)
    return tuple(
        UnitLine(org, depth, tuple(names.get(one, one) for one in org.more.get("leaders", ())), vacant.get(org.pk, 0))
        for org, depth in _in_order(orgs, _realm(own))
    )


def _realm(own: str) -> str:
    """Id of the government or party committee that the unit belongs to; "" where it is of none."""
    org = Org.objects.select_related("parent").filter(pk=own).first()
    if org is None or org.kind in HIRED:
        return ""
    return org.pk if org.kind in ("government", "party") or org.parent is None else org.parent.pk


def _in_order(orgs: Sequence[Org], realm: str) -> Iterator[tuple[Org, int]]:
    under: dict[str, list[Org]] = {}
    for org in sorted(orgs, key=lambda org: org.kind in HIRED):
        under.setdefault(org.parent_id or "", []).append(org)

    def walk(org: Org, depth: int) -> Iterator[tuple[Org, int]]:
        yield org, depth
        for one in under.get(org.pk, ()):
            if one.pk != realm:
                yield from walk(one, depth + 1)

    for org in [*(org for org in orgs if org.pk == realm), *(org for org in under.get("", ()) if org.pk != realm)]:
        yield from walk(org, 0)


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post with its terms, newest first: `now` holds it, `deputy` stands in today, `before` are the rest. `duties` are the open tasks."""

    post: Post
    now: Term | None
    deputy: Term | None
    before: tuple[Term, ...]
    duties: tuple[Task, ...]


def posts_of(unit: Org, today: str) -> tuple[PostLine, ...]:
    """The posts of a unit, heads first."""
    lines = []
    for post in Post.objects.filter(org=unit).prefetch_related("terms__person").order_by("-head", "title"):
        terms = sorted(post.terms.all(), key=lambda term: (term.start, term.pk), reverse=True)
        now = next((term for term in terms if not term.end and not term.acting), None)
        deputy = next((term for term in terms if term.acting and term.start <= today <= term.end), None)
        duties = tuple(open_tasks_of(now.person_id, post)) if now else ()
        lines.append(PostLine(post, now, deputy, tuple(term for term in terms if term not in (now, deputy)), duties))
    return tuple(lines)


def people_near(unit: Org) -> QuerySet[Person]:
    """Who may take a post in the unit: those under the government above its own, or above it where there is none."""
    root = unit.path.rsplit("/", 3)[0] + "/" if unit.parent_id else unit.path
    return Person.objects.filter(org__path__startswith=root).select_related("org").order_by("org__path", "name")


def near_first(unit: str) -> list[tuple[str, str]]:
    """Every unit to choose from but `unit` itself and those that are dissolved (id, name): the ones under it first, then its siblings, those above it, and
    the rest of the tree; in each group the organs before firms, laboratories and experts."""
    orgs = [org for org in Org.objects.exclude(pk=unit).order_by("path") if not org.dissolved]
    own = Org.objects.filter(pk=unit).first()

    def place(org: Org) -> int:
        if own is None:
            return 4
        if org.path.startswith(own.path):
            return 0
        if own.parent_id and org.parent_id == own.parent_id:
            return 1
        return 2 if own.path.startswith(org.path) else 3

    return [(org.pk, org.name) for org in sorted(orgs, key=lambda org: (place(org), org.kind in HIRED))]


def held_by_unit(unit: str) -> list[Task]:
    """Tasks not ended in which the unit holds a role."""
    held = co_owned_by(unit)
    for role in TaskRole:
        held |= Q(**{f"{role.value}_id": unit})
    return list(Task.objects.filter(held).exclude(status__in=ENDED).order_by("address"))
