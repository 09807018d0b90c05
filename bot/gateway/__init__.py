"""Telegram: one way out, one way in."""
