"""The pictures of the documentation, taken of the running demonstration by one command: `python -m tests.journeys.shots [--all DIR]`.

Without an option the few that the documents show go into docs/screenshots; with `--all` every scene, on a phone and in an office, goes into DIR.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from tests.journeys.chromium import chromium
from tests.journeys.county import County, make_seed, served
from tests.journeys.rooms import CASEWORK
from tests.journeys.scenes import PUBLIC, SCENES
from tests.journeys.visitor import OFFICE, PHONE, Visitor

_FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
#: Scene → the name of its picture, and whether it is taken on a phone.
_SHOWN = {
    "home": ("home", False),
    "notice": ("notice-phone", True),
    "objection": ("objection-phone", True),
    "receipt": ("receipt-phone", True),
    "verify-entry": ("verify", False),
    "today-office": ("today", False),
    "dossier-works": ("dossier", False),
    "refused": ("refused", False),
    "sign": ("sign-phone", True),
    "new-task-draft": ("draft", False),
    "review-item": ("review", False),
    "publish": ("publish", False),
}
#: Colours of a picture: pages of flat colour and text lose nothing that an eye would miss, and a picture weighs a quarter.
_COLOURS = 128


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.shots", description=__doc__)
    parser.add_argument("--all", metavar="DIR", type=Path, help="every scene, into this folder")
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        seed = make_seed(Path(folder))
        with served(seed, Path(folder) / "running") as county, chromium() as browser:
            _take(browser, county, args.all)
    return 0


def _take(browser: Browser, county: County, everything: Path | None) -> None:
    """Go through all scenes in their order, for they are one story, and take those that are wanted."""
    folder = everything or _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    people: dict[str, Visitor] = {}
    for scene in (*SCENES, *CASEWORK):
        if scene.who not in people:
            people[scene.who] = Visitor(browser, county.address, device_scale_factor=2 if scene in PUBLIC else 1)
            if scene.who:
                people[scene.who].sign_in(scene.who)
        someone = people[scene.who]
        someone.page.set_viewport_size(OFFICE)  # type: ignore[arg-type]
        scene.bring(someone)
        if everything:
            _keep(someone, folder / f"{scene.name}.png", phone=False, whole=True)
            _keep(someone, folder / f"{scene.name}-phone.png", phone=True, whole=True)
        elif scene.name in _SHOWN:
            name, phone = _SHOWN[scene.name]
            _keep(someone, folder / f"{name}.png", phone=phone, whole=False)
            sys.stdout.write(f"docs/screenshots/{name}.png\n")
    for someone in people.values():
        someone.leave()


def _keep(someone: Visitor, path: Path, *, phone: bool, whole: bool) -> None:
    someone.page.set_viewport_size(PHONE if phone else OFFICE)  # type: ignore[arg-type]
    someone.page.evaluate("() => window.scrollTo(0, 0)")
    picture = Image.open(BytesIO(someone.page.screenshot(full_page=whole))).convert("RGB")
    picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
