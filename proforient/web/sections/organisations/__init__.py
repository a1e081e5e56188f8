"""«Организации»: the list of those who report (``listing``) and one organisation (``card``)."""
