// Which elements a locator means. A match is { element, tier }; tiers from sure to vague:
// 0 these very words, 1 a name (aria-label, title, alt, placeholder, label), 2 the words but for space, width and
// decoration, 3 begins with the words, 4 contains them. Tiers 3 and 4 are vague: something better may still be rendered.
unveil();
const EXACT = 0; const NAME = 1; const LIKE = 2; const BEGINS = 3; const CONTAINS = 4;
const SILENT = new Set(['script', 'style', 'noscript', 'template', 'title', 'textarea', 'option']);
const ancestry = new WeakMap();
const plainOf = (node) => {
  const kept = ancestry.get(node);
  if (kept && kept.data === node.data) return kept.plain;
  const fresh = { data: node.data, plain: node.data.length > 4000 ? '' : plain(node.data) };
  ancestry.set(node, fresh);
  return fresh.plain;
};
const tierOf = (text, wanted, want) => {
  if (collapse(text) === wanted) return EXACT;
  const dense = plain(text);
  if (dense === want) return LIKE;
  if (dense.startsWith(want)) return BEGINS;
  return dense.includes(want) ? CONTAINS : null;
};

// The smallest element around a text node whose whole text says at least the wanted words.
const around = (node, piece, wanted, want) => {
  let element = node.parentElement;
  for (let steps = 0; element && steps < 6; element = element.parentElement, steps += 1) {
    const text = element.textContent;
    if (text.length > wanted.length * 3 + 80) break;
    const tier = tierOf(text, wanted, want);
    if (tier !== null) return { element, tier };
  }
  return piece.includes(want) && node.parentElement
    ? { element: node.parentElement, tier: piece.startsWith(want) ? BEGINS : CONTAINS } : null;
};
const byText = (wanted) => {
  const want = plain(wanted);
  const found = new Map();
  if (!want) return [];
  for (const realm of realms()) {
    const page = realm.ownerDocument ?? realm;
    const walker = page.createTreeWalker(realm, 4);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const piece = plainOf(node);
      if (!piece || !(piece.includes(want) || want.includes(piece)) || SILENT.has(node.parentElement?.localName)) continue;
      const match = around(node, piece, wanted, want);
      if (match && !(found.get(match.element)?.tier <= match.tier)) found.set(match.element, match);
    }
    for (const element of realm.querySelectorAll('input[type=button],input[type=submit],input[type=reset]')) {
      const tier = tierOf(element.value, wanted, want);
      if (tier !== null) found.set(element, { element, tier });
    }
  }
  return [...found.values()];
};
const byName = (wanted) => {
  const want = plain(wanted);
  if (!want) return [];
  return everywhere('[aria-label],[aria-labelledby],[title],[alt],[placeholder]').flatMap((element) => {
    const tiers = named(element).map((name) => tierOf(name, wanted, want)).filter((tier) => tier !== null);
    return tiers.length ? [{ element, tier: Math.min(...tiers) <= LIKE ? NAME : CONTAINS }] : [];
  });
};

const FIELD = 'input:not([type=hidden]):not([type=button]):not([type=submit]):not([type=reset]):not([type=image])'
  + ':not([type=checkbox]):not([type=radio]):not([type=file]),textarea,select,[contenteditable=""],[contenteditable=true],'
  + '[contenteditable=plaintext-only],[role=textbox],[role=searchbox],[role=combobox]';
const PROMPT = /^(请)?(您)?(输入|填写|选择|录入)(您的|您)?/;
const fieldNames = (field) => {
  const labels = [...(field.labels ?? [])].map((label) => collapse(label.innerText ?? ''));
  const names = [...labels, ...named(field)].filter(Boolean);
  return [...names, ...names.map((name) => name.replace(PROMPT, '')).filter(Boolean)];
};
// A field is also called by the text block to its left or right above it.
const besideText = (fields, wanted) => {
  const texts = byText(wanted).filter((match) => match.tier <= LIKE && shown(match.element)).slice(0, 20);
  return texts.flatMap((text) => {
    const from = boxOf(text.element);
    const near = fields.filter(shown).map((element) => {
      const box = boxOf(element);
      const sameRow = box.top < from.top + from.height && box.top + box.height > from.top && box.left >= from.left + from.width - 6;
      const below = box.top >= from.top + from.height - 6 && box.left < from.left + from.width + 40 && box.left + box.width > from.left;
      if (sameRow) return { element, far: box.left - from.left - from.width };
      return below ? { element, far: 200 + box.top - from.top - from.height } : null;
    }).filter((one) => one && one.far < 400).sort((a, b) => a.far - b.far);
    return near.slice(0, 1).map((one) => ({ element: one.element, tier: LIKE }));
  });
};
const byLabel = (wanted) => {
  const want = plain(wanted);
  const fields = everywhere(FIELD);
  const found = fields.flatMap((element) => {
    const tiers = fieldNames(element).map((name) => tierOf(name, wanted, want)).filter((tier) => tier !== null);
    if (!tiers.length && (element.name === wanted || element.id === wanted)) tiers.push(LIKE);
    return tiers.length ? [{ element, tier: Math.min(...tiers) }] : [];
  });
  return found.some((match) => match.tier <= LIKE) ? found : [...found, ...besideText(fields, wanted)];
};

