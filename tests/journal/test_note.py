"""Signed notes, keys and checkpoints: what is accepted, and that nothing changed is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.story import CITY, NEXT_SIGNER, ORIGIN, PROVINCE, SIGNER, at, note_of
from tests.journal.trees import flipped
from xiaohao.journal.attested import attest
from xiaohao.journal.checkpoint import Checkpoint, parse_checkpoint, sign_checkpoint
from xiaohao.journal.cosignature import unpack_cosignature
from xiaohao.journal.encoding import from_base64, from_decimal, to_base64
from xiaohao.journal.hashing import EMPTY_ROOT
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.keys import VerifierKey, parse_vkey
from xiaohao.journal.note import open_note, sign_note, signature_of, split_note
from xiaohao.journal.policy import policy_of
from xiaohao.journal.signer import Cosigner, Signer, generate_key, parse_private_key, private_key_text

NOTE = note_of(12, at(3, 10, 10))
POLICY = policy_of([SIGNER.key], [CITY.key, PROVINCE.key])
#: The example of the C2SP signed-note specification.
SPEC_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SPEC_NOTE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)


def test_the_example_of_the_specification_opens() -> None:
    assert open_note(SPEC_NOTE.encode(), [parse_vkey(SPEC_KEY)]).text == "This is an example message.\n"


@settings(deadline=None, max_examples=300)
@given(flipped(NOTE))
def test_no_note_with_a_changed_bit_is_believed_in_full(changed: bytes) -> None:
    """A flip in a key's name or id makes that line a stranger's; then what is left is less, never something else."""
    try:
        found = attest(changed, POLICY)
    except Invalid:
        return
    assert found.checkpoint == attest(NOTE, POLICY).checkpoint
    assert len(found.cosigned) < 2
    assert not found.witnessed


def test_a_text_with_blank_lines_and_chinese_is_split_at_the_last_blank_line() -> None:
    note = sign_note("一\n\n二\n", SIGNER)
    assert open_note(note, [SIGNER.key]).text == "一\n\n二\n"


def test_a_known_key_whose_line_fails_spoils_the_note_and_unknown_keys_do_not() -> None:
    stranger = Signer("stranger.example", b"\x44" * 32)
    bad = signature_of(SIGNER.key, b"\x00" * 64).line().encode()
    good = sign_note("text\n", stranger)
    assert open_note(good + bad, [stranger.key]).signed == ((stranger.key, stranger.sign(b"text\n")),)
    with pytest.raises(Invalid, match="签名不成立"):
        open_note(good + bad, [stranger.key, SIGNER.key])
    with pytest.raises(Invalid, match="没有所信任的签名"):
        open_note(good, [SIGNER.key])
    with pytest.raises(Invalid):
        open_note(good, [])


def test_a_key_of_the_same_name_and_another_id_is_another_key() -> None:
    with pytest.raises(Invalid, match="没有所信任的签名"):
        open_note(sign_note("text\n", SIGNER), [NEXT_SIGNER.key])


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"\n",
        b"text\n",
        b"text\n\n",
        "text\n\n— a AAAAAAA=".encode(),
        b"text\n\n- a AAAAAAA=\n",
        "text\n\n— a AAAA\n".encode(),
        "text\n\n— a AAAAAA==\n".encode(),
        "text\n\n— a b AAAAAAA=\n".encode(),
        "text\n\n— a+b AAAAAAA=\n".encode(),
        "text\n\n—  AAAAAAA=\n".encode(),
        "text\n\n— a AAAAAAB=\n".encode(),
        "te\rxt\n\n— a AAAAAAA=\n".encode(),
        "te\txt\n\n— a AAAAAAA=\n".encode(),
        b"te\xffxt\n\n\xe2\x80\x94 a AAAAAAA=\n",
        ("x" * 131072 + "\n\n— a AAAAAAA=\n").encode(),
    ],
)
def test_bytes_that_are_no_note_are_refused(note: bytes) -> None:
    with pytest.raises(Invalid):
        split_note(note)


def test_at_least_sixteen_signatures_are_accepted() -> None:
    note = sign_note("text\n", SIGNER)
    for n in range(40):
        other = Signer(f"other{n}.example", bytes([n]) * 32)
        note += signature_of(other.key, other.sign(b"text\n")).line().encode()
    assert len(split_note(note).signatures) == 41
    assert len(open_note(note, [SIGNER.key]).signed) == 1


@pytest.mark.parametrize("text", ["no newline", "a\tb\n", "a\r\n"])
def test_a_text_that_a_note_cannot_carry_is_not_signed(text: str) -> None:
    with pytest.raises(ValueError, match="newline"):
        sign_note(text, SIGNER)


@given(st.binary(min_size=32, max_size=32), st.sampled_from(["log.qinghe.example/xiaohao", "销号日志.example/青禾"]))
def test_keys_are_read_as_they_are_written(seed: bytes, name: str) -> None:
    private, public = generate_key(name, seed)
    signer = parse_private_key(private + "\n")
    assert signer == Signer(name, seed) == Signer.from_text(private)
    assert str(signer.key) == public
    assert parse_vkey(public) == signer.key
    cosigner = Cosigner(name, seed)
    assert (parse_private_key(private_key_text(cosigner)), parse_vkey(str(cosigner.key))) == (cosigner, cosigner.key)


@given(st.data())
def test_no_public_key_with_a_changed_letter_is_read_as_one(data: st.DataObject) -> None:
    text = str(SIGNER.key)
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from([c for c in "abcABC019+/ =" if c != text[place]]))
    with pytest.raises(Invalid):
        parse_vkey(text[:place] + letter + text[place + 1 :])


def test_a_private_key_never_shows_itself() -> None:
    private = private_key_text(SIGNER)
    assert "seed" not in repr(SIGNER)
    for wrong in ("", "x", private[:-2], private.replace("PRIVATE", "PUBLIC"), private.replace("qinghe", "xiping")):
        with pytest.raises(Invalid) as refused:
            parse_private_key(wrong)
        assert str(refused.value) == "这不是私钥文件"
    with pytest.raises(Invalid):
        Signer.from_text(private_key_text(CITY))


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "a\nb", "a\u3000b"])
def test_a_key_name_has_no_space_and_no_plus(name: str) -> None:
    with pytest.raises(Invalid):
        Signer(name, b"\x11" * 32)


def test_a_seed_has_32_bytes() -> None:
    for kind in (Signer, Cosigner):
        with pytest.raises(ValueError, match="32"):
            kind("log.example", b"short")


def test_unknown_kinds_of_keys_are_refused() -> None:
    post_quantum = VerifierKey("w.example", 6, b"\x00" * 32)  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="不认识的公钥种类"):
        parse_vkey(str(post_quantum))


def test_a_witness_line_of_another_length_does_not_hold() -> None:
    assert CITY.key.verifies(b"text\n", b"\x00" * 71) is False
    with pytest.raises(Invalid):
        unpack_cosignature(b"\x00" * 71)


ROOT = to_base64(EMPTY_ROOT)


def test_a_checkpoint_is_read_as_it_is_written_extensions_included() -> None:
    for checkpoint in (Checkpoint("o", 0, EMPTY_ROOT), Checkpoint("一 处", 12, b"\x01" * 32, ("ext 1", "ext 2"))):
        assert parse_checkpoint(checkpoint.text()) == checkpoint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "o\n1\n",
        f"o\n01\n{ROOT}\n",
        f"\n1\n{ROOT}\n",
        f"o\n1\n{ROOT}",
        f"o\n1\n{ROOT}\n\n",
        "o\n1\nAAAA\n",
        f"o\n-1\n{ROOT}\n",
        f"o\n9223372036854775808\n{ROOT}\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parse_checkpoint(text)


def test_a_log_signs_for_itself_only() -> None:
    with pytest.raises(ValueError, match="does not sign for"):
        sign_checkpoint(Checkpoint("log.other.example", 0, EMPTY_ROOT), SIGNER)
    other = Signer("log.other.example", b"\x55" * 32)
    forged = sign_note(Checkpoint(ORIGIN, 0, EMPTY_ROOT).text(), other)
    with pytest.raises(Invalid, match="签名的却是"):
        attest(forged, policy_of([other.key]))


def test_a_witness_alone_does_not_make_a_checkpoint() -> None:
    text = Checkpoint(ORIGIN, 0, EMPTY_ROOT).text()
    note = text.encode() + b"\n" + signature_of(CITY.key, CITY.cosign(text.encode(), 1)).line().encode()
    with pytest.raises(Invalid, match="没有所信任的日志的签名"):
        attest(note, POLICY)


def test_of_two_lines_of_one_witness_the_earlier_time_counts() -> None:
    text = Checkpoint(ORIGIN, 0, EMPTY_ROOT).text()
    note = sign_note(text, SIGNER)
    for seconds in (300, 100, 200):
        note += signature_of(CITY.key, CITY.cosign(text.encode(), seconds)).line().encode()
    assert attest(note, policy_of([SIGNER.key], [CITY.key])).witnessed_at == 100


@pytest.mark.parametrize("text", ["00", "+1", " 1", "1 ", "", "1e3", "１", "9223372036854775808"])
def test_numbers_have_one_spelling(text: str) -> None:
    with pytest.raises(Invalid):
        from_decimal(text)


@pytest.mark.parametrize("text", ["A", "AA", "AA==\n", "AB==", "AA=", "A-==", "é"])
def test_base64_has_one_spelling(text: str) -> None:
    with pytest.raises(Invalid):
        from_base64(text)
