"""How this room says that bytes are not what they claim to be: one exception, with a sentence a reader of a notice understands."""

from __future__ import annotations

from xiaohao.kernel.said import Said


class Invalid(ValueError):  # noqa: N818 - a verdict about bytes, not a fault of the program
    """The bytes are refused; `said` tells why."""

    def __init__(self, said: Said) -> None:
        super().__init__(str(said))
        self.said = said