const ROLES = {
  button: 'button,input[type=button],input[type=submit],input[type=reset],input[type=image],summary',
  link: 'a[href],area[href]', textbox: 'input:not([type]),input[type=text],input[type=tel],input[type=email],input[type=url],'
    + 'input[type=password],input[type=number],textarea,[contenteditable=true]',
  searchbox: 'input[type=search]', checkbox: 'input[type=checkbox]', radio: 'input[type=radio]', combobox: 'select',
  heading: 'h1,h2,h3,h4,h5,h6', img: 'img', option: 'option', listitem: 'li', list: 'ul,ol', dialog: 'dialog', table: 'table',
  row: 'tr', cell: 'td', navigation: 'nav', main: 'main', banner: 'header', contentinfo: 'footer', form: 'form', article: 'article',
};
const byRole = (role, name) => everywhere(`[role="${CSS.escape(role)}"]${ROLES[role] ? `,${ROLES[role]}` : ''}`).flatMap((element) => {
  if (element.getAttribute('role') && element.getAttribute('role') !== role) return [];
  if (!name) return [{ element, tier: EXACT }];
  const want = plain(name);
  const tiers = [wordsOf(element), ...named(element), ...(element.labels ? fieldNames(element) : [])]
    .map((text) => tierOf(text, name, want)).filter((tier) => tier !== null);
  return tiers.length ? [{ element, tier: Math.min(...tiers) }] : [];
});
const byXPath = (expression) => documents().flatMap((page) => {
  const result = page.evaluate(expression, page, null, 7, null);
  return Array.from({ length: Math.min(result.snapshotLength, 200) }, (_, at) => result.snapshotItem(at))
    .map((node) => (node.nodeType === 1 ? node : node.ownerElement ?? node.parentElement))
    .filter(Boolean).map((element) => ({ element, tier: EXACT }));
});

const attributed = (selector, attribute, wanted) => {
  const want = plain(wanted);
  return everywhere(selector).flatMap((element) => {
    const tier = tierOf(element.getAttribute(attribute) ?? '', wanted, want);
    return tier === null ? [] : [{ element, tier }];
  });
};
const TEST_IDS = ['data-testid', 'data-test-id', 'data-test', 'data-cy'];
const byTestId = (id) => everywhere(TEST_IDS.map((name) => `[${name}="${CSS.escape(id)}"]`).join(','))
  .map((element) => ({ element, tier: EXACT }));

// The words of an element that are not hidden from those who have pages read to them.
const heardOf = (element) => {
  if (!element.querySelector('[aria-hidden=true]')) return element.textContent;
  const copy = element.cloneNode(true);
  copy.querySelectorAll('[aria-hidden=true]').forEach((hidden) => hidden.remove());
  return copy.textContent;
};
// The accessible name, near enough: what names it, else its label, else its words.
const accessible = (element) => {
  const labels = [...(element.labels ?? [])].map((label) => label.innerText ?? '').join(' ');
  const labelled = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean)
    .map((id) => element.getRootNode().getElementById?.(id)?.textContent ?? '').join(' ');
  const names = [labelled, element.getAttribute('aria-label'), labels, element.getAttribute('alt'),
    isButtonInput(element) ? element.value : element.matches('input,select,textarea') ? '' : heardOf(element),
    element.getAttribute('title'), element.getAttribute('placeholder')];
  return names.find((name) => name && name.trim()) ?? '';
};
const NAMEABLE = `${CLICKABLE},[aria-label],[aria-labelledby],[role],h1,h2,h3,h4,h5,h6,img,p,span,div,td,th,li,dt,dd,strong,em`;
const byAria = (name, role) => {
  const candidates = role ? byRole(role, null).map((match) => match.element) : everywhere(NAMEABLE);
  const found = candidates.flatMap((element) => {
    if (!role && element.childElementCount > 4) return [];
    const its = accessible(element);
    return its === name ? [{ element, tier: EXACT }] : its.length < 2000 && collapse(its) === collapse(name) ? [{ element, tier: NAME }] : [];
  });
  // A wrapper whose only words are those of what it holds is not what is named.
  return found.filter((match) => !found.some((other) => other !== match && match.element.contains(other.element)));
};

