"""A small county of three tasks that wait for one acceptor, made like the demonstration but in seconds: `python -m tests.journeys.acceptance_day HOME`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from xiaohao.cli.demo import WHOLE, claim
from xiaohao.cli.django_room import load_django

#: Who accepts all three, and the list that they are in.
ACCEPTOR, LIST = "org-cityeco", "qh2025b"
#: Numbers of the tasks in their list.
NUMBERS = (5, 6, 7)


def main(home: Path) -> int:
    if not claim(home):
        sys.stderr.write(f"{home} is in use\n")
        return 2
    load_django(str(home))
    from django.core.management import call_command

    from xiaohao.acts import beginning
    from xiaohao.cli.init import prepare

    beginning.make_keys()
    call_command("migrate", verbosity=0, interactive=False)
    _settle()
    prepare()
    (home / WHOLE).touch(mode=0o600)
    return 0


def _settle() -> None:
    """The county's people, one list, and three of its small tasks as far as their applications."""
    from xiaohao.acts.clock import DEMO_BEGINS
    from xiaohao.seeds import county
    from xiaohao.seeds.moments import moment
    from xiaohao.seeds.office import posts
    from xiaohao.seeds.stories import stamped
    from xiaohao.seeds.story import Story
    from xiaohao.seeds.walk import walk_together

    def waiting(story: Story) -> Story:
        applied = next(one for one in story.taken if one.step == "apply")
        case = story.walk.case
        early = tuple(record for record in case.records if record.recorded_at < applied.at.isoformat())
        task = replace(case.task, acceptor=ACCEPTOR)
        steps = tuple(one for one in story.taken if one.at <= applied.at)
        return Story(replace(story.walk, case=replace(case, tasks=(task,), records=early)), steps)

    county.move_in()
    at = next(at for code, at, *_ in county.LISTS if code == LIST)
    county.open_list(at, LIST)
    told = [story for story in stamped.stories() if story.walk.case.task.number in NUMBERS]
    walk_together([waiting(story) for story in told], until=DEMO_BEGINS)
    posts.enter(moment("2026-03-03T08:58"))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
