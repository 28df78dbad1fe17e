"""Everybody asks for everything: every route by every method, by people of every relation to a case. Each is let in or turned away exactly as the
table promises, and no answer in any form holds a word of a case that must not be seen.

Which roles an address admits is decided before any page is made, so that is asked of the gate itself for every role; the pages are then walked by
accounts that hold every role at once, the most that a person of that unit could ask with.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpRequest
from django.test import Client, RequestFactory

from tests.web.desk.pages import send
from tests.web.walk import county
from tests.web.walk.answers import text_of, words_of
from tests.web.walk.county import CASES, CONTACT, FOREIGN, HIDDEN, OWN, PETITIONERS, SIBLING, UNANNOUNCED, Marked
from tests.web.walk.policy import Viewer, promised
from tests.web.walk.samples import Sample, sent_to, without_sample
from xiaohao.kernel.roles import Role
from xiaohao.records.sessions import PROVED, SEEN
from xiaohao.web.desk.menu import menu_for
from xiaohao.web.permissions import ClosedWorld, Rule, Sees, Who, whole_table

ON_CASES = frozenset(role for role in Role if not role.value.endswith("_admin"))
ADMINISTRATORS = frozenset(Role) - ON_CASES
#: What the site's demonstration has and an office's own site has not.
CELLS = [(route, method, rule) for route, rules in whole_table().items() for method, rule in rules.items() if not rule.demo]
OF_THE_DESK = [cell for cell in CELLS if cell[2].who is not Who.ANYONE]
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
RELATIONS = [relation for relation in HIDDEN if relation != "desk"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("addresses")]


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Refusals are what is asked for here; a line of the log for each would hide a real one."""
    log = logging.getLogger("django.request")
    level, log.level = log.level, logging.ERROR
    yield
    log.level = level


@pytest.fixture(autouse=True)
def one_menu(monkeypatch: pytest.MonkeyPatch) -> None:
    """The menu, the same on every page of a person, is made once for each: it takes longer than most pages."""
    made: dict[object, object] = {}

    def once(request: HttpRequest) -> object:
        if request.user.pk not in made:
            made[request.user.pk] = menu_for(request)
        return made[request.user.pk]

    monkeypatch.setattr("xiaohao.web.desk.show.menu_for", once)


def test_every_route_has_a_sample() -> None:
    """A closed world: who adds an address says in samples.py which thing of the county stands for each of its arguments."""
    assert without_sample() == []


@pytest.mark.parametrize("relation", RELATIONS)
def test_each_unit_sees_its_own_and_what_is_below_it_and_nothing_else(addresses: dict[str, Sample], relation: str) -> None:
    methods = (
        ("GET",) if relation == "parent" else METHODS
    )  # nothing is hidden from those above: a form sent empty would only show its page again
    assert Walked(addresses, Viewer(relation, ON_CASES)).wrong([cell for cell in OF_THE_DESK if cell[1] in methods]) == ""


def test_whoever_has_not_signed_in_sees_what_is_public(addresses: dict[str, Sample]) -> None:
    assert Walked(addresses, Viewer("")).wrong(CELLS) == ""


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_an_administrator_sees_no_case_not_even_of_their_own_unit(addresses: dict[str, Sample], role: Role) -> None:
    walked = Walked(addresses, Viewer("own", frozenset({role})), hidden=CASES)
    assert walked.wrong([cell for cell in OF_THE_DESK if cell[2].admits(frozenset({role}))]) == ""


def test_the_desk_of_a_case_alone_handles_its_objections_and_no_page_shows_the_contact(addresses: dict[str, Sample]) -> None:
    of_objections = [cell for cell in OF_THE_DESK if cell[0].startswith("desk_objection")]
    assert Walked(addresses, Viewer("desk", ON_CASES)).wrong(of_objections) == ""


@pytest.mark.parametrize("role", [None, *Role])
def test_the_gate_admits_exactly_the_roles_of_the_table(addresses: dict[str, Sample], role: Role | None) -> None:
    gate, asked = ClosedWorld(lambda _request: None), RequestFactory()  # type: ignore[arg-type, return-value]
    user = county.account("sibling", role) if role else county.nobody()
    wrong = []
    for route, method, rule in CELLS:
        if route not in addresses:
            continue
        request = getattr(asked, method.lower())(addresses[route].address)
        request.user, request.session = user, {PROVED: time.time(), SEEN: time.time()}
        if rule.scope is not None and role:
            request.META["HTTP_AUTHORIZATION"] = county.token("sibling", role)
        turned_away = gate.process_view(request, None, (), {})
        status = turned_away.status_code if turned_away else 0
        away = 401 if rule.scope and role is None else (302 if method == "GET" else 403) if role is None else 403
        admitted = rule.who is Who.ANYONE or (role is not None and rule.admits(frozenset({role})))
        if status != (0 if admitted else away):
            wrong.append(f"{route} {method}: {status}")
    assert wrong == []


def test_what_is_hidden_from_others_is_there_for_those_above(addresses: dict[str, Sample]) -> None:
    client = signed_in(Viewer("parent", ON_CASES))
    lists = (
        "desk_registers",
        "desk_numbers",
        "desk_petitions",
        "desk_orders",
        "desk_batches",
        "desk_calls",
        "desk_call_xlsx",
        "desk_call_docx",
    )
    lacking = [
        f"{route}: {case.inside}"
        for route in lists
        for case in ((SIBLING,) if route.startswith("desk_call") else (OWN, SIBLING))
        if (case.outside[0] if route == "desk_orders" else case.inside) not in words_of(client.get(addresses[route].address))
    ]
    assert lacking == []
    assert OWN.outside[0] in words_of(client.get(addresses["desk_refused_pdf"].address))
    assert [UNANNOUNCED in words_of(client.get(addresses[route].address)) for route in ("desk_supervision_plan", "desk_supervision")] == [
        True
    ] * 2
    assert [FOREIGN in words_of(client.get(addresses[route].address)) for route in ("desk_parcel", "desk_parcels")] == [True] * 2


