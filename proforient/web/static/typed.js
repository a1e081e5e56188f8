// The form that is typed on the page behaves as a sheet: arrows and Enter lead from cell to cell, and a block that was
// copied in Excel is put down from the cell in which it is pasted. A field's key names its row and its column.
(() => {
  const KEY = /(?:^|\s)st-key-typed-(\d+)-(\d+)-/;

  const at = (field) => {
    const cell = field.closest('[class*="st-key-typed-"]');
    const found = cell && KEY.exec(cell.className);
    return found && { row: Number(found[1]), column: Number(found[2]) };
  };

  // The fields that are typed into, as rows of columns; a row without any has no place here.
  const sheet = () => {
    const rows = new Map();
    for (const field of document.querySelectorAll('[class*="st-key-typed-"] input')) {
      const place = at(field);
      if (!place) continue;
      if (!rows.has(place.row)) rows.set(place.row, new Map());
      rows.get(place.row).set(place.column, field);
    }
    return rows;
  };

  const go = (field) => { field.focus(); field.select(); };

  const beside = (place, down) => {
    const rows = [...sheet().entries()];
    const now = rows.findIndex(([row]) => row === place.row);
    for (let next = now + down; next >= 0 && next < rows.length; next += down) {
      const field = rows[next][1].get(place.column);
      if (field) return field;
    }
    return null;
  };

  addEventListener("keydown", (event) => {
    const down = { ArrowDown: 1, Enter: 1, ArrowUp: -1 }[event.key];
    const place = event.target instanceof HTMLInputElement && down && !event.isComposing && at(event.target);
    if (!place) return;
    const next = beside(place, event.key === "Enter" && event.shiftKey ? -1 : down);
    if (!next) return;
    if (event.key === "Enter") {
      setTimeout(() => go(next)); // after the field itself has heard of it
      return;
    }
    event.preventDefault();
    go(next);
  }, true);

  addEventListener("paste", (event) => {
    const place = event.target instanceof HTMLInputElement && at(event.target);
    const text = event.clipboardData && event.clipboardData.getData("text/plain");
    if (!place || !text || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    event.stopPropagation();
    const rows = [...sheet().entries()];
    const first = rows.findIndex(([row]) => row === place.row);
    text.replace(/[\r\n]+$/, "").split(/\r?\n/).forEach((line, down) => {
      const row = rows[first + down];
      line.split("\t").forEach((value, right) => {
        const field = row && row[1].get(place.column + right);
        if (field && value.trim()) seam.put(field, value.trim());
      });
    });
  }, true);
})();
