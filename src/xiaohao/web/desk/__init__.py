"""The desk: what officials do here, screen by screen."""
