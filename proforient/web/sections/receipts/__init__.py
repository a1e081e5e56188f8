"""«Квитанции»: what was handed in and when, one to a page, found by number."""
