"""Who may call us: Telegram's webhook, health and metrics."""
