"""Fictional cases, made only by walking real acts: the demonstration county stands on nothing that a person could not have done."""
