"""`xiaohao-verify`: check a proof, a receipt, a checkpoint or a whole exported journal, without a network and without trusting this program's site.

It needs the standard library and `cryptography`; no database, no Django. Exit status 0 valid (witnessed or not), 1 invalid, 2 wrong use.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from xiaohao.cli.verifying.english import in_english
from xiaohao.cli.verifying.export import verify_checkpoint, verify_journal
from xiaohao.cli.verifying.proof import verify_proof
from xiaohao.cli.verifying.receipt import Kept, verify_receipt
from xiaohao.cli.verifying.report import Report
from xiaohao.cli.verifying.trust import trusted
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.policy import Policy
from xiaohao.journal.receipt import HEADER as RECEIPT
from xiaohao.journal.tlog_proof import HEADER as PROOF
from xiaohao.kernel.said import Said, say

VALID, INVALID, USAGE = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status; the verdict is the first line of standard output."""
    given = sys.argv[1:] if argv is None else list(argv)
    english = _language(given) == "en"
    parser = _parser(english)
    args = parser.parse_args(given)
    try:
        policy = trusted(args)
        if policy is None:
            parser.error(_in(say("请用 --policy 或 --key 写明信任谁：公钥印在官方手册和报纸上，不要从要核对的网站上取"), english))
        report = _verify(args, policy, parser, english)
    except Invalid as wrong:
        _tell(_in(say("无效：{why}", why=wrong.said), english))
        return INVALID
    except OSError as failed:
        print(_in(say("读不了 {path}：{why}", path=failed.filename, why=failed.strerror), english), file=sys.stderr)
        return USAGE
    _tell(_in(report.verdict.value, english), *("  " + _in(line, english) for line in report.lines))
    return VALID


def _tell(*lines: str) -> None:
    """Print the answer. A terminal without Chinese shows marks in its place, and a reader who has seen enough (`| head`) changes no verdict."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        print(*lines, sep="\n", flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _verify(args: argparse.Namespace, policy: Policy, parser: argparse.ArgumentParser, english: bool) -> Report:
    what = Path(args.what)
    if what.is_dir():
        _only(args, parser, english, "since")
        return verify_journal(what, policy, since=args.since)
    kind = _first_line(what)
    if kind == PROOF:
        _only(args, parser, english, "entry", "opened", "row")
        return verify_proof(what, policy, entry_path=args.entry, opened_path=args.opened, row_path=args.row)
    if kind == RECEIPT:
        _only(args, parser, english, "within", "content", "salt")
        if (args.content is None) != (args.salt is None):
            parser.error(_in(say("--content 和 --salt 要一起用"), english))
        return verify_receipt(what, policy, within=args.within, kept=Kept(args.content, args.salt) if args.content else None)
    _only(args, parser, english, "since", "consistency")
    if args.consistency and not args.since:
        parser.error(_in(say("--consistency 要和 --since 一起用"), english))
    return verify_checkpoint(what, policy, since=args.since, consistency=args.consistency)


def _only(args: argparse.Namespace, parser: argparse.ArgumentParser, english: bool, *fitting: str) -> None:
    """Refuse an option that this kind of file makes no use of, rather than let a reader think it was checked."""
    options = {
        "entry": "--entry",
        "opened": "--opened",
        "since": "--since",
        "consistency": "--consistency",
        "within": "--in",
        "row": "--row",
    }
    for name, option in {**options, "content": "--content", "salt": "--salt"}.items():
        if name not in fitting and getattr(args, name) is not None:
            parser.error(_in(say("{option} 不适用于这种文件", option=option), english))


def _first_line(path: Path) -> str:
    with path.open("rb") as file:
        return file.readline(len(PROOF) + 1).decode("ascii", errors="replace").rstrip("\n")


def _language(given: Sequence[str]) -> str:
    """--lang, or else the first of LC_ALL, LC_MESSAGES, LANG; Chinese unless one of them says English."""
    for at, word in enumerate(given):
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if word == "--lang" and at + 1 < len(given):
            return given[at + 1]
    setting = next(filter(None, (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "en" if setting.lower().startswith("en") else "zh"


def _in(said: Said, english: bool) -> str:
    return in_english(said) if english else str(said)


def _parser(english: bool) -> argparse.ArgumentParser:
    def tell(said: Said) -> str:
        return _in(said, english)

    parser = argparse.ArgumentParser(
        prog="xiaohao-verify",
        description=tell(say("核对证明文件（.tlog-proof）、异议回执、检查点，或导出的整个日志。不联网，不相信网站，只相信您给的公钥。")),
        epilog=tell(say("退出码：0 有效（含还没有见证），1 无效，2 用法不对或文件读不了。")),
    )
    parser.add_argument("what", metavar="FILE|DIR", help=tell(say("要核对的文件，或导出的日志目录")))
    trust = parser.add_mutually_exclusive_group()
    trust.add_argument("--policy", metavar="FILE", help=tell(say("信任名单（C2SP tlog-policy）")))
    trust.add_argument("--key", metavar="VKEY", action="append", help=tell(say("信任的日志公钥，可写多次")))
    parser.add_argument(
        "--witness", metavar="VKEY", action="append", default=[], help=tell(say("与 --key 同用：要求这个见证也签过，可写多次"))
    )
    parser.add_argument("--entry", metavar="FILE", type=Path, help=tell(say("证明文件：记录本身（不写则取文件里的 extra 行）")))
    parser.add_argument("--opened", metavar="PROOF", type=Path, help=tell(say("销号的证明：同一任务发布公示的证明，核对公示期")))
    parser.add_argument("--row", metavar="FILE", type=Path, help=tell(say("证明文件：一批里的一行（行证明），核对它在这条记录里")))
    parser.add_argument("--since", metavar="FILE|DIR", type=Path, help=tell(say("日志或检查点：以前存下的检查点或日志，核对没有改写")))
    parser.add_argument(
        "--consistency", metavar="FILE", type=Path, help=tell(say("检查点：与 --since 之间的一致性证明，每行一个 base64 哈希"))
    )
    parser.add_argument("--in", dest="within", metavar="PROOF|DIR", type=Path, help=tell(say("回执：收录它的证明文件，或导出的日志目录")))
    parser.add_argument("--content", metavar="FILE", type=Path, help=tell(say("回执：当时提交的内容")))
    parser.add_argument("--salt", metavar="HEX", help=tell(say("回执：随回执给的盐")))
    parser.add_argument("--lang", choices=["zh", "en"], help=tell(say("输出的语言（默认看 LANG）")))
    return parser


if __name__ == "__main__":
    sys.exit(main())
