// When the connection is lost and the server has forgotten the session, a chosen file and typed text are still here:
// the file as the browser holds it, the texts by the label of their field. Once the connection is back and the page
// has been run anew, both are put where they were. When the page itself ends, as after the end of a sign-in, its texts
// wait in this tab for the same person on the same page, no longer than UNTIL; of a file only the name is kept so long.
(() => {
  const HELD = ".st-key-upload-other"; // the page shows what it found in a chosen file
  const UPLOADING = 10000; // how long a file may be on its way before the page shows it
  const RERUN = 1500; // how long after the return of the line the page may still be the old one
  const OFFERED = 60000; // how long texts wait for their fields
  const UNTIL = 600000; // how long texts wait for whoever typed them to sign in again
  const CELL = /(?:^|\s)st-key-(typed-\S+)/; // a number of the form that is typed on the page
  const texts = new Map(); // label of a field -> what was typed into it
  const cells = new Map(); // key of a number's field -> what it said before, and what the server may not know yet
  const NAME = "proforient.chosen"; // of this tab: the name of the file that the page shows
  const TYPED = "proforient.typed"; // of this tab: who typed what on which page until it ended
  let held = false; // whether this page has shown a chosen file
  let file = null;
  let chosen = 0;
  let lost = false;
  let owed = null; // what is to be given back after a loss
  let who = ""; // whom the page names
  let kept = JSON.parse(sessionStorage.getItem(TYPED) || "null"); // what the page before this one has left
  sessionStorage.removeItem(TYPED);

  // A field of a dialog is that of this dialog alone: another organisation's has the same label.
  const label = (field) => {
    const dialog = field.closest('[role="dialog"]');
    return [dialog ? dialog.textContent.slice(0, 120) : "", field.getAttribute("aria-label") || ""].join("\n");
  };
  const key = (field) => {
    const found = field instanceof HTMLInputElement && field.closest('[class*="st-key-typed-"]');
    return found && CELL.exec(found.className)?.[1];
  };
  const at = (name) => document.querySelector(`[class~="st-key-${CSS.escape(name)}"] input`);
  const picked = (files) => { if (files && files.length === 1) { file = files[0]; chosen = Date.now(); } };

  addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === "file") picked(event.target.files);
  }, true);
  addEventListener("drop", (event) => picked(event.dataTransfer && event.dataTransfer.files), true);
  addEventListener("input", (event) => {
    if (event.target instanceof HTMLTextAreaElement) texts.set(label(event.target), event.target.value);
    const name = key(event.target);
    if (name) cells.set(name, { before: "", ...cells.get(name), value: event.target.value });
  }, true);
  addEventListener("focusin", (event) => {
    const name = key(event.target);
    if (name && !cells.has(name)) cells.set(name, { before: event.target.value });
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

  // What stands in a field that the page has drawn anew since it was left is known to the server.
  const settle = () => {
    for (const name of cells.keys()) {
      const field = at(name);
      if (field && field !== document.activeElement) cells.delete(name);
    }
  };

  const keep = () => {
    const left = [...cells].filter(([, cell]) => cell.value !== undefined && cell.value !== cell.before);
    if (!who || (!left.length && !texts.size)) return;
    const typed = { who, path: location.pathname, until: Date.now() + UNTIL, cells: left, texts: [...texts] };
    sessionStorage.setItem(TYPED, JSON.stringify(typed));
  };

  // Nobody else's page takes them, nor another page of the same person; a number that has changed meanwhile stays.
  const takeUp = () => {
    if (!kept || !who || (kept.who === who && kept.path !== location.pathname)) return;
    if (kept.who !== who || Date.now() > kept.until) { kept = null; return; }
    kept.offered ??= Date.now() + OFFERED;
    kept.texts = kept.texts.filter(([name, said]) => {
      const field = [...document.querySelectorAll("textarea")].find((other) => label(other) === name);
      if (field) put(field, said);
      return !field && Date.now() < kept.offered;
    });
    kept.cells = kept.cells.filter(([name, { before, value }]) => {
      const field = at(name);
      if (field && field.value === before) seam.put(field, value);
      return !field;
    });
    if (!kept.cells.length && !kept.texts.length) kept = null;
  };

  addEventListener("pagehide", keep);
  addEventListener("pageshow", (event) => { if (event.persisted) sessionStorage.removeItem(TYPED); });

  setInterval(() => {
    const app = seam.app();
    who = document.querySelector(".pf-frame-note a")?.textContent || who;
    if (!app) return;
    if (!app.connected) { lost = lost || !app.begins; return; }
    if (lost) {
      lost = false;
      if (!file && !texts.size) return;
      owed = { file, texts: new Map(texts), from: Date.now() + RERUN, until: Date.now() + OFFERED };
      seam.rerun();
    } else if (!app.runs) {
      settle();
      takeUp();
      if (!owed) { forget(); remember(); }
      else if (Date.now() > owed.from) giveBack();
    }
  }, 500);
})();
