"""The journal: an append-only Merkle log in the public C2SP formats, as pure functions over bytes (docs/journal.md).

What an act needs: `Entry` and `entry_bytes` to write, `proof_file` to prove, `Signer` and `sign_checkpoint` to sign, `attest` to believe.
"""

from xiaohao.journal.attested import Attested, attest
from xiaohao.journal.checkpoint import Checkpoint, parse_checkpoint, sign_checkpoint
from xiaohao.journal.commitment import check_commitment, commit
from xiaohao.journal.entry import ActedBy, Commitment, Entry, EntryType, LogSeen, ObjectionReceived, Outcome, Window
from xiaohao.journal.entry_format import entry_bytes, parse_entry
from xiaohao.journal.hashing import leaf_hash
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.policy import Policy, parse_policy, policy_of
from xiaohao.journal.receipt import ObjectionReceipt, open_receipt, sign_receipt
from xiaohao.journal.signer import Cosigner, Signer, generate_key, parse_private_key
from xiaohao.journal.tlog_proof import proof_file, read_proof

__all__ = [
    "ActedBy",
    "Attested",
    "Checkpoint",
    "Commitment",
    "Cosigner",
    "Entry",
    "EntryType",
    "Invalid",
    "LogSeen",
    "ObjectionReceipt",
    "ObjectionReceived",
    "Outcome",
    "Policy",
    "Signer",
    "Window",
    "attest",
    "check_commitment",
    "commit",
    "entry_bytes",
    "generate_key",
    "leaf_hash",
    "open_receipt",
    "parse_checkpoint",
    "parse_entry",
    "parse_policy",
    "parse_private_key",
    "policy_of",
    "proof_file",
    "read_proof",
    "sign_checkpoint",
    "sign_receipt",
]
