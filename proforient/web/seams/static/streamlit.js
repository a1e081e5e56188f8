// What our scripts need of Streamlit's page, and what of the browser they take the place of for its sake: the other
// scripts ask here and name nothing of Streamlit themselves. Where a name is gone its question is answered with «not
// known», and the script that asked does nothing.
window.seam = (() => {
  const APP = '#root [data-testid="stApp"]';
  const MAIN = '#root [data-testid="stMain"]';
  const AWAITED = '#root [data-testid="stSkeleton"]';
  const STATES = ["data-test-script-state"]; // what changes on the page when its script begins and ends
  const root = () => document.getElementById("root");

  // The page as a whole: whether its script runs, whether the server is there; null until Streamlit has drawn it.
  const app = () => {
    const drawn = document.querySelector(APP);
    if (!drawn) return null;
    const { testScriptState: script, testConnectionState: line } = drawn.dataset;
    return { runs: script !== "notRunning", connected: line === "CONNECTED", begins: line === "INITIAL" };
  };

  // What scrolls; without its name the whole of the page.
  const main = () => document.querySelector(MAIN) ?? root();

  // Grey bars in the places of pieces that are fetched by themselves.
  const awaited = () => [...document.querySelectorAll(AWAITED)];

  // The page is run anew with the address as it is now: as after Back.
  const rerun = () => dispatchEvent(new PopStateEvent("popstate", { state: {} }));

  // Into a field of React's own: it hears of a value only where its class has set it.
  const put = (field, value) => {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  };

  // Streamlit gives every address to pushState; `replaces` says which of them takes the place of the one before.
  const push = history.pushState.bind(history);
  const replacing = (replaces) => {
    history.pushState = (state, title, url) => {
      if (replaces(new URL(url, location.href))) history.replaceState(state, title, url);
      else push(state, title, url);
    };
  };

  // What happens when the server closes the page's connection with `code`.
  const closed = (code, act) => {
    const Plain = WebSocket;
    window.WebSocket = class extends Plain {
      constructor(...given) {
        super(...given);
        this.addEventListener("close", (event) => { if (event.code === code) act(); });
      }
    };
  };

  const pushed = (url) => push({}, "", url);

  return Object.freeze({ STATES, root, app, main, awaited, rerun, put, push: pushed, replacing, closed });
})();
