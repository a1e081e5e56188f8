"""«Рекомендации»: what is suggested in a territory and period, and the forms in which it is put into its own words."""
