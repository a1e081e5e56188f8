"""The practices of a territory: what its drafts and issued documents tell, each once, the newest word of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proforient.documents import stored_text
from proforient.documents.contents import Practice, Review

if TYPE_CHECKING:
    from proforient.store.papers import DocumentDraft, IssuedDocument
    from proforient.store.reading import Reader


REVIEWS = {Review.PROPOSED: "предложена", Review.RECOMMENDED: "рекомендована", Review.SPREAD: "распространена"}


def practices_in(reader: Reader, territory: str) -> list[Practice]:
    """By title and organisation; what was taken out of a draft that has been issued stays in the document."""
    papers: list[DocumentDraft | IssuedDocument] = [*reader.drafts(territory), *reader.issued_documents(territory)]
    papers.sort(key=lambda paper: paper.at, reverse=True)  # order: the newest word of a practice is its word
    every = (practice for paper in papers for practice in stored_text.read(paper.body).practices)
    found: dict[tuple[str, str], Practice] = {}
    for practice in every:
        found.setdefault((practice.title, practice.organisation), practice)
    return list(found.values())


__all__ = ["REVIEWS", "practices_in"]
