// The address is the truth about what is shown. Two rules that Streamlit has no setting for:
// 1. an address that the program completes, or leads on from, by itself replaces the bare one, so that Back leaves it
//    in one step;
// 2. a link with the class "go" changes the address without loading the page again (a modified click still opens a tab);
//    its fragment names the place that is shown and takes the focus once the page is drawn.
(() => {
  const push = history.pushState.bind(history);
  let acted = false;
  for (const name of ["pointerdown", "keydown", "change"]) {
    addEventListener(name, () => { acted = true; }, true);
  }
  addEventListener("popstate", () => { acted = false; }, true);

  history.pushState = (state, title, url) => {
    const same = new URL(url, location.href).pathname === location.pathname;
    if ((same || !location.search) && !acted) history.replaceState(state, title, url);
    else push(state, title, url);
    acted = false;
  };

  const lead = (id) => {
    const end = Date.now() + 8000;
    const look = setInterval(() => {
      const busy = document.querySelector('[data-testid="stApp"]:not([data-test-script-state="notRunning"])');
      const place = document.getElementById(id);
      if ((busy || !place) && Date.now() < end) return;
      clearInterval(look);
      if (!place) return;
      place.scrollIntoView();
      place.focus({ preventScroll: true });
    }, 200);
  };
  if (location.hash) addEventListener("load", () => lead(location.hash.slice(1)));

  addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a.go, .js-plotly-plot a");
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    // In a chart the link is one of SVG, and Plotly has encoded once more what stands for a sign like «/» or «&».
    const drawn = link.href.baseVal?.replace(/%25(2[346BCF]|3[ABDF]|40)/gi, "%$1");
    const there = new URL(drawn ?? link.href, location.href);
    if (there.href !== location.href) {
      push({}, "", there.href);
      dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    }
    if (there.hash) lead(there.hash.slice(1));
  });
})();
