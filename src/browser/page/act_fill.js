// Sets a form value with the meaning of `change` in recordings. Input: { locators, value, patience }. Gives { done }, or { type }
// where the text is to be typed.
const found = await findField(input.locators, input.patience);
if (found.missed) return found;
const field = found.element;
const view = field.ownerDocument.defaultView;
const tell = (...kinds) => kinds.forEach((kind) => field.dispatchEvent(new view.Event(kind, { bubbles: true, composed: true })));
if (field.localName === 'select') {
  const options = [...field.options].filter((option) => option.value === input.value);
  if (!options.length) return { missed: { why: 'no-such-option', nearby: [...field.options].map((option) => collapse(option.label || option.text)).filter(Boolean).slice(0, 8) } };
  field.focus();
  for (const option of field.options) option.selected = options.includes(option) && (field.multiple || option === options[0]);
  tell('input', 'change');
  return { done: found.locator };
}
const box = field.matches('input[type=checkbox],input[type=radio],[role=checkbox],[role=radio],[role=switch]') ? field : null;
if (box) {
  const ticked = box.matches('input') ? box.checked : box.getAttribute('aria-checked') === 'true';
  if (ticked !== (input.value !== '') || box.indeterminate) box.click();
  return { done: found.locator };
}
const TYPED = new Set(['text', 'url', 'tel', 'search', 'password', 'number', 'email']);
const typed = field.localName === 'textarea' || field.isContentEditable || (field.localName === 'input' && TYPED.has(field.type));
if (typed && [...input.value].length < 100) return { type: found.locator };
if (!('value' in field)) return { missed: { why: 'not-found', nearby: nearby(input.locators, 'field') } };
const kind = { input: 'HTMLInputElement', textarea: 'HTMLTextAreaElement' }[field.localName];
field.focus();
if (kind) Object.getOwnPropertyDescriptor(view[kind].prototype, 'value').set.call(field, input.value);
else field.value = input.value;
tell('input', 'change');
return { done: found.locator };
