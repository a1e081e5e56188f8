// What our charts need of Plotly's beyond its options.
// A finger cannot point without pressing: the first tap on a mark shows what it says, the second on the same one leads
// on. Plotly would hold the finger at once, so that a page could not be moved by a chart: it never hears of one.
(() => {
  const PLOT = ".js-plotly-plot";
  const MARKS = `${PLOT} .nsewdrag`;
  const SAYS = ".hoverlayer";
  const ROW = "a.pf-mark";
  let finger = false;
  let said = "";
  let held = null;

  const near = (event, where) => (event.target instanceof Element ? event.target.closest(where) : null);
  const says = (mark) => mark.closest(PLOT).querySelector(SAYS)?.textContent ?? "";

  addEventListener("pointerdown", (event) => {
    finger = event.pointerType === "touch";
    const mark = near(event, MARKS);
    said = mark ? says(mark) : "";
    held = document.activeElement;
  }, true);
  addEventListener("touchstart", (event) => { if (near(event, MARKS)) event.stopPropagation(); }, true);
  addEventListener("mousedown", (event) => {
    const mark = finger && near(event, MARKS);
    if (mark && (!said || says(mark) !== said)) event.stopPropagation();
  }, true);
  addEventListener("click", (event) => {
    const row = finger && near(event, ROW);
    if (!row || row === held) return;
    event.preventDefault();
    event.stopPropagation();
    row.focus({ preventScroll: true });
  }, true);

  // A chart is saved by the button of Plotly's own bar, which is not seen: its options say as what kind of file.
  const save = (place, format, tries = 100) => {
    const plot = place?.querySelector(PLOT);
    const button = plot?.querySelector(".modebar-btn");
    if (button) {
      Object.assign(plot._context.toImageButtonOptions, { format, scale: format === "svg" ? 1 : 2 });
      button.click();
    } else if (tries) setTimeout(save, 100, place, format, tries - 1);
  };
  addEventListener("click", (event) => {
    const button = near(event, "button.pf-picture");
    if (button) save(button.closest('[class*="st-key-take-"]'), button.dataset.format);
  });
  // What is saved is clicked by the program: no click beside the list of kinds, which would close it.
  addEventListener("click", (event) => {
    if (!event.isTrusted && near(event, "a[download]")) event.stopPropagation();
  }, true);
})();
