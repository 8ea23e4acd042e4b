// What every in-page script stands on: walking documents, shadow roots and same-origin frames, boxes in top-viewport
// coordinates, visible words, and waiting for the page to change. Nothing here recurses: pages may nest without limit.

const KEY = Symbol.for('zoutong');
if (!window[KEY]) Object.defineProperty(window, KEY, { value: { pending: new Map(), changed: performance.now() }, enumerable: false });
const state = window[KEY];

const later = state.later ?? setTimeout.bind(window);
const pause = (ms) => new Promise((resolve) => later(resolve, ms));
const nextFrame = state.frame ?? requestAnimationFrame.bind(window);
const frame = () => Promise.race([new Promise((resolve) => nextFrame(resolve)), pause(60)]);

// Characters without width are no white space: between digits they would tear a number apart.
const LOOSE = /[\s\u200b-\u200d\u2060\ufeff\u00ad]/;
const collapse = (text) => (LOOSE.test(text) ? squeeze(text) : text);
const squeeze = (text) => text.replace(/[\u200b-\u200d\u2060\ufeff\u00ad]/g, '').replace(/\s+/g, ' ').trim();
const DECORATION = /^[*·•>»›\-|]+|[*>»›→▸▾▼▲∨∧↓:.。|]+$/g;
const plain = (text) => {
  const dense = text.normalize('NFKC').replace(/[\s\u200b\ufeff]+/g, '').toLowerCase();
  return dense.replace(DECORATION, '') || dense;
};

const innerDocument = (element) => {
  try { return element.contentDocument; } catch { return null; }
};
const isFrame = (element) => element.localName === 'iframe' || element.localName === 'frame';

// Whether a document may hold shadow roots: it is looked through once after it has been parsed, and again only when a script
// has made one since.
const mayBeRooted = (realm) => {
  const its = realm.defaultView?.[KEY];
  return !its || its.rooted !== false || its.searched !== true;
};
// Every document and open shadow root, outermost first; bounded.
const realms = () => {
  const found = [document];
  for (let at = 0; at < found.length && found.length < 300; at += 1) {
    const realm = found[at]; let roots = 0;
    for (const element of realm.querySelectorAll(mayBeRooted(realm) ? '*' : 'iframe,frame')) {
      if (element.shadowRoot) { found.push(element.shadowRoot); roots += 1; }
      else if (isFrame(element)) {
        const inner = innerDocument(element);
        if (inner && inner.documentElement) found.push(inner);
      }
    }
    const its = realm.nodeType === 9 ? realm.defaultView?.[KEY] : null;
    if (its && roots === 0 && realm.readyState !== 'loading') its.searched = true;
  }
  return found;
};
const documents = () => realms().filter((realm) => realm.nodeType === 9);
const everywhere = (selector) => realms().flatMap((realm) => [...realm.querySelectorAll(selector)]);

const above = (node) => node.parentElement || (node.getRootNode().host ?? null);
const holds = (outer, inner) => {
  for (let node = inner, steps = 0; node && steps < 2000; node = above(node), steps += 1) if (node === outer) return true;
  return false;
};

// Where a document's viewport begins inside the top viewport.
const offset = (inner) => {
  let x = 0; let y = 0;
  for (let view = inner.defaultView; view && view !== window;) {
    const holder = view.frameElement;
    if (!holder) break;
    const box = holder.getBoundingClientRect();
    const style = getComputedStyle(holder);
    x += box.left + holder.clientLeft + (parseFloat(style.paddingLeft) || 0);
    y += box.top + holder.clientTop + (parseFloat(style.paddingTop) || 0);
    view = holder.ownerDocument.defaultView;
  }
  return [x, y];
};
// The box of an element in the top viewport; of text that wraps, its first line.
const boxOf = (element) => {
  const [x, y] = offset(element.ownerDocument);
  let box = element.getBoundingClientRect();
  const lines = element.getClientRects();
  if (lines.length > 1) box = [...lines].find((line) => line.width > 1 && line.height > 1) ?? box;
  return { left: box.left + x, top: box.top + y, width: box.width, height: box.height };
};

