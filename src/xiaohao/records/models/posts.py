"""Posts of units, and the terms for which persons hold them. A term is ended, never deleted: who held a post when is asked for years after."""

from __future__ import annotations

from django.db import models

from xiaohao.dossier import posts
from xiaohao.records.models.filed import WHEN_LENGTH, Filed
from xiaohao.records.models.parties import Org, Person


class Post(Filed):
    """A post of a unit; `head` is party or government where its holder is a first responsible person."""

    THING = posts.Post

    org = models.ForeignKey(Org, models.PROTECT, related_name="posts")
    title = models.CharField(max_length=100)
    head = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "title"], name="one_post_of_a_title_in_a_unit")]


class Term(Filed):
    """A person in a post from a day to a day; `end` is empty while it lasts."""

    THING = posts.Term

    post = models.ForeignKey(Post, models.PROTECT, related_name="terms")
    person = models.ForeignKey(Person, models.PROTECT, related_name="terms")
    start = models.CharField(max_length=WHEN_LENGTH)
    end = models.CharField(max_length=WHEN_LENGTH, blank=True, default="", db_index=True)
    acting = models.BooleanField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post"], condition=models.Q(end="") & ~models.Q(acting=True), name="one_holder_of_a_post")
        ]
