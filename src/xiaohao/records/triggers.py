"""The database's own guard: journal rows are never changed or deleted, and a task's status moves only with a new journal entry about it.

SQLite drops a table's triggers when a migration rebuilds it, so every migration that touches these tables ends with `install`;
`xiaohao fsck` looks whether they are there.
"""

from __future__ import annotations

from typing import Any

from xiaohao.records import access_triggers, parties_triggers

NAMES = (
    "journal_is_never_changed",
    "journal_is_never_deleted",
    "status_needs_an_entry",
    "a_task_begins_with_an_entry",
    "a_task_is_never_deleted",
)

#: An entry about this task that says exactly this move, newer than the last one known.
_MOVE_IS_JOURNALED = """
    SELECT 1 FROM records_journalentry e
    WHERE e."index" = NEW.last_entry AND e.task_id = NEW.id AND e.state = NEW.status AND e.prev_state = {previous}
"""

_SQLITE = (
    """CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON records_journalentry
       BEGIN SELECT RAISE(ABORT, 'journal entries are never changed'); END""",
    """CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON records_journalentry
       BEGIN SELECT RAISE(ABORT, 'journal entries are never deleted'); END""",
    f"""CREATE TRIGGER status_needs_an_entry BEFORE UPDATE OF status ON records_task
        WHEN NEW.status <> OLD.status AND (NEW.last_entry <= OLD.last_entry OR NOT EXISTS ({_MOVE_IS_JOURNALED.format(previous="OLD.status")}))
        BEGIN SELECT RAISE(ABORT, 'a status moves only with a new journal entry'); END""",
    f"""CREATE TRIGGER a_task_begins_with_an_entry BEFORE INSERT ON records_task
        WHEN NOT EXISTS ({_MOVE_IS_JOURNALED.format(previous="''")})
        BEGIN SELECT RAISE(ABORT, 'a task begins with a journal entry'); END""",
    """CREATE TRIGGER a_task_is_never_deleted BEFORE DELETE ON records_task
       BEGIN SELECT RAISE(ABORT, 'tasks are never deleted'); END""",
)

_POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION xiaohao_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE OR REPLACE FUNCTION xiaohao_move_is_journaled() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' THEN
            IF NEW.status = OLD.status THEN RETURN NEW; END IF;
            IF NEW.last_entry > OLD.last_entry AND EXISTS ({_MOVE_IS_JOURNALED.format(previous="OLD.status")}) THEN RETURN NEW; END IF;
          ELSIF EXISTS ({_MOVE_IS_JOURNALED.format(previous="''")}) THEN RETURN NEW; END IF;
          RAISE EXCEPTION 'a status moves only with a new journal entry' USING ERRCODE = 'integrity_constraint_violation';
        END $$""",
    """CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON records_journalentry
       FOR EACH ROW EXECUTE FUNCTION xiaohao_refuse('journal entries are never changed')""",
    """CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON records_journalentry
       FOR EACH ROW EXECUTE FUNCTION xiaohao_refuse('journal entries are never deleted')""",
    """CREATE TRIGGER status_needs_an_entry BEFORE UPDATE ON records_task FOR EACH ROW EXECUTE FUNCTION xiaohao_move_is_journaled()""",
    """CREATE TRIGGER a_task_begins_with_an_entry BEFORE INSERT ON records_task FOR EACH ROW EXECUTE FUNCTION xiaohao_move_is_journaled()""",
    """CREATE TRIGGER a_task_is_never_deleted BEFORE DELETE ON records_task
       FOR EACH ROW EXECUTE FUNCTION xiaohao_refuse('tasks are never deleted')""",
)

TABLE_OF = {name: "records_journalentry" if name.startswith("journal") else "records_task" for name in NAMES}


def install(_apps: Any, schema_editor: Any) -> None:
    """Put the triggers in place, replacing any that are there (a migration operation)."""
    remove(_apps, schema_editor)
    for statement in _SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRESQL:
        schema_editor.execute(statement, params=None)


def remove(_apps: Any, schema_editor: Any) -> None:
    """Take the triggers away (the reverse operation)."""
    for name in NAMES:
        on = "" if schema_editor.connection.vendor == "sqlite" else f" ON {TABLE_OF[name]}"
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}", params=None)


def missing(connection: Any) -> tuple[str, ...]:
    """Names of the triggers that this database lacks."""
    catalogue = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        there = {row[0] for row in cursor.fetchall()}
    return tuple(name for name in (*NAMES, *access_triggers.NAMES, *parties_triggers.NAMES) if name not in there)
