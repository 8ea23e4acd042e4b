// Finds the element that the locators mean and waits until it can be touched. Gives { element, locator, x, y, words } or
// { why }. `mode`: tap, field, select, visible.
const rank = (match, at) => {
  const acting = actor(match.element);
  const heading = !acting && match.element.closest('h1,h2,h3,h4,h5,h6,title');
  const box = onScreen(match.element);
  const covered = box && !openSpot(match.element);
  const weight = [match.tier > LIKE ? 1 : 0, covered ? 1 : 0, acting ? 0 : heading ? 2 : 1, match.tier, enabled(match.element) ? 0 : 1,
    box ? 0 : 1, Math.min((match.element.textContent ?? '').length, 999), at];
  return { ...match, weight };
};
const lighter = (a, b) => {
  const at = a.weight.findIndex((weight, index) => weight !== b.weight[index]);
  return at < 0 ? 0 : a.weight[at] - b.weight[at];
};
// The best visible match of the first locator that has one; vague matches only once nothing better is to be expected.
const best = (locators, mode, vague) => {
  let hidden = false;
  const found = locators.map((locator) => matches(locator, mode)
    .map((match) => ({ ...match, element: meant(match.element, mode) }))
    .filter((match) => {
      const seen = mode === 'file' ? match.element.matches('input[type=file]') : mode === 'there' || shown(match.element);
      hidden ||= !seen && match.tier <= LIKE;
      return seen;
    }));
  for (const sure of vague ? [true, false] : [true]) {
    for (const [locator, all] of found.entries()) {
      const fit = all.filter((match) => (match.tier <= LIKE) === sure)
        .sort((a, b) => a.tier - b.tier).slice(0, 40);
      if (fit.length) return { locator, ...fit.map(rank).sort(lighter)[0] };
    }
  }
  return { why: hidden ? 'hidden' : 'not-found' };
};
// The same box for two frames; where nothing on the page is about to happen, for one: a press that misses is swallowed anyway.
const steady = async (element) => {
  const before = boxOf(element);
  const views = documents().map((page) => page.defaultView).filter(Boolean);
  const calm = loaded(views) && !asking(views) && !stirring(views);
  await frame();
  if (!calm) await frame();
  const after = boxOf(element);
  return element.isConnected && Math.abs(before.left - after.left) < 1 && Math.abs(before.top - after.top) < 1
    && Math.abs(before.width - after.width) < 1 && Math.abs(before.height - after.height) < 1;
};
const reachable = async (element) => {
  if (openSpot(element)) return true;
  element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  await frame();
  return Boolean(openSpot(element));
};
const ready = async (match, mode) => {
  if (mode === 'visible' || mode === 'there') return { x: 0, y: 0 };
  if (mode === 'file') return match.element.disabled ? { why: 'disabled' } : { x: 0, y: 0 };
  if (!enabled(match.element)) return { why: 'disabled' };
  if (mode === 'select' && match.element.localName === 'select') return { x: 0, y: 0 };
  const open = await reachable(match.element);
  if (!(await steady(match.element))) return { why: 'moving' };
  return (open && openSpot(match.element)) || { why: 'covered' };
};
const find = async (locators, mode, longest) => {
  const begun = performance.now();
  let why = 'not-found';
  for (let round = 0; ; round += 1) {
    const waited = performance.now() - begun;
    const views = documents().map((page) => page.defaultView).filter(Boolean);
    const vague = waited > 500 || (loaded(views) && !asking(views) && !changing(views));
    const match = best(locators, mode, vague);
    if (match.element) {
      const spot = await ready(match, mode);
      if (!spot.why) return { ...match, ...spot, words: wordsOf(actor(match.element) ?? match.element) };
      why = spot.why;
    } else why = match.why;
    if (performance.now() - begun >= longest) return { why };
    await change(Math.min(100, longest));
  }
};

// What could have been meant instead: words of the visible things to press (or fields to fill), likest first.
const nearby = (locators, mode) => {
  const said = (locator) => Object.values(locator).flat().flatMap((value) => (value && typeof value === 'object' ? said(value) : [value]));
  const wanted = new Set(locators.flatMap(said).filter(Boolean).join(''));
  const asField = mode === 'field' || mode === 'select';
  const words = everywhere(asField ? FIELD : CLICKABLE).slice(0, 600).filter(shown)
    .map((element) => (asField ? fieldNames(element)[0] ?? '' : wordsOf(element))).filter((text) => text && text.length <= 24);
  const alike = (text) => [...new Set(text)].filter((letter) => wanted.has(letter)).length / Math.sqrt(text.length);
  return [...new Set(words)].map((text, at) => ({ text, at, alike: alike(text) }))
    .sort((a, b) => b.alike - a.alike || a.at - b.at).slice(0, 8).map((one) => one.text);
};

// Stands guard over a tap: a press that lands elsewhere, because the page moved in between, is swallowed and noted.
const guard = (element) => {
  const acting = actor(element) ?? element;
  state.release?.();
  state.hit = null;
  const views = documents().map((page) => page.defaultView).filter(Boolean);
  const kinds = ['pointerdown', 'mousedown', 'touchstart', 'pointerup', 'mouseup', 'touchend', 'click'];
  const watch = (event) => {
    if (!event.isTrusted) return;
    const first = event.composedPath()[0];
    const label = first.closest?.('label');
    state.hit ??= holds(acting, first) || holds(element, first) || holds(first, element)
      || Boolean(label && (label.control === element || holds(label, element)));
    if (!state.hit) { event.preventDefault(); event.stopImmediatePropagation(); }
    if (event.type === 'click') { state.tapped = Date.now(); release(); }
  };
  const release = () => views.forEach((view) => kinds.forEach((kind) => view.removeEventListener(kind, watch, true)));
  views.forEach((view) => kinds.forEach((kind) => view.addEventListener(kind, watch, { capture: true, passive: false })));
  setTimeout(release, 2000);
  state.release = release;
  state.target = element;
};
// A field, or whatever can be pressed in its place (a drawn calendar, a box): a match, or { missed }.
const findField = async (locators, patience) => {
  const field = await find(locators, 'field', patience);
  if (!field.why) return field;
  const other = await find(locators, 'tap', 0);
  return other.why ? { missed: { why: field.why, nearby: nearby(locators, 'field') } } : other;
};
