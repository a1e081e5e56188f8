// Browsers give the clipboard to pages from https and from this computer only; on http://school:8501 there is none.
// There the text is copied as by Ctrl+C. Where that is not allowed either, it is selected and a line says what to press.
(() => {
  const given = navigator.clipboard && navigator.clipboard.writeText.bind(navigator.clipboard);

  const select = (text) => {
    const same = (element) => element.textContent.trim() === text.trim();
    const place = [...document.querySelectorAll("code")].find(same);
    if (!place) return;
    const range = document.createRange();
    range.selectNodeContents(place);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };

  const byHand = (text) => {
    let copied = false;
    const put = (event) => {
      if (!event.clipboardData) return;
      event.clipboardData.setData("text/plain", text);
      event.preventDefault();
      event.stopImmediatePropagation();
      copied = true;
    };
    select(text);
    document.addEventListener("copy", put, true);
    try {
      copied = document.execCommand("copy") && copied;
    } catch {
      copied = false;
    }
    document.removeEventListener("copy", put, true);
    if (copied) getSelection().removeAllRanges();
    return copied;
  };

  const say = (text) => {
    const line = document.createElement("p");
    line.setAttribute("role", "alert");
    line.className = "pf-copy";
    line.textContent = text;
    document.querySelectorAll(".pf-copy").forEach((old) => old.remove());
    document.body.append(line);
    setTimeout(() => line.remove(), 10000);
  };

  const writeText = async (text) => {
    if (given) {
      try {
        return await given(text);
      } catch {
        // Not allowed: by hand.
      }
    }
    if (byHand(text)) return undefined;
    select(text);
    say("Браузер не дал скопировать сам. Текст выделен: нажмите Ctrl+C, на телефоне удержите его и выберите «Копировать».");
    throw new Error("not copied");
  };

  if (given) navigator.clipboard.writeText = writeText;
  else Object.defineProperty(navigator, "clipboard", { value: { writeText }, configurable: true });
})();
