"""What the bot does, one verb a file, against ports only."""
