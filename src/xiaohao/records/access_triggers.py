"""The database's guard of who may come in: the access log is never changed or deleted, and an administrator holds nothing beside their office,
in one account or in several of one person. Installed by the migrations that touch these tables, looked for by `xiaohao fsck`."""

from __future__ import annotations

from typing import Any

_LOG, _ACCOUNT = "records_accessevent", "records_account"
NAMES = ("access_log_is_never_changed", "access_log_is_never_deleted", "an_administrator_is_one_only", "an_administrator_stays_one_only")
_TABLE_OF = dict(zip(NAMES, (_LOG, _LOG, _ACCOUNT, _ACCOUNT), strict=True))

#: Roles are kept as JSON; every administrator's role, and no other, ends in _admin (tests/kernel/test_roles.py).
_CLASHES = f"""
    ({{text_new}} LIKE '%\\_admin"%' ESCAPE '\\' AND {{length}}(NEW.roles) > 1)
    OR (NEW.is_active AND {{length}}(NEW.roles) > 0 AND EXISTS (
        SELECT 1 FROM {_ACCOUNT} a WHERE a.person_id = NEW.person_id AND a.id <> NEW.id AND a.is_active AND {{length}}(a.roles) > 0
        AND ({{text_new}} LIKE '%\\_admin"%' ESCAPE '\\' OR {{text_old}} LIKE '%\\_admin"%' ESCAPE '\\') AND {{text_old}} <> {{text_new}}))
"""
_ON_SQLITE = _CLASHES.format(text_new="NEW.roles", text_old="a.roles", length="json_array_length")
_ON_POSTGRESQL = _CLASHES.format(text_new="NEW.roles::text", text_old="a.roles::text", length="jsonb_array_length")
_SAID = "an administrator holds no other role"

_SQLITE = (
    f"CREATE TRIGGER {NAMES[0]} BEFORE UPDATE ON {_LOG} BEGIN SELECT RAISE(ABORT, 'the access log is never changed'); END",
    f"CREATE TRIGGER {NAMES[1]} BEFORE DELETE ON {_LOG} BEGIN SELECT RAISE(ABORT, 'the access log is never deleted'); END",
    f"CREATE TRIGGER {NAMES[2]} BEFORE INSERT ON {_ACCOUNT} WHEN {_ON_SQLITE.replace('a.id <> NEW.id', '1')}"
    f" BEGIN SELECT RAISE(ABORT, '{_SAID}'); END",
    f"CREATE TRIGGER {NAMES[3]} BEFORE UPDATE OF roles, person_id, is_active ON {_ACCOUNT} WHEN {_ON_SQLITE}"
    f" BEGIN SELECT RAISE(ABORT, '{_SAID}'); END",
)
_POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION xiaohao_administrator_is_one_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF {_ON_POSTGRESQL} THEN RAISE EXCEPTION '{_SAID}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
          RETURN NEW;
        END $$""",
    f"CREATE TRIGGER {NAMES[0]} BEFORE UPDATE ON {_LOG} FOR EACH ROW EXECUTE FUNCTION xiaohao_refuse('the access log is never changed')",
    f"CREATE TRIGGER {NAMES[1]} BEFORE DELETE ON {_LOG} FOR EACH ROW EXECUTE FUNCTION xiaohao_refuse('the access log is never deleted')",
    f"CREATE TRIGGER {NAMES[2]} BEFORE INSERT ON {_ACCOUNT} FOR EACH ROW EXECUTE FUNCTION xiaohao_administrator_is_one_only()",
    f"CREATE TRIGGER {NAMES[3]} BEFORE UPDATE ON {_ACCOUNT} FOR EACH ROW EXECUTE FUNCTION xiaohao_administrator_is_one_only()",
)


def install(_apps: Any, schema_editor: Any) -> None:
    """Put the triggers in place, replacing any that are there (a migration operation)."""
    remove(_apps, schema_editor)
    for statement in _SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRESQL:
        schema_editor.execute(statement, params=None)


def remove(_apps: Any, schema_editor: Any) -> None:
    """Take the triggers away (the reverse operation)."""
    for name, table in _TABLE_OF.items():
        on = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}", params=None)
