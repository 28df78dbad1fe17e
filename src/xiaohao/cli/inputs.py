"""What stands on the command line: bundles (folder, zip, json), texts, folders of either, standard input. Each is found, none is judged here.

A folder or zip is a bundle when it holds dossier.json or ledger.json, else a batch of texts.
"""

from __future__ import annotations

import os
import re
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath

from xiaohao.kernel.said import say

#: Names of a bundle's root file.
ROOTS = ("dossier.json", "ledger.json")

#: Files that a folder of texts is searched for; others (pictures, spreadsheets) lie beside them and are not ours to read.
TEXTS = frozenset({".txt", ".md", ".html", ".htm", ".docx", ".pdf"})

#: A single input of more bytes than this is no notice and no dossier.json; it is refused before it fills the memory.
#: The longest official plan we know of is under 1 MB as text; PDF scans of 100 pages stay under this.
MOST_BYTES = 64 * 1024 * 1024


#: How a bundle names its format, within so many bytes of its beginning.
_FORMAT = re.compile(rb'"format"\s*:\s*"xiaohao-dossier/')
_BEGINNING = 2000

#: What standard input is called in what is printed.
STANDARD_INPUT = "标准输入"


@dataclass(frozen=True, slots=True)
class BundleInput:
    """A bundle: the bytes of its root file, and its other files by path (None: it came without any)."""

    name: str
    root: bytes
    contents: Mapping[str, bytes] | None
    #: Entries of a zip whose paths lead out of it; they were left out, and this is said.
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextInput:
    """A file that holds a text; `source` is its name, by whose ending the reader knows the format."""

    name: str
    source: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An input that cannot be read, and in Chinese why."""

    name: str
    reason: str


Input = BundleInput | TextInput | Unreadable


class FolderContents(Mapping[str, bytes]):
    """The files of a bundle folder by path, each read when it is asked for. Paths that lead out of the folder are not in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def __getitem__(self, path: str) -> bytes:
        try:
            found = (self._folder / path).resolve()
            if not found.is_relative_to(self._folder) or not found.is_file():
                raise KeyError(path)
            return found.read_bytes()
        except OSError as wrong:
            raise _unreadable_file(path) from wrong
        except ValueError as wrong:  # a NUL in the path
            raise KeyError(path) from wrong

    def __iter__(self) -> Iterator[str]:
        return (str(one.relative_to(self._folder)) for one in sorted(self._folder.rglob("*")) if one.is_file())

    def __len__(self) -> int:
        return sum(1 for _ in self)


