"""What goes out and comes in, as pydantic shapes: the names in the JSON and, through them, the OpenAPI description."""
