"""The closure standards as a page of the documentation, made from the library itself."""

from __future__ import annotations

from collections.abc import Iterator

from xiaohao.procedure.standards import ASKABLE, NEWEST, Library


def page(library: Library) -> str:
    """docs/procedure/standards.md."""
    return "\n".join((*_head(library), *_rows(library), "")) + "\n"


def _head(library: Library) -> Iterator[str]:
    yield f"# {library.title} {library.version}"
    yield ""
    yield "同类问题按同一销号标准验收：整改办在任务的“销号标准”页定类，验收（`accept`）时由 `standard_met` 逐项核对；没有定类的，只按通用规程。"
    yield f"起始库在 `src/xiaohao/procedure/standards/{NEWEST}.toml`，是起始值，不是国家标准。办公室复制一份到 `var/standards.toml`，改 `version`，"
    yield "按本地销号办法改；写错的不予载入，并逐条说明。本页由 `make docs` 生成。"
    yield ""
    yield "| 类别 | 代号 | 登记（不少于） | 目标有数值 | 前后照片 | 完成后稳定 |"
    yield "|---|---|---|---|---|---|"


def _rows(library: Library) -> Iterator[str]:
    for one in library.classes.values():
        records = "、".join(f"{ASKABLE[kind]} {count}" for kind, count in one.records.items())
        figure, photos = ("要" if asked else "不要求" for asked in (one.figure, one.photos))
        months = f"{one.months} 个月" if one.months else "不要求"
        yield f"| {one.title} | `{one.name}` | {records} | {figure} | {photos} | {months} |"
