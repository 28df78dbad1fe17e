"""A process of its own: two reviewers decide on one task at the same moment, in a real installation with real transactions.

Run as `python -m tests.acts.two_deciders` with XIAOHAO_HOME set; prints what it came to as one JSON line.
"""

from __future__ import annotations

import json
import sys
import threading

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from tests.acts.walking import make_task  # noqa: E402
from tests.cases import DEFAULT_ROUTE, works_life  # noqa: E402
from xiaohao.acts import verdicts  # noqa: E402
from xiaohao.acts.receipt import Overtaken  # noqa: E402
from xiaohao.dossier.record import Opinion  # noqa: E402
from xiaohao.kernel.refused import Refused  # noqa: E402
from xiaohao.kernel.roles import Actor, Role  # noqa: E402
from xiaohao.records.models import JournalEntry, Task  # noqa: E402

REVIEWERS = tuple(Actor(f"person-cityoffice-{n}", "org-cityoffice", frozenset({Role.REVIEWER})) for n in (1, 2))


def decide(task: Task, by: Actor, number: int, barrier: threading.Barrier, said: dict[int, str]) -> None:
    """One reviewer: the first gives the review, the second sends the task back; both saw the same version of the page."""
    at = works_life(DEFAULT_ROUTE).at("review")
    barrier.wait()
    try:
        if number == 1:
            verdicts.review(
                task=task.id, by=by, at=at, key=f"{task.version} review", text="逐条核对，各项有据。", seconds=900, version=task.version
            )
        else:
            asked = (Opinion(measure="measure-7-1", reason="干管有两处渗漏。", todo="修复后通水。"),)
            letter = {"reason": "登记与现场不一致。", "opinions": asked, "due": "2026-12-31"}
            verdicts.return_to_work(task=task.id, by=by, at=at, key=f"{task.version} return", version=task.version, **letter)
        said[number] = "decided"
    except Overtaken:
        said[number] = "overtaken"
    except Refused as refused:
        said[number] = "refused " + ",".join(unmet.gate for unmet in refused.unmet)
    finally:
        connection.close()


def one_round(task: Task) -> dict[str, object]:
    barrier, said = threading.Barrier(2), dict[int, str]()
    before = JournalEntry.objects.count()
    threads = [threading.Thread(target=decide, args=(task, by, n, barrier, said)) for n, by in enumerate(REVIEWERS, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    task.refresh_from_db()
    return {"said": sorted(said.values()), "entries": JournalEntry.objects.count() - before, "status": task.status}


def main() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    task = make_task("accepted")
    sys.stdout.write(json.dumps(one_round(task)) + "\n")


if __name__ == "__main__":
    sys.exit(main())
