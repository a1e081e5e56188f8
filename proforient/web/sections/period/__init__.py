"""Период и планы: the state of the collection, reports, plans, judgements, clocks."""
