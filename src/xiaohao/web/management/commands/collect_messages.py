"""Collects every message of the project into the English catalogue and compiles it (`make messages`; needs Debian's gettext).

Messages are the marked strings of templates and views, and the patterns of `say(…)` wherever a room below makes a sentence.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

import polib
from django.core.management.base import CommandParser
from django.core.management.commands import makemessages

from xiaohao.web.catalogue import CATALOGUE, NOT_SHOWN, ROOT, lacking, patterns_said


class Command(makemessages.Command):
    """makemessages, set up for this project, and the compiled catalogue after it."""

    help = "Collect the Chinese messages and compile the English catalogue."
    requires_system_checks: ClassVar[list[str]] = []
    xgettext_options: ClassVar[list[str]] = [*makemessages.Command.xgettext_options, "--keyword=say:1"]

    def add_arguments(self, parser: CommandParser) -> None:
        """Nothing to choose."""

    def handle(self, *args: Any, **options: Any) -> None:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        written = {entry.msgid: entry.msgstr for entry in polib.pofile(str(CATALOGUE))} if CATALOGUE.exists() else {}
        os.chdir(ROOT)
        super().handle(
            *args,
            **options,
            locale=["en"],
            exclude=[],
            domain="django",
            all=False,
            extensions=["html", "svg", "py"],
            symlinks=False,
            ignore_patterns=[f"{room}/*" for room in NOT_SHOWN],
            use_default_ignore_patterns=True,
            no_wrap=True,
            no_location=True,
            add_location=None,
            no_obsolete=True,
            keep_pot=False,
        )
        compile_catalogue(CATALOGUE, {pattern: written.get(pattern, "") for pattern in patterns_said()})
        for message in lacking(CATALOGUE):
            self.stderr.write(f"没有英文：{message}")


def compile_catalogue(path: Path, patterns: Mapping[str, str] = MappingProxyType({})) -> None:
    """Write the .mo beside the .po, both without the day of their making, so that the same messages give the same files. `patterns`, with
    the English they had, are added where gettext did not see them (it does not look into f-strings)."""
    catalogue = polib.pofile(str(path), wrapwidth=0)
    known = {entry.msgid for entry in catalogue}
    catalogue.extend(polib.POEntry(msgid=pattern, msgstr=patterns[pattern]) for pattern in sorted(set(patterns) - known))
    catalogue.metadata = {
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    catalogue.header = "English of Xiaohao. Collected by `make messages`; translations are written here."
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    catalogue.save(str(path))
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))
