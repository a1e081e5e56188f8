"""``make screenshots``: every page and slide in every size and look, and the pictures of the guide."""
