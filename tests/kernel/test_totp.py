"""One-time codes agree with the published ones."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from xiaohao.kernel import totp

SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "code"),
    # RFC 6238 appendix B, SHA-1; its eight digits end in our six
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_codes_of_the_standard(seconds: int, code: str) -> None:
    assert totp.code_at(SECRET, seconds // totp.STEP) == code


@pytest.mark.parametrize(("late", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_code_is_taken_one_step_early_or_late_and_no_more(late: int, taken: bool) -> None:
    at = datetime.fromtimestamp(1_800_000_000, UTC)
    code = totp.code_at(SECRET, (int(at.timestamp()) + late) // totp.STEP)
    assert (totp.step_of(code, SECRET, at) is not None) is taken


def test_the_secret_is_written_as_phones_read_it() -> None:
    assert totp.written(SECRET) == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
