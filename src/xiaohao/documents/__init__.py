"""Text in and out: notices read to drafts with spans back into the source, notices and forms written from dossiers."""
