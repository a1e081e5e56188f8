"""The catalogue: from a TOML file to frozen records, or to the list of everything that is wrong with it."""
