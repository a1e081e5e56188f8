"""From a file's bytes to values with places and findings; nothing here stores anything."""
