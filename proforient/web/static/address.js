// The address is the truth about what is shown. Two rules that Streamlit has no setting for:
// 1. an address that the program completes by itself replaces the bare one, so that Back leaves it in one step;
// 2. a link with the class "go" changes the address without loading the page again (a modified click still opens a tab).
(() => {
  const push = history.pushState.bind(history);
  let acted = false;
  for (const name of ["pointerdown", "keydown", "change"]) {
    addEventListener(name, () => { acted = true; }, true);
  }
  addEventListener("popstate", () => { acted = false; }, true);

  history.pushState = (state, title, url) => {
    const same = new URL(url, location.href).pathname === location.pathname;
    if (same && !acted) history.replaceState(state, title, url);
    else push(state, title, url);
    acted = false;
  };

  addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a.go");
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link.href === location.href) return;
    push({}, "", link.href);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  });
})();
