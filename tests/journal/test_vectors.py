"""The vectors computed with Go's library and a signer written from the format description: everything here must give the same bytes."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from typing import Any

import pytest

from tests.shared import SHARED, needs_shared
from xiaohao.journal.attested import attest
from xiaohao.journal.checkpoint import Checkpoint, parse_checkpoint, sign_checkpoint
from xiaohao.journal.hashing import leaf_hash, root_of
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.keys import parse_vkey
from xiaohao.journal.note import open_note, sign_note, split_note
from xiaohao.journal.policy import policy_of
from xiaohao.journal.proof import check_consistency, check_inclusion, consistency_proof, hashes_of, inclusion_proof, tree_root
from xiaohao.journal.signer import Cosigner, Signer
from xiaohao.journal.tiles import ENTRIES, Tile, decode_bundle, encode_bundle, grow, parse_path, tiles_of
from xiaohao.journal.tlog_proof import TlogProof, proof_file, read_proof, write_proof
from xiaohao.journal.witness import NEVER, Seen, add_checkpoint

pytestmark = pytest.mark.shared


@cache
def vectors() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SHARED / "data/journal/vectors.json").read_text("utf-8"))
    return found


@cache
def leaves(tree: int) -> tuple[bytes, ...]:
    given = vectors()["trees"][tree]
    if "leaves" in given:
        return tuple(bytes.fromhex(leaf["data_hex"]) for leaf in given["leaves"])
    return tuple(b"xiaohao-test-leaf-%d" % n for n in range(given["leaf_count"]))


@cache
def hashes(tree: int) -> Any:
    return hashes_of([leaf_hash(leaf) for leaf in leaves(tree)])


def unhex(path: list[str]) -> tuple[bytes, ...]:
    return tuple(bytes.fromhex(part) for part in path)


@needs_shared
@pytest.mark.parametrize("tree", [0, 1])
def test_roots_are_those_of_go_and_the_empty_one_that_of_the_rfc(tree: int) -> None:
    for size, root in vectors()["trees"][tree]["roots"].items():
        assert tree_root(int(size), hashes(tree)).hex() == root
        if int(size) <= 1000:
            assert root_of([leaf_hash(leaf) for leaf in leaves(tree)[: int(size)]]).hex() == root


@needs_shared
@pytest.mark.parametrize("tree", [0, 1])
def test_inclusion_proofs_are_made_and_accepted(tree: int) -> None:
    for given in vectors()["trees"][tree]["inclusion"]:
        path = unhex(given["path"])
        assert inclusion_proof(given["index"], given["size"], hashes(tree)) == path
        leaf, root = leaf_hash(leaves(tree)[given["index"]]), tree_root(given["size"], hashes(tree))
        check_inclusion(leaf=leaf, index=given["index"], size=given["size"], path=path, root=root)


@needs_shared
@pytest.mark.parametrize("tree", [0, 1])
def test_consistency_proofs_are_made_and_accepted(tree: int) -> None:
    for given in vectors()["trees"][tree]["consistency"]:
        old, new, path = given["old"], given["new"], unhex(given["path"])
        assert consistency_proof(old, new, hashes(tree)) == path
        old_root, new_root = tree_root(old, hashes(tree)), tree_root(new, hashes(tree))
        check_consistency(old=old, old_root=old_root, new=new, new_root=new_root, path=path)


@needs_shared
def test_everything_that_must_be_rejected_is() -> None:
    for given in vectors()["must_reject"]:
        match given["kind"]:
            case "inclusion":
                with pytest.raises(Invalid):
                    check_inclusion(
                        leaf=bytes.fromhex(given["leaf_hash"]),
                        index=given["index"],
                        size=given["size"],
                        path=unhex(given["path"]),
                        root=bytes.fromhex(given["root"]),
                    )
            case "consistency":
                with pytest.raises(Invalid):
                    check_consistency(
                        old=given["old"],
                        old_root=bytes.fromhex(given["old_root"]),
                        new=given["new"],
                        new_root=bytes.fromhex(given["new_root"]),
                        path=unhex(given["path"]),
                    )
            case "second-preimage":
                as_one_leaf = leaf_hash(bytes.fromhex(given["leaf_data_hex"]))
                assert as_one_leaf.hex() == given["root_size1_of_that_leaf"] != given["root_size2"]
            case other:
                pytest.fail(f"unknown kind {other}")


@needs_shared
@pytest.mark.parametrize("tree", [0, 1])
def test_tiles_and_bundles_have_the_bytes_of_go(tree: int) -> None:
    for given in vectors()["trees"][tree]["tiles_by_size"]:
        size = given["size"]
        growth = grow(0, (), leaves(tree)[:size], read_nothing)
        files = {tile.path: content for tile, content in growth.files}
        assert growth.root == tree_root(size, hashes(tree))
        assert sum(1 for tile in tiles_of(size) if tile.level != ENTRIES) == given["tile_total"]
        for listed in [*given["tiles"], *given["entry_bundles"]]:
            content = files[listed["path"]]
            assert (len(content), sha256(content).hexdigest()) == (listed["bytes"], listed["sha256"])


def read_nothing(tile: Tile) -> bytes:
    raise KeyError(tile.path)


@needs_shared
def test_bundles_are_read_back() -> None:
    assert decode_bundle(encode_bundle(leaves(0))) == leaves(0)


@needs_shared
def test_tile_paths_are_written_and_read() -> None:
    for given in vectors()["tile_paths"]:
        tile = Tile(given["level"], given["index"], given["partial_width"] or 256)
        assert (tile.path, parse_path(given["path"])) == (given["path"], tile)


@needs_shared
def test_keys_have_the_ids_and_the_spelling_of_go() -> None:
    for given in vectors()["keys"]:
        signer, cosigner = (
            Signer(given["name"], bytes.fromhex(given["seed_hex"])),
            Cosigner(given["name"], bytes.fromhex(given["seed_hex"])),
        )
        assert (str(signer.key), str(cosigner.key)) == (given["vkey"], given["cosigner_vkey"])
        assert signer.key.key_id.hex() == given["key_id_ed25519_hex"]
        assert cosigner.key.key_id.hex() == given["key_id_cosignature_v1_hex"]
        assert parse_vkey(given["vkey"]) == signer.key


def signer_of(name: str) -> Signer:
    return next(Signer(key["name"], bytes.fromhex(key["seed_hex"])) for key in vectors()["keys"] if key["name"] == name)


@needs_shared
def test_notes_are_signed_alike_and_open() -> None:
    given = vectors()["plain_note"]
    signer = signer_of("log.county.example/xiaohao")
    assert sign_note(given["text"], signer) == given["note"].encode()
    assert open_note(given["note"].encode(), [signer.key]).text == given["text"]


@needs_shared
def test_checkpoints_are_signed_alike_and_their_witnesses_are_read() -> None:
    witnesses = [parse_vkey(key["cosigner_vkey"]) for key in vectors()["keys"] if key["name"].startswith("witness")]
    for given in vectors()["checkpoints"]:
        note, signer = given["note"].encode(), signer_of(given["origin"])
        checkpoint = parse_checkpoint(given["text"])
        own_line = "".join(line.line() for line in split_note(note).signatures[:1])
        assert sign_checkpoint(checkpoint, signer).decode() == f"{given['text']}\n{own_line}"
        attested = attest(note, policy_of([signer.key], witnesses))
        assert (attested.checkpoint.origin, attested.checkpoint.size) == (given["origin"], given["size"])
        assert [seconds for _, seconds in attested.cosigned] == given["cosign_times"]
        assert attested.witnessed == (len(given["cosign_times"]) == len(witnesses))


@needs_shared
def test_the_witness_lines_are_those_of_the_vectors() -> None:
    signed = vectors()["checkpoints"][3]
    bare = vectors()["checkpoints"][1]["note"]
    cosigners = [Cosigner(key["name"], bytes.fromhex(key["seed_hex"])) for key in vectors()["keys"][1:3]]
    logs = {bare.split("\n")[0]: [signer_of(bare.split("\n")[0]).key]}
    note = bare
    for cosigner, seconds in zip(cosigners, signed["cosign_times"], strict=True):
        body = b"old 0\n\n" + bare.encode()
        answer = add_checkpoint(body, logs=logs, last=lambda _origin: NEVER, cosigners=[cosigner], seconds=seconds)
        assert answer.status == 200
        note += answer.body.decode()
    assert note == signed["note"]


@needs_shared
def test_the_given_witness_requests_are_answered_in_turn() -> None:
    origin = "log.county.example/xiaohao"
    logs, seen = {origin: [signer_of(origin).key]}, {origin: NEVER}
    statuses = []
    for given in vectors()["add_checkpoint_bodies"]:
        answer = add_checkpoint(given["body"].encode(), logs=logs, last=seen.__getitem__, cosigners=[], seconds=1)
        statuses.append(answer.status)
        if answer.seen:
            seen[origin] = answer.seen
    # The last body is consistent in itself, but starts from size 8, which this witness never signed.
    assert statuses == [200, 200, 200, 200, 409]
    assert (answer.body, answer.content_type) == (b"10\n", "text/x.tlog.size")
    at_eight = Seen(8, tree_root(8, hashes(0)), b"")
    last = vectors()["add_checkpoint_bodies"][-1]["body"].encode()
    assert add_checkpoint(last, logs=logs, last=lambda _origin: at_eight, cosigners=[], seconds=1).status == 200


@needs_shared
def test_the_proof_file_is_read_and_written_alike() -> None:
    given = vectors()["tlog_proof"]
    content, entry = given["text"].encode(), bytes.fromhex(given["leaf_data_hex"])
    proof = read_proof(content)
    assert write_proof(proof) == content
    assert len(content) == given["bytes"]
    made = read_proof(proof_file(proof.index, entry=entry, note=proof.note, hashes=hashes(0)))
    assert made == TlogProof(proof.index, proof.path, proof.note, entry)
    assert Checkpoint("log.county.example/xiaohao", 10, tree_root(10, hashes(0))) == parse_checkpoint(split_note(proof.note).text)
