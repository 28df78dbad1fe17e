"""The stories of the demonstration, one file each: what was to be done, what was done and written down, and how far it has come by 3 March 2026."""
