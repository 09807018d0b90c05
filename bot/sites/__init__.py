"""Where news and rates come from."""
