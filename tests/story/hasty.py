"""The bot, in whose eyes what was told a moment ago is settled, and who looks at the bank's files
again and again: `python hasty.py run`.
"""

import sys

from bot.__main__ import main
from bot.app import collection
from bot.flows import correct, rates

if __name__ == "__main__":
    correct.SETTLED_SECONDS = 1.0
    collection.RATES_SECONDS = 0.5
    rates.BUSY_SECONDS = rates.IDLE_SECONDS = 100.0
    sys.exit(main(sys.argv[1:]))
