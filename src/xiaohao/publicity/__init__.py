"""Publicity 公示: how long a notice must stand, what it must hold, and what becomes of an objection 异议.

Which order the steps have, and how many days a place asks for, is the procedure's business; here are the counting and the contents.
"""