// Folded away by an ancestor that clips everything.
const clipped = (element) => {
  for (let node = above(element), steps = 0; node && steps < 40; node = above(node), steps += 1) {
    if (node.offsetHeight < 2 || node.offsetWidth < 2) {
      const style = getComputedStyle(node);
      if (style.overflow !== 'visible' && style.display !== 'contents' && style.display !== 'inline') return true;
    }
  }
  return false;
};
// Behind the veil of light speed nothing has a box: what the styles say is all that can be known.
const drawn = (element) => {
  for (let node = element, steps = 0; node && node !== node.ownerDocument.documentElement && steps < 2000; node = above(node), steps += 1) {
    if (getComputedStyle(node).display === 'none') return false;
  }
  return getComputedStyle(element).visibility === 'visible';
};
// Lifts the veil, so that this document is laid out from now on.
const unveil = () => { for (const page of documents()) page.defaultView?.[KEY]?.unveil?.(); };
const shown = (element) => {
  if (state.veiled) return drawn(element);
  for (let node = element; node; node = node.ownerDocument.defaultView?.frameElement) {
    if (!node.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return false;
  }
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && !clipped(element);
};

const BUTTON_TYPES = new Set(['button', 'submit', 'reset', 'image']);
const isButtonInput = (element) => element.localName === 'input' && BUTTON_TYPES.has(element.type);
const named = (element) => {
  const labelled = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean)
    .map((id) => element.getRootNode().getElementById?.(id)?.textContent ?? '').join(' ');
  return [labelled, element.getAttribute('aria-label'), element.getAttribute('title'), element.getAttribute('alt'),
    element.getAttribute('placeholder')].map((name) => collapse(name ?? '')).filter(Boolean);
};
const wordsOf = (element) => {
  if (isButtonInput(element)) return collapse(element.value || element.alt || '');
  if (element.localName === 'input' || element.localName === 'textarea' || element.localName === 'select') return named(element)[0] ?? '';
  return collapse(element.innerText ?? element.textContent ?? '').slice(0, 300) || (named(element)[0] ?? '');
};

const CLICKABLE = 'a[href],button,input,select,textarea,summary,label,[role=button],[role=tab],[role=link],[role=option],'
  + '[role=menuitem],[role=checkbox],[role=radio],[role=switch],[role=treeitem],[onclick]';
const pointed = (element) => getComputedStyle(element).cursor === 'pointer';
// The element that reacts when this one is pressed, or null when nothing says that anything would.
const actor = (element) => {
  for (let node = element, steps = 0; node && steps < 8; node = above(node), steps += 1) if (node.matches(CLICKABLE)) return node;
  if (!pointed(element)) return null;
  let outermost = element;
  for (let node = above(element), steps = 0; node && steps < 8 && pointed(node); node = above(node), steps += 1) outermost = node;
  return outermost;
};
const enabled = (element) => {
  const acting = actor(element) ?? element;
  return !acting.matches(':disabled') && acting.getAttribute('aria-disabled') !== 'true'
    && !acting.classList.contains('disabled') && !acting.classList.contains('is-disabled');
};

// What a finger at this point of the top viewport would touch, through frames and shadow roots.
const touched = (x, y) => {
  let realm = document; let left = 0; let top = 0;
  for (let steps = 0; steps < 40; steps += 1) {
    const hit = realm.elementFromPoint(x - left, y - top);
    if (!hit) return null;
    if (hit.shadowRoot && hit.shadowRoot !== realm) {
      const deeper = hit.shadowRoot.elementFromPoint(x - left, y - top);
      if (!deeper || deeper === hit) return hit;
      realm = hit.shadowRoot;
      continue;
    }
    const inner = isFrame(hit) ? innerDocument(hit) : null;
    if (!inner) return hit;
    [left, top] = offset(inner);
    realm = inner;
  }
  return null;
};
const reaches = (hit, element) => {
  if (!hit) return false;
  if (holds(element, hit)) return true;
  const acting = actor(element);
  if (acting && acting.localName !== 'select' && holds(acting, hit)) return true;
  const label = hit.closest?.('label');
  return Boolean(label && (label.control === element || holds(label, element)));
};
// The part of an element's box that lies inside the viewport.
const onScreen = (element) => {
  const box = boxOf(element);
  const left = Math.max(box.left, 0); const top = Math.max(box.top, 0);
  const right = Math.min(box.left + box.width, window.innerWidth); const bottom = Math.min(box.top + box.height, window.innerHeight);
  return right - left >= 1 && bottom - top >= 1 ? { left, top, width: right - left, height: bottom - top } : null;
};
const SPOTS = [[0.5, 0.5], [0.25, 0.5], [0.75, 0.5], [0.5, 0.25], [0.5, 0.75]];
const openSpot = (element) => {
  const box = onScreen(element);
  if (!box) return null;
  for (const [across, down] of SPOTS) {
    const x = Math.floor(box.left + box.width * across); const y = Math.floor(box.top + box.height * down);
    if (reaches(touched(x, y), element)) return { x, y };
  }
  return null;
};

