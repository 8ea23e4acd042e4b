// Writes down everything that the page shows as a flat tree, hidden parts included and flagged. Given as one JSON text:
// { url, title, notes, data, tags, nodes: [[parent, tag, flags, text, attrs, rect, size], …] }, what is nothing left out at the
// end of each. Flags: 1 hidden, 2 bold, 4 as visible as what it holds.
// Input: { nodes, text, total } (limits), { pictures } (false where pictures are not fetched).
const LEFT_OUT = new Set(['script', 'style', 'noscript', 'template', 'link', 'base', 'head']);
const EMPTY = new Set(['svg', 'textarea', 'canvas', 'object', 'embed']);
const KEPT = new Set(['id', 'class', 'alt', 'name', 'type', 'placeholder', 'title', 'data-title', 'data-content', 'data-full', 'data-text', 'data-original-title', 'data-tip', 'role', 'aria-label', 'aria-expanded', 'for', 'colspan', 'rowspan', 'hidden', 'download', 'content', 'onclick']);
const notes = [];
await settle(5000);

// Pictures and films that are still on their way get a moment; what is far down the page is asked for now.
const media = input.pictures ? everywhere('img,video,audio').slice(0, 2000) : [];
for (const image of media) if (image.localName === 'img' && image.loading === 'lazy' && !image.complete) image.loading = 'eager';
const verdict = (element) => {
  if (element.localName === 'img') {
    if (!(element.currentSrc || element.getAttribute('src'))) return null;
    return element.complete ? element.naturalWidth > 0 : null;
  }
  if (element.readyState >= 1) return true;
  const sources = [element.getAttribute('src'), ...[...element.querySelectorAll('source')].map((source) => source.getAttribute('src'))].filter(Boolean);
  // A browser without the codec cannot tell a broken film from a good one.
  const unread = sources.some((source) => /\.(mp4|m4v|m4a|aac|flv|m3u8)($|\?)/i.test(source)) && !element.canPlayType('video/mp4; codecs="avc1.42E01E"');
  if (!sources.length || unread) return null;
  return element.error || element.networkState === 3 ? false : null;
};
const until = performance.now() + 1500;
while (media.some((element) => element.localName === 'img' && verdict(element) === null && !element.complete && shown(element)) && performance.now() < until) await pause(30);

const tags = []; const tagAt = new Map();
const tagOf = (name) => {
  let at = tagAt.get(name);
  if (at === undefined) { at = tags.push(name) - 1; tagAt.set(name, at); }
  return at;
};
const nodes = []; let total = 0; let cut = false; let shortened = false;
const add = (parent, tag, flags, text, attrs, rect, size) => {
  total += text.length;
  if (attrs) for (const name in attrs) total += attrs[name].length + name.length;
  if (nodes.length >= input.nodes || total > input.total) { cut = true; return -1; }
  const name = tagOf(tag);
  const node = size ? [parent, name, flags, text, attrs, rect, size] : rect ? [parent, name, flags, text, attrs, rect]
    : attrs ? [parent, name, flags, text, attrs] : text ? [parent, name, flags, text] : flags ? [parent, name, flags] : [parent, name];
  return nodes.push(node) - 1;
};
const clip = (text, most) => {
  if (text.length <= most) return text;
  shortened = true;
  // never half a character
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
};
const SOURCED = new Set(['img', 'video', 'audio', 'iframe', 'frame', 'source', 'track', 'embed', 'input']);
const FIELDS = new Set(['input', 'textarea', 'select']);
const attributes = (element, tag) => {
  const sourced = SOURCED.has(tag); const field = FIELDS.has(tag);
  if (!sourced && !field && !element.hasAttributes()) return 0;
  let kept = 0; let editable = false; let src = false;
  for (const name of element.getAttributeNames()) {
    if (KEPT.has(name)) (kept ||= {})[name] = clip(element.getAttribute(name), 2000);
    else if (name === 'href') (kept ||= {}).href = clip(typeof element.href === 'string' ? element.href : element.getAttribute(name), 2000);
    else if (name === 'contenteditable') editable = true;
    else if (name === 'src') src = true;
  }
  if (sourced || src) {
    const source = element.currentSrc || (typeof element.src === 'string' ? element.src : '') || element.getAttribute('src');
    if (source && tag !== 'script') (kept ||= {}).src = clip(source.startsWith('data:') ? source.slice(0, 40) : source, 2000);
  }
  if (field) {
    const box = element.type === 'checkbox' || element.type === 'radio';
    if (isButtonInput(element)) (kept ||= {}).value = clip(element.value, 200);
    else if (element.type !== 'hidden' && (box ? element.checked : element.value !== '')) (kept ||= {}).filled = 'true';
  } else if (editable && element.isContentEditable && element.textContent.trim()) (kept ||= {}).filled = 'true';
  if (input.pictures && (tag === 'img' || tag === 'video' || tag === 'audio')) {
    const well = verdict(element);
    if (well !== null) (kept ||= {}).loaded = String(well);
  }
  return kept;
};
const round = (number) => Math.round(number * 10) / 10;
const scroll = [window.scrollX, window.scrollY];
const VISIBLY = { checkOpacity: true, checkVisibilityCSS: true };
const foldsAway = (style) => style.overflow !== 'visible' && style.display !== 'inline';
const HOLDERS = new Set(['div', 'ul', 'ol', 'li', 'dl', 'dd', 'dt', 'table', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th', 'section', 'article',
  'main', 'nav', 'header', 'footer', 'aside', 'form', 'fieldset', 'p', 'span', 'a', 'label', 'center', 'font', 'body']);
