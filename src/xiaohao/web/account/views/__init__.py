"""Views of one account each."""
