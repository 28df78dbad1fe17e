"""The gates, one file each: what must hold before a step, why, and what would meet it.

To add one, copy a file, put its function into the rows of steps.py that need it, and write its table of cases in tests/procedure/gates.
"""
