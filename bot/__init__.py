"""Jarchy: what 24.kg publishes becomes one short message to each reader whose words it holds."""

__version__ = "0.1.0"
