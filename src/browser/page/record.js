// Notes what a person does on this page and how each thing can be found again. Runs in a world of its own, which the page
// cannot reach; every note goes out through `zoutongNoted`. Runs in every document, frames included.
if (typeof zoutongNoted !== 'function' || window.zoutongRecording) return;
window.zoutongRecording = true;

const LONGEST = 60;
const short = (text) => collapse(text ?? '').slice(0, LONGEST);
const note = (what) => zoutongNoted(JSON.stringify({ ...what, at: Date.now(), url: location.href.slice(0, 2000), frame: framePath() }));

// Child-frame indexes from the window's own document down to this one. Comparing window proxies is allowed across origins.
const framePath = () => {
  const path = [];
  for (let view = window; view !== view.parent && path.length < 20; view = view.parent) {
    let index = 0;
    while (index < view.parent.length && view.parent[index] !== view) index += 1;
    path.unshift(index);
  }
  return path;
};

// An id that a program counted up or drew by lot will be another one tomorrow.
const lasting = (id) => id.length < 40 && !/\d{3,}|^[a-f\d-]{16,}$|^(ember|react|radix|el-id|mui|:r)/i.test(id);
const only = (realm, selector, element) => {
  try { const found = realm.querySelectorAll(selector); return found.length === 1 && found[0] === element; } catch { return false; }
};
const own = (element) => {
  for (const name of ['data-testid', 'data-test', 'data-cy']) {
    const value = element.getAttribute(name);
    if (value) return `[${name}=${CSS.escape(value)}]`;
  }
  if (element.id && lasting(element.id)) return `#${CSS.escape(element.id)}`;
  const name = element.getAttribute('name');
  return name ? `${element.localName}[name="${CSS.escape(name)}"]` : null;
};
// A short path inside the element's own document or shadow root.
const cssInside = (element) => {
  const realm = element.getRootNode();
  const direct = own(element);
  if (direct && only(realm, direct, element)) return direct;
  let path = '';
  for (let node = element, steps = 0; node && node.nodeType === 1 && steps < 8; node = node.parentElement, steps += 1) {
    const known = steps > 0 ? own(node) : null;
    if (known && only(realm, `${known} ${path}`, element)) return `${known} ${path}`;
    const peers = [...(node.parentNode?.children ?? [])].filter((peer) => peer.localName === node.localName);
    const part = peers.length > 1 ? `${node.localName}:nth-of-type(${peers.indexOf(node) + 1})` : node.localName;
    path = path ? `${part} > ${path}` : part;
    if (only(realm, path, element)) return path;
  }
  return path;
};
const css = (element) => {
  const parts = [];
  for (let node = element; node && parts.length < 8;) {
    parts.unshift(`css=${cssInside(node)}`);
    const root = node.getRootNode();
    node = root.host ?? null;
  }
  return parts.join(' >>> ');
};
const xpath = (element) => {
  if (element.getRootNode().nodeType !== 9) return null;
  const parts = [];
  for (let node = element; node && node.nodeType === 1 && parts.length < 40; node = node.parentElement) {
    const peers = [...(node.parentNode?.children ?? [])].filter((peer) => peer.localName === node.localName);
    parts.unshift(peers.length > 1 ? `${node.localName}[${peers.indexOf(node) + 1}]` : node.localName);
  }
  return `xpath=/${parts.join('/')}`;
};

const FIELD = 'input,select,textarea,[contenteditable=""],[contenteditable=true]';
const isField = (element) => element.matches(FIELD) && !isButtonInput(element);
const labelOf = (element) => {
  const label = element.labels?.[0] ?? element.closest('label');
  if (!label) return '';
  const copy = label.cloneNode(true);
  copy.querySelectorAll('input,select,textarea,button').forEach((inner) => inner.remove());
  return short(copy.textContent).replace(/[:：*\s]+$/, '');
};
const ROLES = { button: 'button', a: 'link', summary: 'button' };
const roleOf = (element) => element.getAttribute('role') ?? (isButtonInput(element) ? 'button' : ROLES[element.localName]);
const asked = () => [...everywhere(`${CLICKABLE},[tabindex]`)].filter(shown);

// How to find an element again: first by what a person sees, then by what the page calls it.
const places = (element) => {
  const found = [];
  const add = (place) => { if (place && place.length < 400 && !found.includes(place)) found.push(place); };
  if (isField(element)) {
    add(labelOf(element) || short(element.getAttribute('placeholder')) || short(element.getAttribute('aria-label')));
    if (element.getAttribute('placeholder')) add(`placeholder=${short(element.getAttribute('placeholder'))}`);
  } else {
    const words = short(wordsOf(element));
    const alike = words ? asked().filter((other) => other !== element && !holds(other, element) && !holds(element, other) && short(wordsOf(other)) === words) : [];
    // Words that several things say find the first one of them.
    if (words && words.length <= 30 && !alike.length) add(words);
    if (words && words.length <= 30 && roleOf(element) && !alike.some((other) => roleOf(other) === roleOf(element))) add(`role=${roleOf(element)}[${words}]`);
  }
  add(css(element));
  add(xpath(element));
  return found;
};

// Passwords never leave the page, not even their length.
const isSecret = (element) => element.type === 'password' || /passw|pwd|密码|口令/i.test([element.name, element.id, element.autocomplete, element.placeholder, labelOf(element)].join(' '));
const valueOf = (element) => (element.isContentEditable ? element.innerText : element.value) ?? '';
const kind = (element) => (element.localName === 'input' ? element.type : element.localName);

