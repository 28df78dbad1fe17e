"""The database's note that units, people or places have changed: a mark that is another one after every change of their rows, undone with it.

Whoever keeps them in memory (records/everybody.py) looks at the mark. It is drawn by chance and not counted up: a number that a transaction took
back would come again for other rows. Installed by the migrations that touch these tables, looked for by `xiaohao fsck`.
"""

from __future__ import annotations

from typing import Any

_MARK = "records_partiesmark"
_TABLES = ("records_org", "records_person", "records_place")
_EVENTS = ("INSERT", "UPDATE", "DELETE")
_TABLE_OF = {f"{table}_marked_at_{event.lower()}": (table, event) for table in _TABLES for event in _EVENTS}
NAMES = tuple(_TABLE_OF)

_SQLITE = f"INSERT OR REPLACE INTO {_MARK} (id, mark) VALUES (1, lower(hex(randomblob(16))))"
_POSTGRESQL = f"""CREATE OR REPLACE FUNCTION xiaohao_parties_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO {_MARK} (id, mark) VALUES (1, replace(gen_random_uuid()::text, '-', ''))
      ON CONFLICT (id) DO UPDATE SET mark = EXCLUDED.mark;
      RETURN NULL;
    END $$"""


def install(_apps: Any, schema_editor: Any) -> None:
    """Put the triggers in place, replacing any that are there (a migration operation)."""
    remove(_apps, schema_editor)
    on_sqlite = schema_editor.connection.vendor == "sqlite"
    if not on_sqlite:
        schema_editor.execute(_POSTGRESQL, params=None)
    for name, (table, event) in _TABLE_OF.items():
        what = f"BEGIN {_SQLITE}; END" if on_sqlite else "FOR EACH STATEMENT EXECUTE FUNCTION xiaohao_parties_changed()"
        schema_editor.execute(f"CREATE TRIGGER {name} AFTER {event} ON {table} {what}", params=None)


def remove(_apps: Any, schema_editor: Any) -> None:
    """Take the triggers away (the reverse operation)."""
    for name, (table, _) in _TABLE_OF.items():
        on = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}", params=None)
