"""From stored whole counts to figures with a verdict: shares, needs, gaps, changes, trends, and their origin."""
