// What the server drew of the page stands until the page itself has drawn as much, then goes in the same moment: until
// then the page is laid out behind it, neither seen nor read out. Its chart goes over into the page and stays there
// until Plotly has come. Without a connection everything stays as it is.
(() => {
  const first = document.getElementById("first");
  const root = seam.root();
  if (!first) return;
  const CHARTS = ["wide", "hall", "narrow"].map((size) => `.st-key-${size}-${first.dataset.chart}`).join(",");
  const DRAWN = ".main-svg .annotation, .main-svg .point, .pf-rows";
  const SETTLED = 300; // milliseconds after the end of a run, for a page that draws no chart after all
  const LONGEST = 5000; // after it, for a piece of the page that does not come
  const PLOTLY = '[class*="st-key-chart-"], [class*="st-key-hall-"]';
  let ended = 0;

  // Links lead to another page at once: there is nothing yet that could change this one.
  first.addEventListener("click", (event) => event.stopPropagation());

  const place = () => [...root.querySelectorAll(CHARTS)].find((chart) => chart.getClientRects().length);

  // Pieces of Streamlit that it fetches by themselves stand as grey bars of another height until they have come.
  const unfinished = () => seam.awaited().some((bar) => bar.getClientRects().length && !bar.closest(PLOTLY));

  const ready = () => {
    if (!root.querySelector(".pf-finding, .pf-message")) return false;
    const running = Boolean(seam.app()?.runs);
    ended = running ? 0 : ended || Date.now();
    const since = running ? 0 : Date.now() - ended;
    if (unfinished() && since < LONGEST) return false;
    if (place()) return !running || Boolean(place().querySelector(DRAWN));
    return !running && since > SETTLED;
  };

  // The chart over the place where Plotly will draw: it goes when that is done, or when somebody asks for another.
  const carry = (chart, still) => {
    chart.style.minHeight = `${still.offsetHeight}px`;
    chart.append(still);
    const away = () => {
      drawing.disconnect();
      still.remove();
      chart.style.minHeight = "";
      for (const name of ["pointerdown", "keydown"]) removeEventListener(name, away, true);
      removeEventListener("popstate", away);
    };
    const drawing = new MutationObserver(() => { if (chart.querySelector(DRAWN) || !chart.isConnected) away(); });
    drawing.observe(root, { childList: true, subtree: true });
    for (const name of ["pointerdown", "keydown"]) addEventListener(name, away, true);
    addEventListener("popstate", away);
  };

  const look = () => {
    if (!ready()) return;
    watch.disconnect();
    clearInterval(again);
    const held = first.contains(document.activeElement) ? document.activeElement.href : "";
    const down = first.scrollTop;
    const chart = place();
    const still = [...first.querySelectorAll(".pf-still")].find((drawn) => drawn.getClientRects().length);
    if (chart && still && !chart.querySelector(DRAWN)) carry(chart, still);
    first.remove();
    document.documentElement.classList.remove("first-waits");
    seam.main().scrollTop = down;
    const same = held && [...root.querySelectorAll("a")].find((link) => link.href === held);
    if (same) same.focus({ preventScroll: true });
  };
  const watch = new MutationObserver(look);
  watch.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: seam.STATES });
  const again = setInterval(look, 100);
})();