// Each part is sought inside what the part before it means: in its shadow root, or in itself.
const byChain = (parts, mode) => parts.slice(1).reduce((outer, part) => matches(part, mode)
  .filter((match) => outer.some((one) => one.element !== match.element && holds(one.element, match.element))), matches(parts[0], mode));

// The first alternative that is anywhere to be seen.
const first = (locators, mode) => {
  for (const locator of locators) {
    const found = matches(locator, mode).filter((match) => shown(match.element) || match.element.matches('input[type=file]'));
    const sure = found.filter((match) => match.tier <= LIKE);
    if (found.length) return sure.length ? sure : found;
  }
  return [];
};
const SLACK = 3;
const GAPS = {
  below: (box, by) => (box.left < by.left + by.width && by.left < box.left + box.width ? box.top - (by.top + by.height) : null),
  above: (box, by) => (box.left < by.left + by.width && by.left < box.left + box.width ? by.top - (box.top + box.height) : null),
  'left-of': (box, by) => (box.top < by.top + by.height && by.top < box.top + box.height ? by.left - (box.left + box.width) : null),
  'right-of': (box, by) => (box.top < by.top + by.height && by.top < box.top + box.height ? box.left - (by.left + by.width) : null),
};
// One of several alike, told by what lies around it: the nearest, or the nth in page order.
const byRelation = (related, mode) => {
  let found = first(related.of, mode);
  if (related.in) {
    const outer = first(related.in, 'visible').map((match) => match.element);
    found = found.filter((match) => outer.some((element) => element !== match.element && holds(element, match.element)));
  }
  let near = false;
  for (const [way, gap] of Object.entries(GAPS)) {
    if (!related[way]) continue;
    near = true;
    const beside = first(related[way], 'visible').map((match) => boxOf(match.element));
    found = found.flatMap((match) => {
      const gaps = beside.map((by) => gap(boxOf(match.element), by)).filter((distance) => distance !== null && distance >= -SLACK);
      return gaps.length ? [{ ...match, far: (match.far ?? 0) + Math.min(...gaps) }] : [];
    });
  }
  if (related.nth) return found.slice(related.nth - 1, related.nth).map((match) => ({ ...match, tier: EXACT }));
  if (near) return found.sort((a, b) => a.far - b.far).slice(0, 1).map((match) => ({ ...match, tier: EXACT }));
  return found;
};

const matches = (locator, mode) => {
  const [kind, value] = Object.entries(locator)[0];
  const wanted = typeof value === 'string' ? collapse(value) : value;
  const asField = mode === 'field' || mode === 'select';
  try {
    if (kind === 'chain') return byChain(value, mode);
    if (kind === 'related') return byRelation(value, mode);
    if (kind === 'aria') return byAria(value[0], value[1]);
    if (kind === 'placeholder') return attributed('[placeholder]', 'placeholder', wanted);
    if (kind === 'alt') return attributed('[alt]', 'alt', wanted);
    if (kind === 'title') return attributed('[title]', 'title', wanted);
    if (kind === 'test-id') return byTestId(value);
    if (kind === 'css' || kind === 'pierce') return everywhere(value).map((element) => ({ element, tier: EXACT }));
    if (kind === 'x-path') return byXPath(value);
    if (kind === 'role') return byRole(value[0], value[1]);
    if (kind === 'label' || asField) return byLabel(wanted);
    if (kind === 'text') return byText(wanted).filter((match) => match.tier <= LIKE);
    return [...byText(wanted), ...byName(wanted)];
  } catch {
    return []; // a selector that the browser cannot read matches nothing
  }
};

// The file field that a button, label or panel stands for: in it, or the nearest around it.
const fileField = (element) => {
  const label = element.closest('label');
  if (label?.control?.type === 'file') return label.control;
  for (let node = element, steps = 0; node && steps < 6; node = above(node), steps += 1) {
    const field = node.querySelector?.('input[type=file]');
    if (field) return field;
  }
  return null;
};

// A wrapper stands for the field in it; a box nobody sees (a restyled check box) for its label.
const meant = (element, mode) => {
  if (mode === 'file' && !element.matches('input[type=file]')) return fileField(element) ?? element;
  if ((mode === 'field' || mode === 'select') && !element.matches(FIELD)) return element.querySelector(FIELD) ?? element;
  if (mode === 'tap' && element.labels?.length && !shown(element)) return element.labels[0];
  return element;
};
