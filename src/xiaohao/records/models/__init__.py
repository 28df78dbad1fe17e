"""Every table, one file per family of rows."""

from xiaohao.records.models.access import AccessEvent, ApiToken, Invitation, RecoveryCode, SecondFactor, SignedIn, SignInLock
from xiaohao.records.models.account import Account, RoleRequest
from xiaohao.records.models.calendar import CalendarYear
from xiaohao.records.models.call import Call, CallAnswer, Delivery, Message
from xiaohao.records.models.case import Document, File, Finding, Plan, Record, Series, Statement, WatchPlan
from xiaohao.records.models.copied import IndexedStatement, StatementGram
from xiaohao.records.models.drawing import Drawing
from xiaohao.records.models.form_template import FormTemplate
from xiaohao.records.models.found import SavedView, SearchEntry, SearchPair
from xiaohao.records.models.journal import Commitment, Done, Draft, JournalEntry, Refusal
from xiaohao.records.models.ledger import Ledger, LedgerItem, LedgerLayout, LedgerLine
from xiaohao.records.models.list_report import ListReport
from xiaohao.records.models.objection import Objection
from xiaohao.records.models.parties import Org, PartiesMark, Person, Place
from xiaohao.records.models.petition import Petition
from xiaohao.records.models.pictured import IndexedPhoto, PhotoKey
from xiaohao.records.models.posts import Post, Term
from xiaohao.records.models.received import ComingParcel, Received
from xiaohao.records.models.screening import Screening
from xiaohao.records.models.supervision import CallRhythm, SiteVisit, SupervisionDraw, SupervisionPlan
from xiaohao.records.models.task import Inspection, Task, TaskLink, TaskList

__all__ = [
    "AccessEvent",
    "Account",
    "ApiToken",
    "CalendarYear",
    "Call",
    "CallAnswer",
    "CallRhythm",
    "ComingParcel",
    "Commitment",
    "Delivery",
    "Document",
    "Done",
    "Draft",
    "Drawing",
    "File",
    "Finding",
    "FormTemplate",
    "IndexedPhoto",
    "IndexedStatement",
    "Inspection",
    "Invitation",
    "JournalEntry",
    "Ledger",
    "LedgerItem",
    "LedgerLayout",
    "LedgerLine",
    "ListReport",
    "Message",
    "Objection",
    "Org",
    "PartiesMark",
    "Person",
    "Petition",
    "PhotoKey",
    "Place",
    "Plan",
    "Post",
    "Received",
    "Record",
    "RecoveryCode",
    "Refusal",
    "RoleRequest",
    "SavedView",
    "Screening",
    "SearchEntry",
    "SearchPair",
    "SecondFactor",
    "Series",
    "SignInLock",
    "SignedIn",
    "SiteVisit",
    "Statement",
    "StatementGram",
    "SupervisionDraw",
    "SupervisionPlan",
    "Task",
    "TaskLink",
    "TaskList",
    "Term",
    "WatchPlan",
]
