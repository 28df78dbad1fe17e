"""Fictional notices in many layouts with gold by construction: what goes in is known, so what comes out can be scored."""
