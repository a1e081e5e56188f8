'use strict';
/* Turns, chooses and orders the slides. Without it the slides are still there: side by side, or printed. */
(() => {
  const main = document.querySelector('main');
  const dialog = document.querySelector('dialog');
  const list = dialog.querySelector('.choice');
  const every = [...main.querySelectorAll('section')];
  const usual = every.map((slide) => slide.id);
  const asked = new URLSearchParams(location.search).get('slides');
  let order = [...usual];
  let off = new Set();
  let started = false;
  let black = null;
  let awake = null;

  const shown = () => order.filter((code) => !off.has(code));
  const slide = (code) => document.getElementById(code);
  const wide = () => matchMedia('(min-width: 1000px) and (min-aspect-ratio: 5/4)').matches;
  const now = () => {
    const middle = main.scrollLeft + main.clientWidth / 2;
    const codes = shown();
    return wide()
      ? codes[Math.min(codes.length - 1, Math.max(0, Math.floor(middle / main.clientWidth)))]
      : codes.find((code) => slide(code).getBoundingClientRect().bottom > innerHeight / 3) || codes[0];
  };
  let at = '';

  function write(code) {
    const same = order.join() === usual.join() && off.size === 0;
    const query = same ? '' : '?slides=' + shown().join(',');
    history.replaceState(null, '', location.pathname + query + '#' + code);
  }
  function mark(code) {
    at = code;
    for (const link of list.querySelectorAll('a')) {
      if (link.hash === '#' + code) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  }
  function go(code, smooth) {
    if (!shown().includes(code)) return;
    mark(code);
    write(code);
    slide(code).scrollIntoView({ behavior: smooth ? 'auto' : 'instant', block: 'start', inline: 'start' });
  }
  function step(by) {
    const codes = shown();
    const to = codes.indexOf(at) + by;
    if (to >= 0 && to < codes.length) go(codes[to], true);
  }
  function arrange() {
    const codes = shown();
    for (const code of order) main.append(slide(code));
    for (const one of every) one.hidden = off.has(one.id);
    codes.forEach((code, n) => {
      const one = slide(code);
      one.classList.toggle('last', n === codes.length - 1);
      one.querySelector('.place').textContent = `${n + 1} из ${codes.length}`;
      const [back, on] = one.querySelectorAll('.turn a');
      back.href = '#' + (codes[n - 1] || code);
      on.href = '#' + (codes[n + 1] || code);
    });
    for (const code of order) list.append(list.querySelector(`[data-code="${code}"]`));
    for (const item of list.children) {
      const code = item.dataset.code;
      const n = order.indexOf(code);
      item.classList.toggle('off', off.has(code));
      item.querySelector('input').checked = !off.has(code);
      item.querySelector('.up').disabled = n === 0;
      item.querySelector('.down').disabled = n === order.length - 1;
    }
    if (!shown().includes(at)) mark(shown()[0]);
  }
  function open() {
    if (!dialog.open) dialog.showModal();
    const first = dialog.querySelector('.first');
    first.textContent = started ? 'Вернуться к слайду' : 'Начать доклад';
    first.focus();
  }
  function start() {
    started = true;
    dialog.close();
    main.focus({ preventScroll: true });
    if (navigator.wakeLock && !awake) navigator.wakeLock.request('screen').then((lock) => { awake = lock; }, () => {});
  }
  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => {});
  }
  function curtain() {
    if (black) { black.remove(); black = null; return; }
    black = document.createElement('div');
    black.className = 'black';
    black.addEventListener('click', curtain);
    document.body.append(black);
  }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const code = event.code;
    if (dialog.open) return; // Esc, Tab, Enter and Space belong to the list
    const back = code === 'ArrowLeft' || code === 'ArrowUp' || code === 'PageUp' || code === 'Backspace' ||
      (code === 'Space' && event.shiftKey);
    const on = code === 'ArrowRight' || code === 'ArrowDown' || code === 'PageDown' || code === 'Enter' ||
      (code === 'Space' && !event.shiftKey);
    if (event.target.closest && event.target.closest('a, button') && (code === 'Enter' || code === 'Space')) return;
    if (black && code !== 'Escape') { curtain(); event.preventDefault(); return; }
    if (!wide() && (code === 'ArrowUp' || code === 'ArrowDown' || code === 'Space')) return; // an article scrolls
    if (back) step(-1);
    else if (on) step(1);
    else if (code === 'Home') go(shown()[0]);
    else if (code === 'End') go(shown().at(-1));
    else if (/^(Digit|Numpad)[1-9]$/.test(code)) go(shown()[Number(code.at(-1)) - 1]);
    else if (code === 'KeyF' || code === 'F5') full();
    else if (code === 'KeyB' || code === 'Period') curtain();
    else if (code === 'Escape') { if (black) curtain(); else open(); }
    else return;
    event.preventDefault();
  }

  addEventListener('keydown', pressed);
  addEventListener('hashchange', () => { if (dialog.open) start(); go(location.hash.slice(1)); });
  addEventListener('resize', () => go(at));
  let resting;
  main.addEventListener('scroll', () => {
    clearTimeout(resting);
    resting = setTimeout(() => { const code = now(); if (code !== at) { mark(code); write(code); } }, 120);
  });
  let idle;
  addEventListener('mousemove', () => {
    document.documentElement.classList.remove('still');
    clearTimeout(idle);
    idle = setTimeout(() => document.documentElement.classList.add('still'), 2500);
  });
  document.addEventListener('visibilitychange', () => { if (document.hidden) awake = null; });

  list.addEventListener('change', (event) => {
    const code = event.target.closest('li').dataset.code;
    if (event.target.checked) off.delete(code);
    else if (shown().length > 1) off.add(code);
    arrange();
    write(at);
  });
  list.addEventListener('click', (event) => {
    const item = event.target.closest('li');
    const button = event.target.closest('button');
    const link = event.target.closest('a');
    if (button) {
      const n = order.indexOf(item.dataset.code);
      const to = n + (button.classList.contains('up') ? -1 : 1);
      [order[n], order[to]] = [order[to], order[n]];
      arrange();
      write(at);
      (button.disabled ? item.querySelector('button:not(:disabled)') : button).focus();
    } else if (link) {
      event.preventDefault();
      off.delete(item.dataset.code);
      arrange();
      start();
      go(item.dataset.code);
    }
  });
  dialog.querySelector('.first').addEventListener('click', () => { start(); go(at); });
  dialog.querySelector('.whole').addEventListener('click', () => { start(); full(); go(at); });
  dialog.querySelector('.print').addEventListener('click', () => { dialog.close(); print(); });
  dialog.addEventListener('cancel', () => { started = true; });
  dialog.addEventListener('close', () => main.focus({ preventScroll: true }));
  document.querySelector('.open').addEventListener('click', open);
  for (const link of main.querySelectorAll('.turn a')) {
    link.addEventListener('click', (event) => { event.preventDefault(); go(link.hash.slice(1), true); });
  }
  if (location.protocol === 'file:') for (const one of document.querySelectorAll('.served')) one.remove();
  else for (const one of document.querySelectorAll('.saved')) one.remove();

  if (asked) {
    const wanted = asked.split(',').filter((code) => usual.includes(code));
    if (wanted.length) {
      order = [...new Set([...wanted, ...usual])];
      off = new Set(usual.filter((code) => !wanted.includes(code)));
    }
  }
  arrange();
  const first = location.hash.slice(1);
  go(shown().includes(first) ? first : shown()[0]);
  if (!shown().includes(first)) {
    history.replaceState(null, '', location.pathname + location.search);
    open();
  } else started = true;
})();
