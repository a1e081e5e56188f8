"""Files that people take away: forms to fill, lists, letters. Data of other rooms come in, bytes go out."""