// { hidden, box } of an element inside a parent that may be hidden already. What only holds other elements and takes room is
// as visible as what it holds: it has no box of its own here, and is told to be hidden once all of that is.
const look = (element, place, tag, holder) => {
  if (place.lost) return { hidden: true };
  if (state.veiled) {
    const style = getComputedStyle(element);
    const gone = place.clips || style.display === 'none';
    return { hidden: gone || place.buried || style.visibility !== 'visible', clips: gone };
  }
  if (holder && HOLDERS.has(tag) && element.offsetHeight >= 2 && element.offsetWidth >= 2) return { hidden: place.buried || place.clips, clips: place.clips, holds: true };
  const seen = element.checkVisibility(VISIBLY);
  const rect = element.getBoundingClientRect();
  const box = [round(rect.left + place.x + scroll[0]), round(rect.top + place.y + scroll[1]), round(rect.width), round(rect.height)];
  if (!seen) {
    if (getComputedStyle(element).display === 'contents') return { hidden: place.hidden, clips: place.clips };
    return { hidden: true, clips: place.clips };
  }
  const small = rect.width < 2 || rect.height < 2;
  const clips = place.clips || (small && element.firstChild !== null && foldsAway(getComputedStyle(element)));
  const away = rect.width > 0 && (box[0] + box[2] <= 0 || box[1] + box[3] <= 0);
  return { hidden: place.buried || clips || away || (rect.width === 0 && rect.height === 0 && !element.firstElementChild && !element.shadowRoot), clips, box };
};
// What stands in an element, in order: its texts, as words, and its elements.
const gather = (first, next) => {
  const list = []; let words = false; let holds = false;
  for (let node = first; node && list.length <= input.nodes; node = next(node)) {
    const kind = node.nodeType;
    if (kind === 3) {
      const text = collapse(clip(node.data, input.text));
      if (text) { list.push(text); words = true; }
    } else if (kind === 1) { list.push(node); holds = true; }
  }
  return { list, words, holds };
};
const sibling = (node) => node.nextSibling;
const inside = (parent) => gather(parent.firstChild, sibling);
const given = (slot) => {
  const nodes = slot.assignedNodes();
  let at = 0;
  return nodes.length ? gather(nodes[0], () => nodes[at += 1]) : null;
};
const stack = [];
const push = (list, place) => {
  for (let at = list.length - 1; at >= 0; at -= 1) stack.push(list[at], place);
};
const writeText = (text, place) => {
  if (text && add(place.parent, '#text', place.hidden ? 1 : 0, text, 0, 0, 0) < 0) stack.length = 0;
};
const writeFrame = (element, place, at) => {
  const inner = innerDocument(element);
  const source = element.src || '';
  if (!inner || !inner.documentElement) {
    add(at, '#frame', place.hidden ? 1 : 0, '', source ? { src: source } : 0, 0, 0);
    notes.push(`页面嵌入了另一个网站的内容，无法读取：${clip(source, 200)}`);
    return;
  }
  const [x, y] = offset(inner);
  const held = add(at, '#frame', place.hidden ? 1 : 0, '', { src: clip(inner.location?.href ?? source, 2000) }, 0, 0);
  if (held >= 0) stack.push(inner.body ?? inner.documentElement, { ...place, parent: held, x, y, buried: place.hidden });
};
const writeElement = (element, place) => {
  const tag = element.localName;
  if (LEFT_OUT.has(tag)) return;
  const own = inside(element);
  const seen = look(element, place, tag, own.holds && !own.words);
  let flags = (seen.hidden ? 1 : 0) + (seen.holds ? 4 : 0); let size = 0;
  if (!place.lost && own.words) {
    const style = getComputedStyle(element);
    size = round(parseFloat(style.fontSize)) || 0;
    if (Number(style.fontWeight) >= 600) flags += 2;
  }
  const attrs = attributes(element, tag);
  const at = add(place.parent, tag, flags, '', attrs, seen.box ?? 0, size);
  if (at < 0) { stack.length = 0; return; }
  const here = { parent: at, hidden: seen.hidden, clips: seen.clips, x: place.x, y: place.y, buried: place.buried, lost: place.lost };
  if (tag === 'iframe' || tag === 'frame') { writeFrame(element, here, at); return; }
  if (EMPTY.has(tag) || (attrs.filled && element.isContentEditable)) return;
  if (element.shadowRoot) {
    const root = add(at, '#shadow', here.hidden ? 1 : 0, '', 0, 0, 0);
    if (root >= 0) push(inside(element.shadowRoot).list, { ...here, parent: root });
    return;
  }
  // Pieces that the page threw away when another tab was opened still belong to it.
  if (state.kept) for (const kept of state.kept.filter((one) => one.parent === element)) stack.push(kept.node, { ...here, hidden: true, lost: true });
  push(((tag === 'slot' && given(element)) || own).list, here);
};

