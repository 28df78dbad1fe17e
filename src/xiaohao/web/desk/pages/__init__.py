"""What each page of the desk shows, as frozen values made from a case; no page asks the database by itself."""
