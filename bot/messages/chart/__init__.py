"""Exchange rates as pictures that are read at a glance on a phone. Pure."""

from bot.messages.chart.charts import Charts, overview, single
from bot.messages.chart.series import Change, Series

__all__ = ["Change", "Charts", "Series", "overview", "single"]