const top = document.body ?? document.documentElement;
stack.push(top, { parent: 0, hidden: false, clips: false, x: 0, y: 0, buried: false, lost: false });
let begun = false;
while (stack.length) {
  const place = stack.pop(); const node = stack.pop();
  if (typeof node === 'string') writeText(node, place);
  else if (node.nodeType === 1) writeElement(node, place);
  else if (node.nodeType === 3) writeText(collapse(clip(node.data, input.text)), place);
  if (!begun) {
    begun = true;
    for (const meta of [...document.head?.querySelectorAll('meta[name][content]') ?? []].slice(0, 60)) add(0, 'meta', 1, '', attributes(meta, 'meta'), 0, 0);
  }
}
if (cut) notes.push(nodes.length >= input.nodes ? `页面超过 ${input.nodes} 个节点，只读取了前面的部分` : '页面内容过长，只读取了前面的部分');
if (shortened) notes.push('有的文字过长，只读取了开头');
// Scripts that hold an item's data, as written; the reader falls back on them where the page shows nothing.
const SIGNS = ['事项名称', '受理条件', '材料名称', '办理地点', '\\u4e8b\\u9879', '\\u6750\\u6599', 'task_name', 'taskName', 'taskname', 'TASK_NAME',
  'TaskName', 'itemName', 'ITEM_NAME', 'accept_condition', 'acceptCondition', 'ACCEPT_CONDITION', 'material_name', 'materialName',
  'MATERIAL_NAME', 'transact_addr', 'promise', 'PROMISE', 'sxmc', 'sltj', 'clmc'];
const data = []; let room = 1000000;
for (const script of everywhere('script:not([src])')) {
  const text = script.textContent ?? '';
  if (data.length >= 20 || text.length > room || /template|html/i.test(script.type) || !/[{[]/.test(text)) continue;
  if (SIGNS.some((sign) => text.includes(sign))) { data.push(text); room -= text.length; }
}
return JSON.stringify({ url: location.href, title: clip(document.title, 1000), notes: [...new Set(notes)].slice(0, 20), data, tags, nodes });
