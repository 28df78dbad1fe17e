"""schemathesis reads our OpenAPI and sends what it may, and what it may not: no fault of ours, no status, no shape and no media type that is not declared.

`XIAOHAO_API_EXAMPLES=500 pytest -s` sends so many to each operation in each way, other ones every time; usually a few, the same ones every time.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ninja import Schema
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.generation import GenerationMode

from tests.web.walk import county
from tests.web.walk.county import OWN, SIBLING
from tests.web.walk.samples import Sample
from xiaohao.records import models
from xiaohao.web.api import acts, gate
from xiaohao.web.api.shapes import common, desk, notices, public, sent
from xiaohao.web.pace import Pace

pytestmark = pytest.mark.django_db
_EXAMPLES = int(os.environ.get("XIAOHAO_API_EXAMPLES", "0"))
_CHECKED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "missing_required_header",
)
_EVERY = settings(
    max_examples=_EXAMPLES or 2,
    derandomize=not _EXAMPLES,
    database=None,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def one_connection() -> Iterator[None]:
    """A server drops a connection that is in the middle of a transaction; the test's own stays, as Django's test client keeps it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def real(addresses: dict[str, Sample], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Things that are there, by the name under which an operation asks for them; and nobody is too fast."""
    cache.clear()
    never = Pace("never", times=10**9, seconds=60)
    monkeypatch.setattr(gate, "PACE", never)
    monkeypatch.setattr(acts, "PACE", never)
    plan = models.Plan.objects.filter(task=SIBLING.task).latest("version")
    return {
        "no": SIBLING.address,
        "address": OWN.address,
        "notice": f"{OWN.address}-1",
        "call": models.Call.objects.get().pk,
        "index": 1,
        "measure": plan.more["measures"][0]["id"],
        "measures": [plan.more["measures"][0]["id"]],
        "people": ["person-park-head"],
        "org": "org-park",
        "date": "2026-03-01",
        "done_on": "2026-03-01",
        "kind": "order",
    }


@pytest.mark.usefixtures("one_connection")
def test_schemathesis_finds_no_fault_and_nothing_undeclared(real: dict[str, Any]) -> None:
    load_all_checks()
    checks = CHECKS.get_by_names(_CHECKED)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    authorization, seen = county.token("sibling"), Counter[str]()
    operations = [found.ok() for found in schema.get_all_operations()]
    for operation in operations:
        there = {one.name: real[one.name] for one in operation.path_parameters if one.name in real}
        takes_something = bool(operation.body or operation.query or operation.path_parameters)
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)[: 1 + takes_something]:
            cases = operation.as_strategy(generation_mode=mode)
            if there:
                cases = operation.as_strategy(generation_mode=mode, path_parameters=there) | cases

            @_EVERY
            @given(case=cases, fitted=st.booleans(), known=st.sampled_from((True, True, False)))
            def send(case: Any, fitted: bool, known: bool) -> None:
                if fitted and isinstance(case.body, dict):
                    case.body = _fitted(case.body, real)
                response = case.call(headers={"Authorization": authorization} if known else {})
                case.validate_response(response, checks=checks)
                seen[f"{case.operation.method.upper()} {response.status_code}"] += 1

            send()
    sys.stdout.write(f"\n{len(operations)} operations, {seen.total()} requests: {dict(sorted(seen.items()))}\n")
    assert len(operations) == 24
    assert {"GET 200", "GET 401", "GET 404", "GET 422", "POST 401", "POST 422"} <= set(seen)


def test_no_two_shapes_share_a_name_for_the_description_knows_them_by_nothing_else() -> None:
    names = Counter(
        name
        for room in (common, public, notices, desk, sent)
        for name, one in vars(room).items()
        if _is_shape(one) and one.__module__ == room.__name__
    )
    assert [
        name for name, number in names.items() if number > 1 and not name.endswith("Asked")
    ] == []  # those are taken apart into parameters


def _is_shape(one: Any) -> bool:
    return isinstance(one, type) and issubclass(one, Schema)


#: What is kept of an invented body beside the things that are there: free words, and choices that the description lists.
_FREE = frozenset(
    {
        "title",
        "text",
        "general",
        "name",
        "unit",
        "status",
        "type",
        "phase",
        "start",
        "end",
        "value",
        "anyway",
        "each",
        "passed",
        "impact_months",
        "quantities",
    }
)


def _fitted(body: dict[str, Any], real: dict[str, Any]) -> dict[str, Any]:
    """The same body with things that are there in the place of invented ones."""
    return {
        name: real.get(name, _within(value, real))
        for name, value in body.items()
        if name in real or name in _FREE or isinstance(value, list)
    }


def _within(value: Any, real: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [_fitted(one, real) for one in value if isinstance(one, dict)]
    return value
