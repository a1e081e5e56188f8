"""How a report stands, in words and signs: the one home for lists, boards, the school's page, closing, reminders."""

from __future__ import annotations

from collections.abc import Mapping

from proforient.monitoring import ReportStanding
from proforient.palette import DOWN_GLYPH, MET_GLYPH, NO_DATA_GLYPH, NOT_MET_GLYPH, PROVISIONAL_GLYPH
from proforient.wording import NB

STANDINGS: Mapping[ReportStanding, str] = {
    ReportStanding.NOT_BEGUN: "не начат",
    ReportStanding.DRAFT: "черновик",
    ReportStanding.INCOMPLETE: "неполный",
    ReportStanding.REVIEW: "на проверке",
    ReportStanding.RETURNED: "на доработке",
    ReportStanding.ACCEPTED: "принят",
    ReportStanding.OVERDUE: "не сдан в срок",
}
STANDING_GLYPHS: Mapping[ReportStanding, str] = {
    ReportStanding.NOT_BEGUN: NO_DATA_GLYPH,
    ReportStanding.DRAFT: NO_DATA_GLYPH,
    ReportStanding.INCOMPLETE: "!",
    ReportStanding.REVIEW: PROVISIONAL_GLYPH,
    ReportStanding.RETURNED: DOWN_GLYPH,
    ReportStanding.ACCEPTED: MET_GLYPH,
    ReportStanding.OVERDUE: NOT_MET_GLYPH,
}
# What a department looks at first.
TO_DO = (
    ReportStanding.REVIEW,
    ReportStanding.INCOMPLETE,
    ReportStanding.RETURNED,
    ReportStanding.OVERDUE,
    ReportStanding.NOT_BEGUN,
    ReportStanding.DRAFT,
    ReportStanding.ACCEPTED,
)


def standing_words(standing: ReportStanding) -> str:
    """«◔ на проверке»: sign and word in one line."""
    return f"{STANDING_GLYPHS[standing]}{NB}{STANDINGS[standing].replace(' ', NB)}"
