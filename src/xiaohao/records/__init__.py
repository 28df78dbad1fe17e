"""The rows behind the cases: tables, constraints, triggers and queries, and what keeps bytes (files, tiles, the anchor).

The only room that knows the database; it never decides anything.
"""
