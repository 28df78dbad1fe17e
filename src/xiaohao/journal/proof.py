"""Short proofs about the tree: that an entry is in it, and that a later tree still holds all of an earlier one.

Making a proof needs a reader of subtree hashes; checking one needs nothing but the proof (RFC 6962 section 2.1, RFC 9162 section 2.1.3).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from xiaohao.journal.hashing import EMPTY_ROOT, HASH_SIZE, node_hash, split_point
from xiaohao.journal.invalid import Invalid
from xiaohao.kernel.said import say

#: (height, index) -> hash of the complete subtree over the 2**height entries from index * 2**height on.
HashReader: TypeAlias = Callable[[int, int], bytes]

#: A tree of 2**63 entries has 63 levels; the witness protocol allows no longer proof (tlog-witness, add-checkpoint).
LONGEST_PROOF = 63


def tree_root(size: int, hashes: HashReader) -> bytes:
    """Root of the first `size` entries."""
    return _subtree(0, size, hashes) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, hashes: HashReader) -> tuple[bytes, ...]:
    """Hashes that lead from entry `index` to the root of the first `size` entries, the entry's neighbour first. Raises ValueError outside the tree."""
    if not 0 <= index < size:
        raise ValueError(f"entry {index} is not in a tree of {size}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + split_point(end - start)
        if index < middle:
            path.append(_subtree(middle, end, hashes))
            end = middle
        else:
            path.append(_subtree(start, middle, hashes))
            start = middle
    return tuple(reversed(path))


def consistency_proof(old: int, new: int, hashes: HashReader) -> tuple[bytes, ...]:
    """Hashes that show the first `old` entries unchanged in the tree of `new`; none for old == 0 or old == new. Raises ValueError when old > new."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} does not follow a tree of {old}")
    if old in (0, new):
        return ()
    path: list[bytes] = []
    start, end, within_old = 0, new, True
    while end != old:
        middle = start + split_point(end - start)
        if old <= middle:
            path.append(_subtree(middle, end, hashes))
            end = middle
        else:
            path.append(_subtree(start, middle, hashes))
            start, within_old = middle, False
    # The old root itself is known to the reader; any smaller last subtree is not.
    if not within_old:
        path.append(_subtree(start, end, hashes))
    return tuple(reversed(path))


def _subtree(start: int, end: int, hashes: HashReader) -> bytes:
    """Hash over the entries start..end-1, from complete subtrees."""
    count = end - start
    if count & (count - 1) == 0:
        height = count.bit_length() - 1
        return hashes(height, start >> height)
    middle = start + split_point(count)
    return node_hash(_subtree(start, middle, hashes), _subtree(middle, end, hashes))


def check_inclusion(*, leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> None:
    """Passes when the leaf hash stands at `index` of the tree of `size` entries with this root. Raises Invalid (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        raise Invalid(say("序号 {index} 不在 {size} 条记录之内", index=index, size=size))
    _check_hashes(path, _inclusion_length(index, size))
    node, last, found = index, size - 1, leaf
    for sibling in path:
        if node & 1 or node == last:
            found = node_hash(sibling, found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        node, last = node >> 1, last >> 1
    if found != root:
        raise Invalid(say("包含证明与检查点的根哈希不一致"))


def check_consistency(*, old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> None:
    """Passes when the tree of `new` entries begins with the tree of `old` entries. Raises Invalid (RFC 9162 section 2.1.4.2).
    Everything follows the empty tree, with an empty proof (tlog-witness, add-checkpoint)."""
    if old > new:
        raise Invalid(say("日志变短了：从 {old} 条到 {new} 条", old=old, new=new))
    for size, root in ((old, old_root), (new, new_root)):
        if size == 0 and root != EMPTY_ROOT:
            raise Invalid(say("空日志的根哈希不对"))
    if old in (0, new):
        _check_hashes(path, 0)
        if old == new and old_root != new_root:
            raise Invalid(say("同为 {size} 条记录，根哈希却不一致：日志有两个版本", size=old))
        return
    _check_extension(old, old_root, new, new_root, path)


def _check_extension(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> None:
    if len(path) > LONGEST_PROOF or not path:
        raise Invalid(say("证明的长度不对：有 {found} 个哈希", found=len(path)))
    _check_hashes(path, len(path))
    given = list(path) if old & (old - 1) else [old_root, *path]
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    from_old = from_new = given[0]
    for sibling in given[1:]:
        if last == 0:
            raise Invalid(say("证明的长度不对：有 {found} 个哈希", found=len(path)))
        if node & 1 or node == last:
            from_old, from_new = node_hash(sibling, from_old), node_hash(sibling, from_new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            from_new = node_hash(from_new, sibling)
        node, last = node >> 1, last >> 1
    if last != 0 or from_old != old_root or from_new != new_root:
        raise Invalid(say("一致性证明不成立：{new} 条的日志不是从 {old} 条的日志接着写的", old=old, new=new))


def _inclusion_length(index: int, size: int) -> int:
    """How many hashes an inclusion proof has: those below the point where index and last entry part, and one for each left turn above it."""
    inner = (index ^ (size - 1)).bit_length()
    return inner + (index >> inner).bit_count()


def _check_hashes(path: Sequence[bytes], wanted: int) -> None:
    if len(path) != wanted:
        raise Invalid(say("证明的长度不对：有 {found} 个哈希", found=len(path)))
    if any(len(part) != HASH_SIZE for part in path):
        raise Invalid(say("证明里有一个哈希不是 32 字节"))


def hashes_of(leaves: Sequence[bytes]) -> HashReader:
    """A reader over leaf hashes held in memory."""
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([node_hash(below[n], below[n + 1]) for n in range(0, len(below) - 1, 2)])
    return lambda height, index: levels[height][index]
