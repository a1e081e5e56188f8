"""The stored forms: records of the texts that are kept for ever, as they were written on the day of their number.

In: a text of the store. Out: the records of its form; and back. A form never changes once a text of it was kept: what
changes in the program gets a form of its own, and a reader here for each one before. So nothing here knows a living
record, word or threshold: ``stored_text`` of the rooms ``snapshot``, ``public`` and ``documents`` translates field by
field.
"""
