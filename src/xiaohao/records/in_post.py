"""Who is in a post of a unit on which days: who may have signed for it then, and who has left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from xiaohao.kernel.refused import Unmet
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.said import Said, say
from xiaohao.records.models import Person, Term


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who may have signed for a unit from the day `start` ("": nobody wrote it down) to the day `end` ("": still), both counted.
    `title` is the post, "" where the person has none; `acting` stood in for its holder; `head` says that the post is that of a head of the unit."""

    person: str
    name: str
    title: str
    start: str = ""
    end: str = ""
    acting: bool = False
    head: bool = False

    def on(self, day: str) -> bool:
        """Whether it was this person's to sign on that day (YYYY-MM-DD)."""
        return self.start <= day and (not self.end or day <= self.end)

    @property
    def words(self) -> Said:
        """王敏（局长）; 王敏（局长，2022-11-01 至 2026-02-01）."""
        days = say("{start} 至 {end}", start=self.start, end=self.end or say("现在"))
        if self.acting:
            return say("{name}（代行{post}，{days}）", name=self.name, post=self.title, days=days)
        if self.end:
            return say("{name}（原{post}，{days}）", name=self.name, post=self.title, days=days)
        return say("{name}（{post}）", name=self.name, post=self.title or say("没有登记岗位"))


def signers_of(unit: str) -> tuple[Signer, ...]:
    """Everybody whose signature for the unit may lie on a paper: who holds a post now, people of it of whom no term is on file, then who held one or
    stood in, the last first."""
    terms = Term.objects.filter(post__org=unit).select_related("person", "post").order_by("-start", "pk")
    held = [
        Signer(term.person_id, term.person.name, term.post.title, term.start, term.end, bool(term.acting), bool(term.post.head))
        for term in terms
    ]
    known = {one.person for one in held if not one.acting}
    others = [Signer(one.pk, one.name, one.post) for one in Person.objects.filter(org=unit).exclude(pk__in=known).order_by("pk")]
    now = sorted((one for one in held if not one.end), key=lambda one: one.person)
    return (*now, *others, *(one for one in held if one.end))


def head_signers(unit: str) -> tuple[Signer, ...]:
    """Those of `signers_of` who were a head of the unit or stood in for one; all, where no post of a head is on file."""
    every = signers_of(unit)
    return tuple(one for one in every if one.head) or every


def stands_in_for(person: str, day: str) -> tuple[str, ...]:
    """Units for whose head the person stands in on that day (YYYY-MM-DD)."""
    terms = Term.objects.filter(person=person, acting=True, start__lte=day, end__gte=day, post__head__gt="")
    return tuple(terms.order_by("post__org").values_list("post__org", flat=True).distinct())


def may_sign_for(actor: Actor, unit: str, day: str) -> bool:
    """Whether this person signs for the unit on that day: as its head, or standing in for one."""
    return (Role.HEAD in actor.roles and actor.org == unit) or unit in stands_in_for(actor.person, day)


def title_of(person: str, unit: str, day: str) -> str | None:
    """What the person was in the unit on that day (局长, 代行局长), as it stays beside a signature; None where nothing is on file."""
    held = [one for one in signers_of(unit) if one.person == person and one.on(day) and one.title]
    held.sort(key=lambda one: (not one.head, one.acting))
    return (f"代行{held[0].title}" if held[0].acting else held[0].title) if held else None


def not_in_post(signers: Iterable[Signer], person: str, day: str) -> Unmet | None:
    """Why the person cannot have signed on that day (YYYY-MM-DD), with who could; None where they held the post, or stood in, then."""
    every = tuple(signers)
    terms = [one for one in every if one.person == person]
    if any(one.on(day) for one in terms):
        return None
    there = [one for one in every if one.start and one.on(day)]
    heads = [one for one in there if one.head]
    then = "、".join(dict.fromkeys(one.name for one in heads or there))
    return Unmet(
        gate="held_on_the_day",
        fact=say("{day}，{person}不在任", day=day, person="、".join(str(one.words) for one in terms) or say("所选的人")),
        basis=say("纸上的签字由签字当天任职或者代行的人作出"),
        way=say("请核对签字日期，或选当天在任的人（{names}）", names=then) if then else say("请核对签字日期，或选当天在任的人"),
        who=say("录入人"),
    )


def in_office(people: QuerySet[Person]) -> QuerySet[Person]:
    """Without those who held a post and hold none now: they are not sent anywhere any more. Who never had one on file stays."""
    held = Term.objects.filter(person=OuterRef("pk")).exclude(acting=True)
    return people.exclude(Exists(held.exclude(end="")) & ~Exists(held.filter(end="")))
