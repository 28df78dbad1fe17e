"""Calls for progress 调度 and their answers, and the messages that tell people of them."""

from __future__ import annotations

from django.db import models

from xiaohao.dossier import oversight
from xiaohao.records.models.filed import ID_LENGTH, WHEN_LENGTH, Filed
from xiaohao.records.models.parties import Org, Person
from xiaohao.records.models.task import Task


class Call(Filed):
    """A call for progress. Its tasks are those that were asked about when it was issued; `answers_complete_at` is when the
    worker saw that nobody owes an answer any more."""

    THING = oversight.Call

    title = models.CharField(max_length=200)
    org = models.ForeignKey(Org, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    due = models.CharField(max_length=WHEN_LENGTH, db_index=True)
    answers_complete_at = models.DateTimeField(null=True)
    on_tasks = models.ManyToManyField(Task, related_name="calls")


class CallAnswer(Filed):
    """What a task's unit answered to a call. One answer for each task and call; it is never changed."""

    THING = oversight.CallAnswer

    call = models.ForeignKey(Call, models.PROTECT, related_name="answers")
    task = models.ForeignKey(Task, models.PROTECT, related_name="call_answers")
    org = models.ForeignKey(Org, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "task"], name="one_answer_to_a_call")]


class Message(models.Model):
    """A reminder to one person. Its id is made of what it is about, so that telling somebody twice changes nothing.

    `sentence` keeps its pattern (kernel.said); `about` is the row it is about. Not journaled: it says only what the rows say already.
    """

    id = models.CharField(primary_key=True, max_length=ID_LENGTH)
    person = models.ForeignKey(Person, models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=20)
    about = models.CharField(max_length=2 * ID_LENGTH + 1, db_index=True)
    sentence = models.JSONField()
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "seen_at"], name="messages_not_seen")]


class Delivery(models.Model):
    """One message on one way out of the system (mail, gateway). Those of one `digest` leave together, under the digest's id, until `sent_at` is set;
    after a failure not before `not_before`."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries")
    way = models.CharField(max_length=10)
    digest = models.CharField(max_length=ID_LENGTH, db_index=True)
    tries = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "way"], name="one_message_once_on_a_way")]