class ZipContents(Mapping[str, bytes]):
    """The files of a zipped bundle by path below its root, each unpacked when it is asked for."""

    def __init__(self, archive: zipfile.ZipFile, below: str) -> None:
        self._archive = archive
        self._below = below

    def __getitem__(self, path: str) -> bytes:
        try:
            info = self._archive.getinfo(self._below + path)
        except KeyError:
            raise KeyError(path) from None
        if info.file_size > MOST_BYTES:
            from xiaohao.dossier.bundle import FileUnreadable

            raise FileUnreadable(say("附件超过 {most} MB，没有读取：{path}", most=MOST_BYTES // 1024 // 1024, path=path))
        try:
            return self._archive.read(info)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, OSError, EOFError) as wrong:
            raise _unreadable_file(path) from wrong

    def __iter__(self) -> Iterator[str]:
        return (
            name.removeprefix(self._below) for name in self._archive.namelist() if name.startswith(self._below) and not name.endswith("/")
        )

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _unreadable_file(path: str) -> KeyError:
    from xiaohao.dossier.bundle import FileUnreadable

    return FileUnreadable(say("附件读不出来，可能已损坏或加了密：{path}", path=path))


def inputs_of(names: Iterable[str]) -> Iterator[Input]:
    """Every input that the names stand for, in their order; folders are walked in the order of names."""
    for name in names:
        if name == "-":
            yield from _of_bytes(STANDARD_INPUT, sys.stdin.buffer.read(MOST_BYTES + 1))
        else:
            yield from _of_path(Path(name), _shown(name))


def _shown(name: str) -> str:
    """A path as it can be printed, also one that is not written in UTF-8."""
    return os.fsencode(name).decode("utf-8", "replace")


def _of_path(path: Path, name: str) -> Iterator[Input]:
    try:
        if path.is_dir():
            yield from _of_folder(path, name)
        elif not path.exists():
            yield Unreadable(name, say("没有这个文件"))
        elif path.stat().st_size > MOST_BYTES:
            yield Unreadable(name, _too_big())
        elif path.name in ROOTS:
            yield BundleInput(name, path.read_bytes(), FolderContents(path.parent))
        else:
            yield from _of_bytes(name, path.read_bytes())
    except PermissionError:
        yield Unreadable(name, say("没有读取权限"))
    except OSError as wrong:
        yield Unreadable(name, say("读取失败：{reason}", reason=wrong.strerror or str(wrong)))


def _of_folder(folder: Path, name: str) -> Iterator[Input]:
    if root := _root_in(folder):
        yield BundleInput(name, root.read_bytes(), FolderContents(folder))
        return
    count = 0
    for one in sorted(folder.iterdir()):
        if one.name.startswith("."):
            continue
        if one.is_dir():
            for found in _of_folder(one, _shown(str(one))):
                if not (isinstance(found, Unreadable) and found.name == _shown(str(one))):
                    count += 1
                    yield found
        elif one.suffix.lower() in TEXTS | {".zip"} or _looks_like_bundle(one):
            for found in _of_path(one, _shown(str(one))):
                count += 1
                yield found
    if not count:
        yield Unreadable(name, say("文件夹里没有可以读取的公示或案卷包"))


def _looks_like_bundle(file: Path) -> bool:
    """Whether a .json beside the texts says that it is a dossier; others (gold, settings) are not ours."""
    if file.suffix.lower() != ".json":
        return False
    with file.open("rb") as stream:
        return _FORMAT.search(stream.read(_BEGINNING)) is not None


def _root_in(folder: Path) -> Path | None:
    return next((folder / root for root in ROOTS if (folder / root).is_file()), None)


def _of_bytes(name: str, content: bytes) -> Iterator[Input]:
    """A zip of a bundle or of texts, a bundle's json, else a text."""
    if len(content) > MOST_BYTES:
        yield Unreadable(name, _too_big())
    elif content[:4] in (b"PK\x03\x04", b"PK\x05\x06") and not name.lower().endswith((".docx", ".xlsx", ".pptx")):
        yield from _of_zip(name, content)
    elif name.lower().endswith(".zip"):
        yield Unreadable(name, say("不是压缩包，或已损坏"))
    elif _is_bundle_json(name, content):
        yield BundleInput(name, content, None)
    else:
        yield TextInput(name, name, content)


def _is_bundle_json(name: str, content: bytes) -> bool:
    return name.lower().endswith(".json") or (
        content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and _FORMAT.search(content[:_BEGINNING]) is not None
    )


def _of_zip(name: str, content: bytes) -> Iterator[Input]:
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        every = [entry for entry in archive.namelist() if not entry.endswith("/")]
        left_out = tuple(sorted(entry for entry in every if _leads_out(entry)))
        entries = [entry for entry in every if not _leads_out(entry)]
        if "word/document.xml" in entries:
            yield TextInput(name, name, content)
            return
        roots = sorted((e for e in entries if PurePosixPath(e).name in ROOTS and len(PurePosixPath(e).parts) <= 2), key=len)
        if roots:
            below = roots[0].removesuffix(PurePosixPath(roots[0]).name)
            if archive.getinfo(roots[0]).file_size > MOST_BYTES:
                yield Unreadable(name, _too_big())
                return
            yield BundleInput(name, archive.read(roots[0]), ZipContents(archive, below), left_out)
            return
        for entry in left_out:
            yield Unreadable(f"{name}:{entry}", say("压缩包里的路径指到了包外，没有读取"))
        texts = [e for e in sorted(entries) if PurePosixPath(e).suffix.lower() in TEXTS and not PurePosixPath(e).name.startswith(".")]
        for entry in texts:
            inner = f"{name}:{entry}"
            too_big = archive.getinfo(entry).file_size > MOST_BYTES
            yield Unreadable(inner, _too_big()) if too_big else TextInput(inner, entry, archive.read(entry))
        if not every:
            yield Unreadable(name, say("压缩包是空的"))
        elif not texts and not left_out:
            yield Unreadable(name, say("压缩包里没有可以读取的公示或案卷包"))
    except zipfile.BadZipFile:
        yield Unreadable(name, say("压缩包已损坏"))
    except (zlib.error, EOFError):
        yield Unreadable(name, say("压缩包已损坏"))
    except RuntimeError:  # zipfile says so of encrypted entries
        yield Unreadable(name, say("压缩包已加密"))
    except NotImplementedError:
        yield Unreadable(name, say("压缩包的压缩方式不能读取"))


def _leads_out(entry: str) -> bool:
    """Whether an entry's path leads out of its zip: from the root of a disk, or upwards."""
    path = entry.replace("\\", "/")
    return path.startswith("/") or path[1:2] == ":" or ".." in path.split("/")


def _too_big() -> str:
    return say("文件超过 {most} MB，不是公示或案卷", most=MOST_BYTES // 1024 // 1024)
