"""Who is in a post of a unit on which days: who may have signed for it then, and who has left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from xiaohao.kernel.refused import Unmet
from xiaohao.kernel.said import Said, say
from xiaohao.records.models import Person, Term


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who may have signed for a unit from the day `start` ("": nobody wrote it down) to the day `end` ("": still), both counted.
    `title` is the post, "" where the person has none; `acting` stood in for its holder."""

    person: str
    name: str
    title: str
    start: str = ""
    end: str = ""
    acting: bool = False

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
        Signer(term.person_id, term.person.name, term.post.title, start=term.start, end=term.end, acting=bool(term.acting))
        for term in terms
    ]
    known = {one.person for one in held if not one.acting}
    others = [Signer(one.pk, one.name, one.post) for one in Person.objects.filter(org=unit).exclude(pk__in=known).order_by("pk")]
    now = sorted((one for one in held if not one.end), key=lambda one: one.person)
    return (*now, *others, *(one for one in held if one.end))


def not_in_post(signers: Iterable[Signer], person: str, day: str) -> Unmet | None:
    """Why the person cannot have signed on that day (YYYY-MM-DD), with who could; None where they held the post, or stood in, then."""
    every = tuple(signers)
    terms = [one for one in every if one.person == person]
    if any(one.on(day) for one in terms):
        return None
    then = "、".join(dict.fromkeys(one.name for one in every if one.start and one.on(day)))
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
