"""Proofs over any tree: each one made is accepted, and no changed one is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.trees import SIZES, flipped, leaves_of
from xiaohao.journal.hashing import EMPTY_ROOT, node_hash, root_of, split_point
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.proof import check_consistency, check_inclusion, consistency_proof, hashes_of, inclusion_proof, tree_root


def recursive_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word for word."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    k = split_point(len(leaves))
    return node_hash(recursive_root(leaves[:k]), recursive_root(leaves[k:]))


@settings(deadline=None, max_examples=60)
@given(SIZES)
def test_the_root_is_that_of_the_rfc_however_it_is_computed(size: int) -> None:
    leaves = leaves_of(size)
    assert recursive_root(leaves) == root_of(leaves) == tree_root(size, hashes_of(leaves))


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert root_of([]) == tree_root(0, hashes_of([])) == EMPTY_ROOT
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@settings(deadline=None)
@given(st.data(), SIZES)
def test_every_inclusion_proof_is_accepted_and_every_changed_one_refused(data: st.DataObject, size: int) -> None:
    leaves = leaves_of(size)
    index = data.draw(st.integers(0, size - 1))
    path, root = inclusion_proof(index, size, hashes_of(leaves)), root_of(leaves)
    check_inclusion(leaf=leaves[index], index=index, size=size, path=path, root=root)
    parts = [leaves[index], root, *path]
    which = data.draw(st.integers(0, len(parts) - 1))
    parts[which] = data.draw(flipped(parts[which]))
    with pytest.raises(Invalid):
        check_inclusion(leaf=parts[0], index=index, size=size, path=parts[2:], root=parts[1])
    other = data.draw(st.integers(0, size))
    if other != index:
        with pytest.raises(Invalid):
            check_inclusion(leaf=leaves[index], index=other, size=size, path=path, root=root)
    with pytest.raises(Invalid):
        check_inclusion(leaf=leaves[index], index=index, size=size, path=[*path, path[-1] if path else root], root=root)
    for shorter in (path[1:], path[:-1]) if path else ():
        with pytest.raises(Invalid):
            check_inclusion(leaf=leaves[index], index=index, size=size, path=shorter, root=root)


@settings(deadline=None)
@given(st.data(), SIZES)
def test_every_consistency_proof_is_accepted_and_every_changed_one_refused(data: st.DataObject, size: int) -> None:
    leaves = leaves_of(size)
    old = data.draw(st.integers(1, size))
    old_root, root = root_of(leaves[:old]), root_of(leaves)
    path = consistency_proof(old, size, hashes_of(leaves))
    check_consistency(old=old, old_root=old_root, new=size, new_root=root, path=path)
    parts = [old_root, root, *path]
    which = data.draw(st.integers(0, len(parts) - 1))
    parts[which] = data.draw(flipped(parts[which]))
    with pytest.raises(Invalid):
        check_consistency(old=old, old_root=parts[0], new=size, new_root=parts[1], path=parts[2:])
    for wrong in ([*path, root], path[:-1] if path else [root]):
        with pytest.raises(Invalid):
            check_consistency(old=old, old_root=old_root, new=size, new_root=root, path=wrong)


@settings(deadline=None, max_examples=60)
@given(st.data(), st.integers(2, 300))
def test_a_rewritten_entry_breaks_the_consistency_of_every_earlier_checkpoint_that_held_it(data: st.DataObject, size: int) -> None:
    leaves = leaves_of(size)
    old = data.draw(st.integers(1, size - 1))
    changed = list(leaves)
    changed[data.draw(st.integers(0, old - 1))] = b"\x00" * 32
    path = consistency_proof(old, size, hashes_of(changed))
    with pytest.raises(Invalid):
        check_consistency(old=old, old_root=root_of(leaves[:old]), new=size, new_root=root_of(changed), path=path)


def test_everything_follows_the_empty_tree_with_an_empty_proof() -> None:
    root = root_of(leaves_of(3))
    assert consistency_proof(0, 3, hashes_of(leaves_of(3))) == ()
    check_consistency(old=0, old_root=EMPTY_ROOT, new=3, new_root=root, path=[])
    check_consistency(old=0, old_root=EMPTY_ROOT, new=0, new_root=EMPTY_ROOT, path=[])
    for wrong in ({"path": [root]}, {"old_root": root}):
        with pytest.raises(Invalid):
            check_consistency(**{"old": 0, "old_root": EMPTY_ROOT, "new": 3, "new_root": root, "path": [], **wrong})  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        check_consistency(old=0, old_root=EMPTY_ROOT, new=0, new_root=root, path=[])


def test_a_tree_never_shrinks_nor_has_two_roots() -> None:
    three, two = root_of(leaves_of(3)), root_of(leaves_of(2))
    with pytest.raises(Invalid):
        check_consistency(old=3, old_root=three, new=2, new_root=two, path=[])
    with pytest.raises(Invalid):
        check_consistency(old=3, old_root=three, new=3, new_root=two, path=[])


def test_an_inner_node_is_not_an_entry_even_where_its_hashes_lead_to_the_root() -> None:
    leaves = leaves_of(4)
    left, right = node_hash(leaves[0], leaves[1]), node_hash(leaves[2], leaves[3])
    with pytest.raises(Invalid, match="长度"):
        check_inclusion(leaf=left, index=0, size=4, path=[right], root=root_of(leaves))


def test_hashes_of_another_length_are_refused() -> None:
    leaves = leaves_of(2)
    with pytest.raises(Invalid):
        check_inclusion(leaf=leaves[0], index=0, size=2, path=[leaves[1] + b"x"], root=root_of(leaves))


def test_proofs_outside_the_tree_are_not_made() -> None:
    with pytest.raises(ValueError, match="not in a tree"):
        inclusion_proof(3, 3, hashes_of(leaves_of(3)))
    with pytest.raises(ValueError, match="does not follow"):
        consistency_proof(4, 3, hashes_of(leaves_of(3)))
