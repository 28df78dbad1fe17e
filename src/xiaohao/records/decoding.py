"""Pictures that somebody sent are decoded in a process of their own, with limits on memory, CPU and time: what a hostile one can break is thrown away.

The process is begun when the first picture comes and serves many; one that dies or does not answer in time costs its picture, never the caller.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from xiaohao.evidence.photo import PUBLIC_SIDE, BadPicture, PhotoFacts, sniff_picture
from xiaohao.evidence.photo_marks import Seen, unpacked
from xiaohao.kernel.said import said_from_json, say

#: Seconds for one picture. The largest picture that is taken needs 5 on a free core; a busy machine may take several times as long.
MOST_SECONDS = 40.0
#: Pictures one process looks at before a new one takes its place, so that no library's leak adds up.
MOST_PICTURES = 1_000
#: Processes that look at a batch side by side: the cores of a small office machine.
AT_ONCE = 2


def facts(content: bytes) -> PhotoFacts:
    """`evidence.photo.read_photo`, apart. Raises BadPicture."""
    return PhotoFacts(**_asked("facts", content)[0])


def copy_that_keeps(content: bytes, *, time: bool, place: bool, longest: int = PUBLIC_SIDE) -> bytes:
    """`evidence.photo.copy_that_keeps`, apart. Raises BadPicture."""
    return _asked("copy", content, time=time, place=place, longest=longest)[1]


def public_copy(content: bytes, *, longest: int = PUBLIC_SIDE) -> bytes:
    """`evidence.photo.public_copy`, apart. Raises BadPicture."""
    return copy_that_keeps(content, time=False, place=False, longest=longest)


def seen(content: bytes) -> Seen:
    """`evidence.photo_marks.seen_in`, apart. Raises BadPicture."""
    said, out = _asked("marks", content)
    return Seen(unpacked(out[said["rows"] * said["columns"] :], out, (said["rows"], said["columns"])), said["longest"])


def seen_of(pictures: Iterable[tuple[str, Callable[[], bytes | None]]]) -> Iterator[tuple[str, Seen | None]]:
    """(name, what was seen) in the order of the pictures, several looked at side by side; None for one that cannot be read."""

    def look(one: tuple[str, Callable[[], bytes | None]]) -> tuple[str, Seen | None]:
        name, load = one
        try:
            content = load()
            return name, seen(content) if content is not None else None
        except BadPicture:
            return name, None

    with ThreadPoolExecutor(min(AT_ONCE, os.cpu_count() or 1), thread_name_prefix="pictures") as side_by_side:
        yield from side_by_side.map(look, pictures)


def _asked(ask: str, content: bytes, **how: Any) -> tuple[dict[str, Any], bytes]:
    if sniff_picture(content) is None:
        raise BadPicture(say("这个文件不是 JPEG、PNG、WebP 或 HEIC 图片。"))
    with _reader() as reader:
        return reader.ask(ask, content, how)


class _Reader:
    """One process and the pipes to it."""

    def __init__(self) -> None:
        quiet = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}
        command = [sys.executable, "-m", "xiaohao.records.decoding_child"]
        pipe, null = subprocess.PIPE, subprocess.DEVNULL
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=null, env=quiet, cwd="/")
        self._count = 0
        self.of = os.getpid()
        self._read()  # its limits are in force

    @property
    def serves(self) -> bool:
        return self._process.poll() is None and self._count < MOST_PICTURES and self.of == os.getpid()

    def ask(self, ask: str, content: bytes, how: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        self._count += 1
        watch = threading.Timer(MOST_SECONDS, self._process.kill)
        watch.start()
        try:
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps({"ask": ask, "bytes": len(content), **how}).encode() + b"\n")
            self._process.stdin.write(content)
            self._process.stdin.flush()
            said, out = self._read()
        except (OSError, ValueError, KeyError) as gone:
            self.end()
            raise BadPicture(say("图片打不开：解码超时或出错，请重新拍摄或导出后再传。")) from gone
        finally:
            watch.cancel()
        if "bad" in said:
            raise BadPicture(said_from_json(said["bad"]))
        return said, out

    def _read(self) -> tuple[dict[str, Any], bytes]:
        """One answer. Raises ValueError when the process ended before it was whole."""
        assert self._process.stdout is not None
        said: dict[str, Any] = json.loads(self._process.stdout.readline() or b"null") or {}
        size = said.pop("bytes")
        out = self._process.stdout.read(size)
        if len(out) != size:
            raise ValueError("the answer ended early")
        return said, out

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # what was still to be written has nobody to read it


_idle: list[_Reader] = []
_lock = threading.Lock()


@contextmanager
def _reader() -> Iterator[_Reader]:
    """A process that nobody else talks to; afterwards it waits for the next picture."""
    with _lock:
        found = next((one for one in _idle if one.serves), None)
        if found is not None:
            _idle.remove(found)
    reader = found or _Reader()
    try:
        yield reader
    finally:
        with _lock:
            keep = reader.serves and len(_idle) < AT_ONCE
            if keep:
                _idle.append(reader)
        if not keep and reader.of == os.getpid():
            reader.end()


@atexit.register
def _end_all() -> None:
    for reader in _idle:
        if reader.of == os.getpid():
            reader.end()
