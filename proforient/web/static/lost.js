// When the connection is lost and the server has forgotten the session, a chosen file and typed text are still here:
// the file as the browser holds it, the texts by the label of their field. Once the connection is back and the page
// has been run anew, both are put where they were. Nothing but the file's name is kept by the browser longer than the page.
(() => {
  const HELD = ".st-key-upload-other"; // the page shows what it found in a chosen file
  const UPLOADING = 10000; // how long a file may be on its way before the page shows it
  const RERUN = 1500; // how long after the return of the line the page may still be the old one
  const OFFERED = 60000; // how long texts wait for their fields
  const texts = new Map(); // label of a field -> what was typed into it
  const NAME = "proforient.chosen"; // of this tab: the name of the file that the page shows
  let held = false; // whether this page has shown a chosen file
  let file = null;
  let chosen = 0;
  let lost = false;
  let owed = null; // what is to be given back after a loss

  const label = (field) => field.getAttribute("aria-label") || "";
  const picked = (files) => { if (files && files.length === 1) { file = files[0]; chosen = Date.now(); } };

  addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === "file") picked(event.target.files);
  }, true);
  addEventListener("drop", (event) => picked(event.dataTransfer && event.dataTransfer.files), true);
  addEventListener("input", (event) => {
    if (event.target instanceof HTMLTextAreaElement) texts.set(label(event.target), event.target.value);
  }, true);

  // What the page itself has put away, by a click, a receipt or another page, is never brought back.
  const forget = () => {
    const fields = new Set([...document.querySelectorAll("textarea")].map(label));
    for (const name of texts.keys()) if (!fields.has(name)) texts.delete(name);
    if (!document.querySelector(HELD) && Date.now() - chosen > UPLOADING) file = null;
  };

  const put = (field, said) => {
    if (field.value) return;
    seam.put(field, said);
  };

  // Each thing is given back once; what the page still has, because only the line was cut, is not given at all.
  const giveBack = () => {
    const chooser = document.querySelector('input[type="file"]');
    const given = owed.file;
    owed.file = null;
    if (chooser && given) {
      const carried = new DataTransfer();
      carried.items.add(given);
      chooser.files = carried.files;
      chooser.dispatchEvent(new Event("change", { bubbles: true }));
      return;
    }
    for (const field of document.querySelectorAll("textarea")) {
      if (owed.texts.has(label(field))) put(field, owed.texts.get(label(field)));
      owed.texts.delete(label(field));
    }
    if (!owed.texts.size || Date.now() > owed.until) owed = null;
  };

  // A page opened anew has no file: the name of the one that was chosen is given to it, so that it asks for it again.
  const remember = () => {
    const memory = document.querySelector(".st-key-upload-memory input");
    if (document.querySelector(HELD)) {
      held = true;
      if (memory && memory.value) sessionStorage.setItem(NAME, memory.value);
      return;
    }
    const name = sessionStorage.getItem(NAME);
    if (!name || (!memory && !held)) return;
    sessionStorage.removeItem(NAME);
    if (held) return;
    seam.put(memory, name);
  };

  setInterval(() => {
    const app = seam.app();
    if (!app) return;
    if (!app.connected) { lost = lost || !app.begins; return; }
    if (lost) {
      lost = false;
      if (!file && !texts.size) return;
      owed = { file, texts: new Map(texts), from: Date.now() + RERUN, until: Date.now() + OFFERED };
      seam.rerun();
    } else if (!app.runs) {
      if (!owed) { forget(); remember(); }
      else if (Date.now() > owed.from) giveBack();
    }
  }, 500);
})();
