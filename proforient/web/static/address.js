// The address is the truth about what is shown. Two rules that Streamlit has no setting for:
// 1. an address that the program completes, or leads on from, by itself replaces the bare one, so that Back leaves it
//    in one step;
// 2. a link with the class "go" changes the address without loading the page again (a modified click still opens a tab);
//    its fragment names the place that is shown and takes the focus once the page is drawn. Without one, a link to
//    another page, territory or organisation shows its beginning, and Back leads to where the link was.
(() => {
  const ONE_STEP = 1000; // milliseconds in which Streamlit gives the addresses of one step: without page, then with it
  let acted = false;
  let went = 0;
  for (const name of ["pointerdown", "keydown", "change"]) {
    addEventListener(name, () => { acted = true; }, true);
  }
  addEventListener("popstate", () => { acted = false; }, true);

  // What is left keeps its place for Back; whether the next is about something else and is shown from its beginning.
  const subject = (url) => [url.pathname, ...["territory", "organisation"].map((key) => url.searchParams.get(key) || "")];
  const leave = (there) => {
    history.replaceState({ ...history.state, down: seam.main().scrollTop }, "", location.href);
    return subject(there).join("\n") !== subject(new URL(location.href)).join("\n");
  };

  seam.replacing((url) => {
    const same = url.pathname === location.pathname;
    const byItself = !acted && (same || !location.search || Date.now() - went < ONE_STEP);
    acted = false;
    if (byItself) return true;
    went = Date.now();
    if (leave(url)) seam.main().scrollTop = 0;
    return false;
  });

  const drawn = (found, then) => {
    const end = Date.now() + 8000;
    const look = setInterval(() => {
      if ((seam.app()?.runs || !found()) && Date.now() < end) return;
      clearInterval(look);
      if (found()) then(found());
    }, 200);
  };
  const lead = (id) => drawn(() => document.getElementById(id), (place) => {
    place.scrollIntoView();
    place.focus({ preventScroll: true });
  });
  addEventListener("popstate", ({ state }) => {
    const down = state?.down;
    if (down) drawn(() => seam.main().scrollHeight > down && seam.main(), (page) => { page.scrollTop = down; });
  });
  if (location.hash) addEventListener("load", () => lead(location.hash.slice(1)));

  addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a.go, .js-plotly-plot a");
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    // In a chart the link is one of SVG, and Plotly has encoded once more what stands for a sign like «/» or «&».
    const encoded = link.href.baseVal?.replace(/%25(2[346BCF]|3[ABDF]|40)/gi, "%$1");
    const there = new URL(encoded ?? link.href, location.href);
    if (there.href !== location.href) {
      const other = leave(there) && !there.hash;
      seam.push(there.href);
      seam.rerun();
      if (other) seam.main().scrollTop = 0;
    }
    if (there.hash) lead(there.hash.slice(1));
  });
})();
