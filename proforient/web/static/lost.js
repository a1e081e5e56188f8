// When the connection is lost and the server has forgotten the session, a chosen file and typed text are still here:
// the file as the browser holds it, the texts by the label of their field. Once the connection is back and the page
// has been run anew, both are put where they were. Nothing of it is kept by the browser longer than the page.
(() => {
  const APP = '[data-testid="stApp"]';
  const HANDED_IN = ".st-key-upload-again"; // nothing is held any more
  const texts = new Map(); // label of a field -> what was typed into it
  let file = null;
  let lost = false;

  const label = (field) => field.getAttribute("aria-label") || "";
  const picked = (files) => { if (files && files.length === 1) file = files[0]; };

  addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === "file") picked(event.target.files);
  }, true);
  addEventListener("drop", (event) => picked(event.dataTransfer && event.dataTransfer.files), true);
  addEventListener("input", (event) => {
    if (event.target instanceof HTMLTextAreaElement) texts.set(label(event.target), event.target.value);
  }, true);
  addEventListener("click", (event) => {
    // A link leads away from what was typed; another page begins without it.
    if (event.target instanceof Element && event.target.closest("header a")) { texts.clear(); file = null; }
  }, true);

  const put = (field) => {
    const said = texts.get(label(field));
    texts.delete(label(field));
    if (!said || field.value) return;
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, said);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  };

  const restore = () => {
    const chooser = document.querySelector('input[type="file"]');
    if (chooser && file) {
      const carried = new DataTransfer();
      carried.items.add(file);
      file = null;
      chooser.files = carried.files;
      chooser.dispatchEvent(new Event("change", { bubbles: true }));
      return;
    }
    for (const field of document.querySelectorAll("textarea")) if (texts.has(label(field))) put(field);
  };

  setInterval(() => {
    const app = document.querySelector(APP);
    if (!app) return;
    const connected = app.dataset.testConnectionState === "CONNECTED";
    if (!connected) {
      lost = lost || app.dataset.testConnectionState !== "INITIAL";
      if (document.querySelector(HANDED_IN)) { file = null; texts.clear(); }
      return;
    }
    if (!lost) return;
    if (lost === true && (file || texts.size)) {
      lost = Date.now() + 60000; // how long what was kept is offered to the page
      dispatchEvent(new PopStateEvent("popstate", { state: {} }));
      return;
    }
    if (lost === true || Date.now() > lost || !(file || texts.size)) { lost = false; return; }
    if (app.dataset.testScriptState === "notRunning") restore();
  }, 500);
})();
