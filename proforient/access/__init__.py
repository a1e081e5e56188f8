"""Who may see and do what: roles and their one table, accounts, cookies, links and the codes of a hall."""
