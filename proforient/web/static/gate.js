// When the session has ended the server closes the page's connection with 4401: the page goes to the sign-in.
(() => {
  const base = new URL("../../", document.currentScript.src).pathname;
  seam.closed(4401, () => {
    const wanted = location.pathname.slice(base.length - 1) + location.search;
    location.replace(`${base}login?next=${encodeURIComponent(wanted)}`);
  });
})();
