"""«С чего начать»: the five steps from an empty store to the first report, each with its state."""
