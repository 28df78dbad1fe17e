"""Who may use which public address: anyone; the table says what each shows and how it may be kept."""

from __future__ import annotations

from xiaohao.web.permissions import Cache, Sees, Table, public

PORTAL: Table = {
    "home": {"GET": public()},
    "tasks": {"GET": public()},
    "task": {"GET": public()},
    "task_pdf": {"GET": public()},
    "batch": {"GET": public()},
    "notice": {"GET": public()},
    "notice_pdf": {"GET": public()},
    "objection": {"GET": public(cache=Cache.PRIVATE), "POST": public(cache=Cache.NEVER)},
    "receipt_lookup": {"GET": public(Sees.NOTHING), "POST": public(Sees.NOTHING, Cache.NEVER)},
    "receipt": {"GET": public(Sees.OWN_RECEIPT, Cache.NEVER)},
    "receipt_file": {"GET": public(Sees.OWN_RECEIPT, Cache.NEVER)},
    "receipt_withdraw": {"GET": public(Sees.OWN_RECEIPT, Cache.NEVER), "POST": public(Sees.OWN_RECEIPT, Cache.NEVER)},
    "receipt_recheck": {"GET": public(Sees.OWN_RECEIPT, Cache.NEVER), "POST": public(Sees.OWN_RECEIPT, Cache.NEVER)},
    "petitions": {"GET": public()},
    "petitions_csv": {"GET": public()},
    "verify": {"GET": public(), "POST": public(cache=Cache.NEVER)},
    "evidence": {"GET": public(cache=Cache.OWN)},
    "journal_checkpoint": {"GET": public(cache=Cache.OWN)},
    "journal_tile": {"GET": public(cache=Cache.OWN)},
    "journal_proof": {"GET": public(cache=Cache.OWN)},
    "journal_key": {"GET": public(cache=Cache.OWN)},
    "accessibility": {"GET": public(Sees.NOTHING)},
    "privacy": {"GET": public(Sees.NOTHING)},
}
