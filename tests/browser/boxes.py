"""What is wrong with the boxes of a page: outside the window, one letter wide, different names cut to equal text."""

from __future__ import annotations

# Everything of the page's own column that ends outside the window, unless it may be scrolled inside its own box.
OUTSIDE = """() => {
  const main = document.querySelector('[data-testid="stMain"]'), found = [];
  const boxed = (e) => { for (let x = e.parentElement; x && x !== main; x = x.parentElement)
    if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(x).overflowX)) return true; return false; };
  for (const e of main.querySelectorAll('*')) {
    const box = e.getBoundingClientRect();
    if (box.width && box.right > innerWidth + 1 && getComputedStyle(e).position !== 'fixed' && !boxed(e))
      found.push(e.tagName + '.' + e.className + ' ' + Math.round(box.right));
  }
  return [document.documentElement.scrollWidth > innerWidth + 1, found.slice(0, 5)];
}"""

# Texts of six signs or more that stand in lines of fewer than three.
NARROW = """() => {
  const found = [], walk = document.createTreeWalker(document.querySelector('.stApp'), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.data.trim(), range = document.createRange();
    if (text.length < 6 || !walk.currentNode.parentElement.checkVisibility()) continue;
    range.selectNodeContents(walk.currentNode);
    const lines = new Set([...range.getClientRects()].filter(r => r.width > 1).map(r => Math.round(r.top))).size;
    if (lines > 1 && text.length / lines < 3) found.push(text);
  }
  return found;
}"""

# What is seen of a text that its box cuts, and the whole of it; what is cut by «…» in the text itself counts as seen.
CUT = """(where) => {
  const found = [];
  for (const e of document.querySelectorAll(where)) {
    const style = getComputedStyle(e), text = e.textContent.trim();
    if (!text || !e.checkVisibility() || [...e.children].some(c => c.textContent.trim() === text)) continue;
    let seen = text;
    if (style.overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1) {
      const range = document.createRange(), node = document.createTreeWalker(e, NodeFilter.SHOW_TEXT).nextNode();
      const right = e.getBoundingClientRect().right - parseFloat(style.fontSize);
      let n = node.data.length;
      for (; n; n--) {
        range.setStart(node, 0); range.setEnd(node, n);
        if (range.getBoundingClientRect().right <= right) break;
      }
      seen = node.data.slice(0, n) + '…';
    }
    found.push([seen, text]);
  }
  return found;
}"""


def cut_alike(page, where: str) -> list[str]:
    """What is seen of two different texts of these elements alike."""
    whole: dict[str, set[str]] = {}
    for seen, text in page.evaluate(CUT, where):
        whole.setdefault(seen, set()).add(text)
    return [seen for seen, texts in whole.items() if len(texts) > 1]


def misplaced(page) -> list[str]:
    """Everything that is wrong with the boxes of the page, in words; empty where nothing is."""
    wider, outside = page.evaluate(OUTSIDE)
    found = [f"outside: {box}" for box in outside] + ["the page is wider than the window"] * wider
    return found + [f"narrow: {text}" for text in page.evaluate(NARROW)]
