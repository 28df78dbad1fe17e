"""The procedure: one table of steps, the gates before them, and the order that a place's rulebook puts them in.

Everything is asked of a dossier and answered without a database: `decide` grants a step or refuses it with every reason.
"""
