"""The slides as one HTML file with its style, script and policy; saved, it carries its fonts too."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path

from proforient.charts import sentences
from proforient.charts.marks import Html, css, with_invented
from proforient.web.deck import measure
from proforient.web.deck.slides import Slide, Story, slides
from proforient.web.fonts import faces
from proforient.web.templates import HtmlFile, render

HERE = Path(__file__).parent


def page(story: Story, *, base: str, saved: bool = False, found: Sequence[Slide] | None = None) -> HtmlFile:
    """``base`` is the path below which the program is served; ``saved``: with the fonts inside.

    ``found``: the slides, where they are not those of a whole snapshot.
    """
    found = slides(story) if found is None else found
    brief = sentences.DEMONSTRATION_BRIEF if story.note else ""
    body = render(
        "deck/body.html.j2",
        slides=[_drawable(n, slide, found) for n, slide in enumerate(found)],
        scope_and_moment=" · ".join(p for p in (story.scope, f"на {story.moment}", brief) if p),
        as_of=f"{story.scope}. Числа — на {story.moment}; позже они здесь не меняются.",
        no_code=story.no_code,
        file=story.file,
        live=story.live,
    )
    style = "\n".join((faces(base, saved=saved), css(body), (HERE / "deck.css").read_text("utf-8")))
    script = (HERE / "deck.js").read_text("utf-8")
    policy = _policy(style, script, "data:" if saved else "'self'")
    text = render(
        "deck/page.html.j2",
        title=f"{found[0].title} · {story.scope}",
        style=Html(style),
        script=Html(script),
        body=body,
        policy=policy,
        saved=saved,
    )
    return HtmlFile(text, policy)


def _drawable(n: int, slide: Slide, every: Sequence[Slide]) -> dict[str, str]:
    """A slide with its place among the others and the look of its title."""
    look, _ = measure.title(slide.title, slide.height, slide.source, first=n == 0)
    return {
        "code": slide.code,
        "title": slide.title,
        "look": look,
        "body": slide.body,
        "source": with_invented(slide.source) if slide.source else "",
        "before": every[max(0, n - 1)].code,
        "after": every[min(len(every) - 1, n + 1)].code,
        "place": f"{n + 1} из {len(every)}",
    }


def _policy(style: str, script: str, fonts: str) -> str:
    """Nothing but this very style and script, our fonts, and pictures that stand in the style."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {_hash(style)}",
            f"script-src {_hash(script)}",
            f"font-src {fonts}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            *(() if fonts == "data:" else ("frame-ancestors 'none'",)),  # a <meta> may not say this one
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
