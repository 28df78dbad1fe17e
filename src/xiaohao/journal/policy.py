"""Whom a reader trusts (C2SP tlog-policy): the keys of logs, the keys of witnesses, and how many witnesses together are enough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xiaohao.journal.encoding import from_decimal, shown
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.keys import Algorithm, VerifierKey, parse_vkey
from xiaohao.kernel.said import Said, say

#: Bytes; a policy of the recommended 32 logs, 32 witnesses and 32 groups has about 10 kB.
LONGEST_POLICY = 64 * 1024

#: The quorum that asks for no witness.
NONE = "none"


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A key of the policy, with the address at which its holder is reached (\"\" when the policy gives none)."""

    key: VerifierKey
    url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """`needed` of the `members` (names of witnesses or groups) count as this group having signed."""

    needed: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """Logs, witnesses and groups by name, and the name that must have signed. Names mean nothing outside the policy."""

    logs: tuple[KnownKey, ...]
    witnesses: Mapping[str, KnownKey]
    groups: Mapping[str, Group]
    quorum: str = NONE

    def is_met_by(self, names: Iterable[str]) -> bool:
        """Whether these witnesses together are enough. Always true for `quorum none`."""
        return self.quorum == NONE or self._signed(self.quorum, frozenset(names))

    def met_at(self, times: Mapping[str, int]) -> int | None:
        """The earliest time (POSIX seconds) by which enough witnesses had signed, from the time of each; None when never, or for `quorum none`."""
        if self.quorum == NONE:
            return None
        return next(
            (time for time in sorted(times.values()) if self.is_met_by(name for name, signed in times.items() if signed <= time)), None
        )

    def _signed(self, name: str, signed: frozenset[str]) -> bool:
        group = self.groups.get(name)
        if group is None:
            return name in signed
        return sum(self._signed(member, signed) for member in group.members) >= group.needed


def policy_of(logs: Iterable[VerifierKey], witnesses: Iterable[VerifierKey] = ()) -> Policy:
    """A policy from keys given one by one: any of the logs, and every one of the witnesses. Raises Invalid for a key of the wrong kind."""
    reader = _Reader()
    for number, key in enumerate(logs, 1):
        reader.log(number, [str(key)])
    for number, key in enumerate(witnesses, 1):
        reader.witness(number, [key.name, str(key)])
    if reader.witnesses:
        reader.groups["all"] = Group(len(reader.witnesses), tuple(reader.witnesses))
    return Policy(tuple(reader.logs), reader.witnesses, reader.groups, "all" if reader.witnesses else NONE)


def parse_policy(content: bytes) -> Policy:
    """Read a policy file. Raises Invalid with the number of the line that is wrong."""
    if len(content) > LONGEST_POLICY:
        raise Invalid(say("信任名单超过 {limit} 字节", limit=LONGEST_POLICY))
    reader = _Reader()
    for number, raw in enumerate(content.split(b"\n"), 1):
        if any((octet < 0x20 and octet != 0x09) or octet == 0x7F for octet in raw):
            raise _wrong(number, say("有不许用的字符"))
        # Names are opaque octets to the format; only space and tab separate.
        words = raw.decode(errors="surrogateescape").replace("\t", " ").strip(" ")
        if words and not words.startswith("#"):
            keyword, *rest = [word for word in words.split(" ") if word]
            reader.line(number, keyword, rest)
    if reader.quorum is None:
        raise Invalid(say("信任名单没有 quorum 一行"))
    return Policy(tuple(reader.logs), reader.witnesses, reader.groups, reader.quorum)


class _Reader:
    """What the lines so far have defined; a line may only name what stands above it."""

    def __init__(self) -> None:
        self.logs: list[KnownKey] = []
        self.witnesses: dict[str, KnownKey] = {}
        self.groups: dict[str, Group] = {}
        self.quorum: str | None = None
        self._members: set[str] = set()

    def line(self, number: int, keyword: str, rest: list[str]) -> None:
        match keyword:
            case "log":
                self.log(number, rest)
            case "witness":
                self.witness(number, rest)
            case "group":
                self.group(number, rest)
            case "quorum":
                self.set_quorum(number, rest)
            case _:
                raise _wrong(number, say("不认识的词：{word}", word=shown(keyword)))

    def log(self, number: int, rest: list[str]) -> None:
        if len(rest) not in (1, 2):
            raise _wrong(number, say("应写作 log <vkey> [<url>]"))
        key = _key(number, rest[0], Algorithm.ED25519)
        if any(known.key.public == key.public for known in self.logs):
            raise _wrong(number, say("同一把公钥写了两次"))
        self.logs.append(KnownKey(key, "".join(rest[1:])))

    def witness(self, number: int, rest: list[str]) -> None:
        if len(rest) not in (2, 3):
            raise _wrong(number, say("应写作 witness <name> <vkey> [<url>]"))
        name = self._new_name(number, rest[0])
        key = _key(number, rest[1], Algorithm.COSIGNATURE)
        if any(known.key.public == key.public for known in self.witnesses.values()):
            raise _wrong(number, say("同一把公钥写了两次"))
        self.witnesses[name] = KnownKey(key, "".join(rest[2:]))

    def group(self, number: int, rest: list[str]) -> None:
        if len(rest) < 3:
            raise _wrong(number, say("应写作 group <name> all|any|<k> <name>…"))
        name, word, *members = rest
        self._new_name(number, name)
        for member in members:
            self._known(number, member)
            if member in self._members:
                raise _wrong(number, say("{name} 已是一个组的成员", name=shown(member)))
            self._members.add(member)
        self.groups[name] = Group(_needed(number, word, len(members)), tuple(members))

    def set_quorum(self, number: int, rest: list[str]) -> None:
        if len(rest) != 1 or self.quorum is not None:
            raise _wrong(number, say("quorum 应有且只有一行，写一个名称"))
        if rest[0] != NONE:
            self._known(number, rest[0])
        self.quorum = rest[0]

    def _new_name(self, number: int, name: str) -> str:
        if name == NONE or name in self.witnesses or name in self.groups:
            raise _wrong(number, say("名称 {name} 已用过", name=shown(name)))
        return name

    def _known(self, number: int, name: str) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise _wrong(number, say("名称 {name} 在前面没有定义", name=shown(name)))


def _needed(number: int, word: str, members: int) -> int:
    if word in ("all", "any"):
        return members if word == "all" else 1
    try:
        needed = from_decimal(word)
    except Invalid as wrong:
        raise _wrong(number, wrong.said) from None
    if not 1 <= needed <= members:
        raise _wrong(number, say("{members} 个成员里不能要求 {needed} 个", members=members, needed=needed))
    return needed


def _key(number: int, text: str, algorithm: Algorithm) -> VerifierKey:
    try:
        key = parse_vkey(text)
    except Invalid as wrong:
        raise _wrong(number, wrong.said) from None
    if key.algorithm is not algorithm:
        raise _wrong(number, say("公钥的种类不对：日志用 0x01，见证用 0x04"))
    return key


def _wrong(number: int, said: Said) -> Invalid:
    return Invalid(say("信任名单第 {number} 行：{why}", number=number, why=said))