// Resolves when anything on the page changes, or after `longest` ms; never sooner than 25 ms.
const change = async (longest) => {
  await pause(25);
  let watcher;
  await Promise.race([pause(longest), new Promise((resolve) => {
    watcher = new MutationObserver(resolve);
    for (const realm of realms()) watcher.observe(realm, { subtree: true, childList: true, characterData: true, attributes: true });
  })]);
  watcher.disconnect();
};

const LOADING = /^(正在加载|加载中|数据加载中|页面加载中|loading|请稍候|请稍等)[,，、]?(请稍候|请稍等|请等待)?[.。…·]*$/i;
const looksBusy = () => everywhere('[aria-busy=true],[class*=loading],[class*=spinner]').slice(0, 60)
  .some((element) => (element.getAttribute('aria-busy') === 'true' || LOADING.test(collapse(element.textContent ?? '').slice(0, 40))) && shown(element));
// A request this old is a long poll, not an answer that the page is waiting for.
const LONG_POLL = 3000;
const loaded = (views) => views.every((view) => view.document.readyState === 'complete');
const asking = (views) => views.some((view) => {
  const now = view.performance.now();
  return [...(view[KEY]?.pending.values() ?? [])].some((begun) => now - begun < LONG_POLL);
});
const arriving = (views) => views.some((view) => view[KEY] && view[KEY].hash !== view.location.hash);
// Whether the page is known to have set something off for the next moment; one that was not watched from its beginning may.
const stirring = (views) => views.some((view) => !view[KEY]?.soon || view[KEY].soon.size > 0 || view.document.getAnimations().length > 0);
const changing = (views) => views.some((view) => view[KEY] && view.performance.now() - view[KEY].changed < 100);
// Whether a page was complete when its load ended: it never asked for anything itself, has set nothing off, and nothing has
// changed since. The quiet time is for pages that build themselves.
const complete = (view) => {
  const page = view[KEY];
  const entry = view.performance.getEntriesByType('navigation')[0];
  return Boolean(page?.soon && entry?.loadEventEnd) && page.serial === 0 && !page.opaque && page.soon.size === 0
    && page.changed <= entry.loadEventStart && !view.document.querySelector('script[type=module]');
};
// Waits until the page is still: loaded, no request under way, nothing changing; at most `longest` ms. A page that never
// stops moving (a carousel, a clock) counts as still once it has been loaded and idle for a second and a half.
const settle = async (longest) => {
  const until = performance.now() + longest;
  let idle = null;
  if (document.readyState !== 'complete') {
    // Told right after the last of the page's own load handlers, before anything else can come in between (the first picture).
    await Promise.race([pause(longest), new Promise((resolve) => addEventListener('pageshow', resolve, { once: true }))]);
  }
  while (performance.now() < until) {
    const views = documents().map((page) => page.defaultView).filter(Boolean);
    if (!loaded(views) || asking(views) || arriving(views)) idle = null;
    else {
      idle ??= performance.now();
      if ((views.every(complete) || !changing(views) || performance.now() - idle > 1500) && !looksBusy()) return true;
    }
    await pause(10);
  }
  return false;
};
