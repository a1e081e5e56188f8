"""«Исполнение»: the list of measures beside the chosen one, and the answer to it."""
