"""The posts of the fictional county and who holds them; entered as an office enters its list, on the morning the demonstration begins."""

from __future__ import annotations

from datetime import datetime

from xiaohao.acts import posts
from xiaohao.dossier.posts import Post, Term
from xiaohao.records.models.filed import instant
from xiaohao.seeds.cast import PEOPLE
from xiaohao.seeds.seats import SEATED

#: Since when everybody holds their post, unless told otherwise below.
_SINCE = "2022-11-01"
_HEADS = ("person-mayor", "person-magistrate")
#: post's present holder -> (who held it before, from when, until when).
_BEFORE = {"person-urban-1": ("person-urban-head", "2021-03-01", "2022-10-31")}


def enter(at: datetime) -> None:
    """One post for each person of the cast who has a title, held by that person."""
    held = [person for person in PEOPLE if person.post and person.org]
    made, terms = [], []
    for person in held:
        key = person.id.removeprefix("person-")
        head = (
            "party"
            if key == "secretary" or key.endswith("-secretary")
            else "government"
            if person.id.endswith("-head") or person.id in _HEADS
            else None
        )
        roles = tuple(role.value for role in SEATED.get(key, ()) if not role.value.endswith("_admin"))
        post = Post(id=f"post-{key}", org=person.org or "", title=person.post or "", head=head, roles=roles)
        made.append(post)
        terms.append(Term(id=f"term-{key}", post=post.id, person=person.id, start=_SINCE, recorded_at=instant(at)))
        if before := _BEFORE.get(person.id):
            who, start, end = before
            terms.append(
                Term(id=f"term-{key}-before", post=post.id, person=who, start=start, end=end, reason="任局长", recorded_at=instant(at))
            )
    posts.enter_posts(made, terms, at=at)
