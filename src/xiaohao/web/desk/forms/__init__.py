"""What may be typed on the desk, form by form. A form names every field it takes; nothing else that is sent is looked at."""
