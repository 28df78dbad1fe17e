"""The Parquet files of one export (format xiaohao-fingerprints/1, docs/many-jurisdictions.md): written by its owner, read by whoever compares."""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xiaohao.screening.fingerprints.prints import PhotoPrint, TextPrint

FORMAT = "xiaohao-fingerprints/1"
TEXTS, PHOTOS = "texts.parquet", "photos.parquet"
#: Documents in one row group: what is in memory at once when writing and reading.
ROW_GROUP = 2_000
#: What a jurisdiction may be called: it begins the pointers of findings (findings.schema.json).
NAME = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,59}")


class Unusable(Exception):  # noqa: N818 (it is what the export is)
    """An export, or this installation, cannot be used; the message is for the person."""


@dataclass(frozen=True, slots=True)
class Header:
    """What both files of an export say of themselves."""

    jurisdiction: str
    key_check: str
    made_at: str
    sample: int

    def as_metadata(self) -> dict[str, str]:
        return {
            "format": FORMAT,
            "jurisdiction": self.jurisdiction,
            "key_check": self.key_check,
            "made_at": self.made_at,
            "sample": str(self.sample),
        }


@dataclass(frozen=True, slots=True)
class Export:
    """A folder with its two files, checked."""

    folder: Path
    header: Header

    @property
    def texts(self) -> Path:
        return self.folder / TEXTS

    @property
    def photos(self) -> Path:
        return self.folder / PHOTOS


def arrow() -> Any:
    """pyarrow with its Parquet part. Raises Unusable where the extra is not installed."""
    if importlib.util.find_spec("pyarrow") is None:
        raise Unusable("没有安装 scale 附加组件。请先运行：pip install 'xiaohao[scale]'")
    import pyarrow
    import pyarrow.parquet

    return pyarrow


def text_schema(header: Header) -> Any:
    pa = arrow()
    fields = [*_common(pa), ("grams", pa.list_(pa.int64())), ("sentence", pa.list_(pa.int32()))]
    return pa.schema(fields, metadata=header.as_metadata())


def photo_schema(header: Header) -> Any:
    pa = arrow()
    lists = [("keys", pa.list_(pa.int64())), ("mirror", pa.list_(pa.int64())), ("places", pa.list_(pa.int32()))]
    return pa.schema([*_common(pa), ("same", pa.int64()), *lists], metadata=header.as_metadata())


def _common(pa: Any) -> list[tuple[str, Any]]:
    return [("document", pa.string()), ("entry", pa.int64()), ("digest", pa.string()), ("recorded", pa.string())]


def write(folder: Path, header: Header, texts: Iterable[TextPrint], photos: Iterable[PhotoPrint]) -> tuple[int, int]:
    """Write an export into a new folder, document by document; returns how many statements and photographs. What breaks on the way leaves no folder
    behind. Raises FileExistsError."""
    text, photo = text_schema(header), photo_schema(header)
    folder.mkdir(parents=True)
    try:
        return _write_both(folder, text, photo, texts, photos)
    except BaseException:
        shutil.rmtree(folder)
        raise


def _write_both(folder: Path, text: Any, photo: Any, texts: Iterable[TextPrint], photos: Iterable[PhotoPrint]) -> tuple[int, int]:
    return (
        _write(folder / TEXTS, text, texts, lambda one: {**_filed(one), "grams": one.grams, "sentence": one.sentence}),
        _write(
            folder / PHOTOS,
            photo,
            photos,
            lambda one: {**_filed(one), "same": one.same, "keys": one.keys, "mirror": one.mirror, "places": one.places},
        ),
    )


def _filed(one: TextPrint | PhotoPrint) -> dict[str, Any]:
    return {"document": one.document, "entry": one.filed.entry, "digest": one.filed.digest, "recorded": one.filed.recorded}


def _write(path: Path, schema: Any, things: Iterable[Any], row: Callable[[Any], dict[str, Any]]) -> int:
    pa = arrow()
    count = 0
    with pa.parquet.ParquetWriter(path, schema, compression="zstd") as out:
        waiting: list[dict[str, Any]] = []
        for thing in things:
            waiting.append(row(thing))
            count += 1
            if len(waiting) == ROW_GROUP:
                out.write_table(pa.Table.from_pylist(waiting, schema))
                waiting = []
        out.write_table(pa.Table.from_pylist(waiting, schema))
    return count


def exports(folders: Sequence[str]) -> tuple[Export, ...]:
    """The exports in these folders, or in the folders of which they consist, in the order of jurisdictions. Raises Unusable."""
    found = [_export(folder) for name in folders for folder in _folders(Path(name))]
    found.sort(key=lambda one: one.header.jurisdiction)
    names = [one.header.jurisdiction for one in found]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise Unusable(f"{'、'.join(twice)} 的指纹给了两份，每个地方只能给一份。")
    if len({(one.header.key_check, one.header.sample) for one in found}) > 1:
        raise Unusable("各地的指纹不是用同一把密钥（或者不是同一版本）做的，不能比对。")
    if len(found) < 2:
        raise Unusable("至少要有两个地方的指纹。")
    return tuple(found)


def _folders(path: Path) -> list[Path]:
    if (path / TEXTS).is_file():
        return [path]
    inside = sorted(one.parent for one in path.glob(f"*/{TEXTS}")) if path.is_dir() else []
    if not inside:
        raise Unusable(f"{path} 里没有指纹（{TEXTS}）。")
    return inside


def _export(folder: Path) -> Export:
    pa = arrow()
    headers = []
    for name, schema in ((TEXTS, text_schema), (PHOTOS, photo_schema)):
        try:
            found = pa.parquet.read_schema(folder / name)
        except (OSError, pa.ArrowInvalid) as wrong:
            raise Unusable(f"{folder / name} 不能读取：{wrong}") from wrong
        header = _header(folder / name, {key.decode(): value.decode() for key, value in (found.metadata or {}).items()})
        if not found.equals(schema(header)):
            raise Unusable(f"{folder / name} 的列不合格式 {FORMAT}。")
        headers.append(header)
    if headers[0] != headers[1]:
        raise Unusable(f"{folder} 里的两个文件不是同一次导出的。")
    return Export(folder, headers[0])


def _header(path: Path, said: dict[str, str]) -> Header:
    if said.get("format") != FORMAT:
        raise Unusable(f"{path} 不是 {FORMAT} 格式的指纹。")
    if not NAME.fullmatch(said.get("jurisdiction", "")) or not said.get("sample", "").isdecimal():
        raise Unusable(f"{path} 没有写明是哪个地方的。")
    return Header(said["jurisdiction"], said.get("key_check", ""), said.get("made_at", ""), int(said["sample"]))


def batches(path: Path, columns: Sequence[str]) -> Iterator[Any]:
    """The rows of a file, some thousands at a time, with these columns only."""
    return arrow().parquet.ParquetFile(path).iter_batches(batch_size=ROW_GROUP, columns=list(columns))  # type: ignore[no-any-return]
