"""The labelled sample bundles: our checks find their fakes, stay silent on the honest twins, and say nothing else anywhere."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest

from tests.shared import SHARED, needs_shared
from xiaohao.cli.inputs import BundleInput, inputs_of
from xiaohao.dossier.bundle import read_bundle
from xiaohao.screening.checks import CHECKS
from xiaohao.screening.report import findings_schema, report
from xiaohao.screening.run import screen

DOSSIERS = SHARED / "data" / "dossiers"
IDS = {check.ID for check in CHECKS}
SCHEMA = jsonschema_rs.validator_for(findings_schema())


def labels() -> list[dict]:
    file = DOSSIERS / "labels.json"
    return json.loads(file.read_text("utf-8"))["cases"] if file.exists() else []


def screened(folder: Path):
    (given,) = inputs_of([str(folder)])
    assert isinstance(given, BundleInput)
    dossier, problems = read_bundle(given.root, given.contents)
    screening = screen(dossier)
    SCHEMA.validate(report(dossier.id, screening, problems))
    assert problems == ()
    return screening


@needs_shared
@pytest.mark.parametrize("label", labels(), ids=lambda label: f"{label['bundle']}-{label['pattern']}-{label['grade']}")
def test_a_labelled_bundle(label):
    findings = screened(DOSSIERS / "bundles" / label["bundle"]).findings
    said = {finding.check for finding in findings}
    assert said <= {*label["expect"], *label["allow"]}
    if expected := IDS & set(label["expect"]):
        assert said & expected
        assert any(set(label["subjects"]) & set(finding.points_at) for finding in findings if finding.check in expected)


@needs_shared
def test_the_example_bundle_is_honest():
    assert screened(DOSSIERS / "example").findings == ()
