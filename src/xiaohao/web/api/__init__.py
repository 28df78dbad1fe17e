"""The API, version 1, under /api/v1/: what the pages show and the main acts, for programs. docs/api.md describes it."""