def test_what_one_types_brings_nothing_of_another_units_case_up(addresses: dict[str, Sample]) -> None:
    """The same file, the same number, the same person at the same hour, the same place: that there is something may be told, not what."""
    client, case = signed_in(Viewer("sibling", ON_CASES)), f"/desk/t/{SIBLING.address}"
    file = SimpleUploadedFile("附件.txt", f"{OWN.inside}的附件".encode())
    hours = {"date": "2026-02-20", "start": "09:30", "end": "11:00", "people": ["person-park-head"], "org": "org-park"}
    with transaction.atomic():
        double = send(client, f"{case}/evidence", holding="held", uploads=[file], date="2026-02-20", title="附件")
        number = send(
            client,
            f"{case}/paper",
            holding="number",
            number=f"青{OWN.inside}发〔2026〕3号",
            title="别的",
            kind="report",
            issuer="org-housing",
            date="2026-02-20",
        )
        clash = send(client, f"{case}/register?type=meeting", holding="title", type="meeting", title="另一个会", **hours)
        transaction.set_rollback(True)
    assert [answer.status_code for answer in (double, number, clash)] == [422, 422, 422]
    assert "另一项任务的文件" in words_of(double)
    assert "已登记给另一份文件" in words_of(number)
    assert "另有登记" in words_of(clash)
    told = [words_of(answer).replace("青甲密樟发", "") for answer in (double, number, clash)]
    assert [OWN.inside in words for words in told] == [False] * 3


def test_a_word_is_found_in_a_paper_a_sheet_and_a_page() -> None:
    """The walk is worth nothing where a word could hide."""
    import io

    import docx
    import openpyxl

    sheet, book, paper = io.BytesIO(), openpyxl.Workbook(), io.BytesIO()
    book.create_sheet("隐", 1).sheet_state = "hidden"
    book["隐"]["B2"] = "甲密樟"
    book.save(sheet)
    letter = docx.Document()
    letter.sections[0].header.paragraphs[0].text = "甲密樟"
    letter.save(paper)
    assert ["甲密樟" in text_of(content) for content in (sheet.getvalue(), paper.getvalue(), "&#30002;密樟".encode())] == [True] * 3


class Walked:
    """One viewer's walk over the table."""

    def __init__(self, addresses: dict[str, Sample], viewer: Viewer, *, hidden: tuple[Marked, ...] | None = None) -> None:
        self.addresses, self.viewer = addresses, viewer
        self.hidden = HIDDEN.get(viewer.relation, CASES) if hidden is None else hidden

    def wrong(self, cells: list[tuple[str, str, Rule]]) -> str:
        """What was not as promised, a line each; "" where all was."""
        client = signed_in(self.viewer)
        found = []
        for route, method, rule in cells:
            if (sample := self.addresses.get(route)) is None:
                continue  # test_every_route_has_a_sample says so
            with transaction.atomic():
                answer = client.generic(method, sample.address, *sent_to(route), **token_for(rule, self.viewer))
                right = promised(route, method, rule, sample, self.viewer)
                found += [f"{route} {method}: {answer.status_code}, not one of {sorted(right)}"] * (answer.status_code not in right)
                found += [f"{route} {method}: “{word}”" for word in self._told(rule, sample, words_of(answer))]
                transaction.set_rollback(True)
        return "\n".join(found)

    def _told(self, rule: Rule, sample: Sample, words: str) -> list[str]:
        """The words that give a hidden case away. On a page for everybody the public words of a case may stand."""
        public = rule.who is Who.ANYONE
        secret = [*PETITIONERS, CONTACT, CONTACT.split()[1]] + ([UNANNOUNCED, FOREIGN] if self.viewer.relation != "parent" else [])
        for case in self.hidden:
            if not (rule.sees is Sees.OWN_RECEIPT and case is OWN):  # whoever holds the code may read what they wrote
                secret += [case.inside, f"rec-walk-{case.slug}"]
            if not public:
                secret += [*case.outside, f"/t/{case.address}", case.petition]
        return [word for word in secret if word in words and word not in sample.address]


def token_for(rule: Rule, viewer: Viewer) -> dict[str, dict[str, str]]:
    """For an address of the API a token of that viewer, with every scope that there is."""
    key = {"idempotency-key": "0123456789abcdef"}
    if rule.scope is None or not viewer.relation:
        return {"headers": key}
    role = next(iter(viewer.roles)) if len(viewer.roles) == 1 else county.ALL
    return {"headers": {"authorization": county.token(viewer.relation, role), **key}}


def signed_in(viewer: Viewer) -> Client:
    """A browser of that viewer. A page that breaks is an answer of 500 here, so that the walk goes on."""
    client = Client(raise_request_exception=False)
    if viewer.relation:
        role = next(iter(viewer.roles)) if len(viewer.roles) == 1 else "all"
        client.force_login(county.account(viewer.relation, role))
        session = client.session
        session[PROVED] = time.time()  # as after signing in a moment ago
        session.save()
    return client
