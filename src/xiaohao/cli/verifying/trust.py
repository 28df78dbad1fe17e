"""Whom the reader of a notice trusts: a policy file, or keys given one by one. The verifier itself trusts nobody."""

from __future__ import annotations

import argparse
from pathlib import Path

from xiaohao.cli.verifying.files import read_file
from xiaohao.journal.keys import parse_vkey
from xiaohao.journal.policy import LONGEST_POLICY, Policy, parse_policy, policy_of


def trusted(args: argparse.Namespace) -> Policy | None:
    """The policy that the command line names, None when it names none. Raises Invalid, OSError."""
    if args.policy:
        return parse_policy(read_file(Path(args.policy), LONGEST_POLICY))
    if args.key:
        return policy_of([parse_vkey(key) for key in args.key], [parse_vkey(key) for key in args.witness])
    return None
