"""The public site: every page works without sign-in, script or cookie."""
