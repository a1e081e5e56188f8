"""«Документы»: drafts and the registry, a draft at work, an issued document, the dialogs of all three."""
