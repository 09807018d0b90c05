"""The bot, in whose eyes what was told a moment ago is settled: `python hasty.py run`."""

import sys

from bot.__main__ import main
from bot.flows import correct

if __name__ == "__main__":
    correct.SETTLED_SECONDS = 1.0
    sys.exit(main(sys.argv[1:]))
