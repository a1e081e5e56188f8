"""The frozen results of a moment: what a deck, a document or a public page is made from.

``take`` reads everything in one transaction, ``text_of`` writes it as canonical JSON of the newest stored form (see
``proforient.frozen``), ``read`` makes the same objects again of a text of any form. The hash of the text is the
snapshot's.
"""

from proforient.snapshot.record import SentFile, Snapshot
from proforient.snapshot.stored_text import read, text_of
from proforient.snapshot.taking import gaps, headline_levels, take

__all__ = ["SentFile", "Snapshot", "gaps", "headline_levels", "read", "take", "text_of"]