const isOurs = (event) => event.composedPath().some((node) => node?.id === 'zoutong-recorder');
const aimed = (event) => event.composedPath().find((node) => node?.nodeType === 1) ?? null;
const pressedOn = (event) => {
  const target = aimed(event);
  return target && (actor(target) ?? target);
};
let picking = null;

addEventListener('click', (event) => {
  // A key that sends a form presses its button as well, without a pointer.
  if (!event.isTrusted || isOurs(event) || event.detail === 0) return;
  const target = aimed(event);
  if (!target) return;
  if (picking) {
    event.preventDefault();
    event.stopImmediatePropagation();
    note({ deed: 'seen', places: places(target), words: short(wordsOf(target)) });
    picking(false);
    return;
  }
  const element = pressedOn(event);
  const control = element.localName === 'label' ? element.control : element;
  // What a choice comes to is told by its `change`; a click that a label passes on comes twice.
  if (control && control.matches('select,option,input[type=checkbox],input[type=radio],input[type=file],input[type=range],input[type=date]')) return;
  if (control && control !== element && isField(control)) return;
  note({ deed: isField(element) ? 'focused' : 'tapped', places: places(element), words: short(wordsOf(element)), times: event.detail });
}, true);

addEventListener('change', (event) => {
  const element = aimed(event);
  if (!element || !element.matches?.(FIELD) || isOurs(event)) return;
  const common = { places: places(element), kind: kind(element) };
  if (element.matches('input[type=checkbox],input[type=radio]')) note({ deed: 'ticked', ...common, on: element.checked });
  else if (element.localName === 'select') note({ deed: 'chosen', ...common, value: short(element.selectedOptions[0]?.textContent) });
  else if (element.type === 'file') note({ deed: 'uploaded', ...common, value: short(element.files[0]?.name) });
  else typed(element);
}, true);
const told = new WeakMap();
const typed = (element) => {
  if (told.get(element) === valueOf(element)) return;
  told.set(element, valueOf(element));
  const secret = isSecret(element);
  note({ deed: 'typed', places: places(element), kind: kind(element), secret, value: secret ? '' : valueOf(element).slice(0, 2000) });
};
// A field that a script reads on every key never tells a change.
const waiting = new Map();
addEventListener('input', (event) => {
  const element = aimed(event);
  if (!event.isTrusted || !element?.matches?.(FIELD) || element.matches('select,input[type=checkbox],input[type=radio],input[type=file]') || isOurs(event)) return;
  clearTimeout(waiting.get(element));
  waiting.set(element, setTimeout(() => { waiting.delete(element); typed(element); }, 400));
}, true);
const tellWaiting = () => { for (const [element, timer] of waiting) { clearTimeout(timer); typed(element); } waiting.clear(); };
addEventListener('pagehide', tellWaiting, true);

const KEYS = new Set(['Enter', 'Escape', 'Tab', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown']);
addEventListener('keydown', (event) => {
  if (!event.isTrusted || isOurs(event) || event.isComposing || !KEYS.has(event.key)) return;
  const element = aimed(event);
  tellWaiting();
  if (event.key === 'Tab' || (event.key !== 'Enter' && event.key !== 'Escape' && element?.matches?.(FIELD))) return;
  if (event.key === 'Enter' && element?.localName === 'textarea') return;
  note({ deed: 'pressed', value: event.key, places: element?.matches?.(FIELD) ? places(element) : [] });
}, true);

const arrived = () => note({ deed: 'opened', words: short(document.title), top: window === window.parent });
if (document.readyState === 'loading') addEventListener('DOMContentLoaded', arrived, { once: true });
else arrived();
addEventListener('hashchange', arrived);

// What the person can tell the program besides: a small panel in the corner of the window's own document.
const panel = () => {
  if (window !== window.parent || document.getElementById('zoutong-recorder') || !document.body) return;
  const host = document.createElement('div');
  host.id = 'zoutong-recorder';
  host.style.cssText = 'all:initial;position:fixed;right:12px;bottom:12px;z-index:2147483647';
  const root = host.attachShadow({ mode: 'closed' });
  const bar = document.createElement('div');
  bar.style.cssText = 'font:14px/1.4 sans-serif;background:#1d3557;color:#fff;border-radius:8px;padding:8px;display:flex;gap:6px;align-items:center;box-shadow:0 2px 10px rgba(0,0,0,.4)';
  const said = document.createElement('span');
  said.textContent = '● 正在录制';
  bar.append(said);
  const button = (words, act) => {
    const made = document.createElement('button');
    made.textContent = words;
    made.style.cssText = 'font:inherit;border:0;border-radius:6px;padding:6px 10px;background:#fff;color:#1d3557;cursor:pointer';
    made.addEventListener('click', (event) => { if (event.isTrusted) act(); });
    bar.append(made);
    return made;
  };
  const pick = button('这里必须看得到', () => choose(true));
  const choose = (on) => {
    said.textContent = on ? '● 请点一下必须看得到的内容' : '● 正在录制';
    pick.style.background = on ? '#ffd166' : '#fff';
    picking = on ? choose : null;
  };
  button('读取办事指南', () => note({ deed: 'guide', places: [], words: '' }));
  button('结束录制', () => { tellWaiting(); note({ deed: 'finished', places: [], words: '' }); });
  root.append(bar);
  document.body.append(host);
};
const settlePanel = () => { panel(); setTimeout(settlePanel, 1000); };
if (document.readyState === 'loading') addEventListener('DOMContentLoaded', settlePanel, { once: true });
else settlePanel();
