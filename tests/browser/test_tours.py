"""The three tours are walked from the help to their last step: at each the words that it speaks of stand there."""

from __future__ import annotations

import pytest
from conftest import idle, visit
from playwright.sync_api import expect

from proforient.web.tours import TOURS


@pytest.mark.soak
@pytest.mark.parametrize("tour", TOURS, ids=lambda tour: tour.code)
def test_a_tour_really_walks_the_pages(page, tour):
    visit(page, "/help?topic=tours&period=2023")
    page.locator(f'a.go[href*="step={tour.code}-1"]').click()
    bar = page.locator(".pf-tour")
    for place, step in enumerate(tour.steps, 1):
        expect(bar).to_contain_text(f"шаг {place} из {len(tour.steps)}")
        idle(page)
        rest = page.locator('[data-testid="stMain"]')
        expect(bar).not_to_contain_text("Вы ушли")
        expect(rest.get_by_text(step.see).locator("visible=true").last).to_be_visible()
        shown = " ".join(rest.inner_text().split())
        assert shown.count(step.see) > step.text.count(step.see), step.see
        if place < len(tour.steps):
            bar.get_by_text("Дальше").click()
    page.go_back()
    expect(bar).to_contain_text(f"шаг {len(tour.steps) - 1} из")
    page.go_forward()
    bar.get_by_text("Готово").click()
    expect(bar).to_have_count(0)
    assert "step=&" in page.url
