"""`xiaohao`: finds the command and runs it. Commands are the modules of this room that have a NAME; nothing heavy is loaded to list them."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Iterator, Sequence
from types import ModuleType

import xiaohao
from xiaohao import cli

#: Programs of their own and the parts of commands: never imported to list the commands.
NOT_COMMANDS = frozenset({"main", "verify", "verifying", "corpus", "inputs", "terminal", "columns", "django_room", "progress"})

#: Exit status of a program that the person interrupted (128 + SIGINT).
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run `xiaohao` with these arguments and return its exit status. An interruption and a closed pipe are quiet."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    # pictures are compared in small matrices: a thread for each core only makes them wait for each other
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # who read our output has enough; the rest goes nowhere, so that closing it at exit is quiet as well
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def _run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="xiaohao", description="整改验收销号：核对公示和案卷，办理销号，验证日志。", add_help=False)
    _say_it_in_chinese(parser)
    parser.add_argument("-h", "--help", action="help", help="显示本说明")
    parser.add_argument("--version", action="version", version=f"xiaohao {xiaohao.__version__}", help="显示版本")
    commands = parser.add_subparsers(title="命令", metavar="命令", dest="command")
    named = _named(arguments)
    for module in (named,) if named else tuple(_all_commands()):
        command = commands.add_parser(module.NAME, help=module.HELP, description=module.HELP, add_help=False)
        _say_it_in_chinese(command)
        command.add_argument("-h", "--help", action="help", help="显示本说明")
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    args = parser.parse_args(arguments)
    if args.command is None:
        parser.print_help()
        return 0
    status: int = args.run(args)
    return status


def _named(arguments: list[str]) -> ModuleType | None:
    """The module of the command that the arguments name, where its file is called like it: then no other one is imported."""
    name = arguments[0].replace("-", "_") if arguments else ""
    known = {module.name for module in pkgutil.iter_modules(cli.__path__)} - NOT_COMMANDS
    file = next((one for one in (name, f"{name}_") if one in known), None)
    module = importlib.import_module(f"xiaohao.cli.{file}") if file else None
    return module if module is not None and getattr(module, "NAME", None) == arguments[0] else None


def _all_commands() -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(cli.__path__):
        if found.name not in NOT_COMMANDS:
            module = importlib.import_module(f"xiaohao.cli.{found.name}")
            if hasattr(module, "NAME"):
                yield module


def _say_it_in_chinese(parser: argparse.ArgumentParser) -> None:
    """argparse's own headings, in the language of the rest of the help."""
    parser._positionals.title = "参数"
    parser._optionals.title = "选项"


if __name__ == "__main__":
    sys.exit(main())
