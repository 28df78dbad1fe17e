"""Words that every room shares: levels, roles, dates, working days, and the way the system says no.

Nothing here knows what a task is; everything here can be explained to a new clerk in one sentence.
"""
