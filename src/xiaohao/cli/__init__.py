"""The programs: `xiaohao` with its commands, one module each, and `xiaohao-verify`, which knows only the journal.

A command is a module here with NAME, HELP, add_arguments(parser) and run(args) -> exit status; it imports what it needs inside `run`.
"""
