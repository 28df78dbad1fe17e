"""The process that looks at pictures for `records.decoding`: it gives up every right it does not need, then answers until its input ends.

A question is a line of JSON and the picture's bytes, an answer a line of JSON and bytes; nothing in either is ever executed or unpickled.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, BinaryIO

from xiaohao.evidence import photo
from xiaohao.evidence.photo_marks import packed, seen_in
from xiaohao.kernel.said import said_to_json, say

#: Bytes of address space. The largest picture that is taken (60 million pixels, with transparency) needs 0.9 GB, the libraries 0.3.
MOST_MEMORY = 2 * 1024**3
#: Seconds of CPU in the life of one process, which ends after `decoding.MOST_PICTURES`.
MOST_CPU = 900

Answer = tuple[dict[str, Any], bytes]


def facts(content: bytes) -> Answer:
    return asdict(photo.read_photo(content)), b""


def copy(content: bytes, *, time: bool, place: bool, longest: int) -> Answer:
    return {}, photo.copy_that_keeps(content, time=time, place=place, longest=longest)


def marks(content: bytes) -> Answer:
    found = seen_in(content)
    height, width = found.marks.grey.shape
    return {"rows": height, "columns": width, "longest": found.longest}, found.marks.grey.tobytes() + packed(found.marks)


ASKED: dict[str, Callable[..., Answer]] = {"facts": facts, "copy": copy, "marks": marks}


def main() -> None:
    """Read questions from standard input and answer on standard output. The first line out says that the limits are in force."""
    give_up_rights()
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    _write(sink, {"ready": True}, b"")
    while line := source.readline():
        question = json.loads(line)
        content = source.read(question.pop("bytes"))
        said, out = _answer(question.pop("ask"), content, question)
        _write(sink, said, out)


def give_up_rights() -> None:
    """No file can be grown, no core is left behind, no process begun; memory and CPU have an end."""
    limits = {
        resource.RLIMIT_AS: MOST_MEMORY,
        resource.RLIMIT_CPU: MOST_CPU,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for which, most in limits.items():
        hard = resource.getrlimit(which)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (most, most))


def _answer(ask: str, content: bytes, how: dict[str, Any]) -> Answer:
    try:
        return ASKED[ask](content, **how)
    except photo.BadPicture as bad:
        return {"bad": said_to_json(bad.args[0])}, b""
    except (MemoryError, RecursionError):
        return {"bad": said_to_json(say("图片太大或已损坏，打不开，请缩小或重新导出后再传。"))}, b""


def _write(sink: BinaryIO, said: dict[str, Any], out: bytes) -> None:
    sink.write(json.dumps({**said, "bytes": len(out)}, ensure_ascii=False).encode() + b"\n")
    sink.write(out)
    sink.flush()


if __name__ == "__main__":
    main()
