"""The pages and drawings of docs/procedure are what the table says (rebuild: python docs/build_procedure.py)."""

from __future__ import annotations

import importlib.util
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from xiaohao.procedure.diagram import diagram
from xiaohao.procedure.page import page
from xiaohao.procedure.rulebook import PACKAGED, packaged
from xiaohao.procedure.steps import STEPS

DOCS = Path(__file__).parents[2] / "docs"


def built():
    spec = importlib.util.spec_from_file_location("build_procedure", DOCS / "build_procedure.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.built()


def test_every_file_of_docs_procedure_is_up_to_date():
    on_disk = {file.name: file.read_text("utf-8") for file in (DOCS / "procedure").iterdir()}
    assert on_disk == dict(built())


@pytest.mark.parametrize("name", PACKAGED)
def test_every_step_and_gate_has_its_anchor_and_every_link_its_end(name):
    text = page(packaged(name))
    anchors, links = set(re.findall(r'id="([^"]+)"', text)), set(re.findall(r"\]\(#([^)]+)\)", text))
    steps = [step for step in STEPS if not step.is_stage or step.name in packaged(name).route]
    gates = {gate.name for step in steps for gate in step.gates}
    assert {step.anchor for step in steps} | {f"gate-{gate.replace('_', '-')}" for gate in gates} == anchors
    assert links <= anchors


@pytest.mark.parametrize("name", PACKAGED)
def test_the_drawing_obeys_a_strict_policy(name):
    root = ElementTree.fromstring(diagram(packaged(name)))
    elements = list(root.iter())
    assert [e for e in elements if "style" in e.attrib or e.tag.endswith(("style", "script", "image", "foreignObject"))] == []
    ids = [e.attrib["id"] for e in elements if "id" in e.attrib]
    assert len(ids) == len(set(ids))
    assert all(identifier.startswith(f"{name}-") for identifier in ids)


@pytest.mark.parametrize("name", PACKAGED)
def test_the_drawing_stays_inside_its_frame(name):
    """A Han character is as wide as its font size; nothing may run past the right edge or off the left."""
    root = ElementTree.fromstring(diagram(packaged(name)))
    width = int(root.attrib["width"])
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        length = sum(len(part) for part in text.itertext()) * int(text.attrib["font-size"])
        x = int(text.attrib["x"])
        left = {"end": x - length, "middle": x - length // 2}.get(text.attrib.get("text-anchor", "start"), x)
        assert (left >= 0, left + length <= width) == (True, True), "".join(text.itertext())
