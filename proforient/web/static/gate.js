// When the session has ended the server closes the page's connection with 4401: the page goes to the sign-in.
(() => {
  const base = new URL("../../", document.currentScript.src).pathname;
  const Plain = WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener("close", (event) => {
        if (event.code !== 4401) return;
        const wanted = location.pathname.slice(base.length - 1) + location.search;
        location.replace(`${base}login?next=${encodeURIComponent(wanted)}`);
      });
    }
  };
})();
