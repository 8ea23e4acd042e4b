// Chooses an option of a select by value, place or id, or one of several. Input: { locators, option: { words | value | index | id },
// more, patience }.
const until = performance.now() + input.patience;
const match = await find(input.locators, 'select', input.patience);
if (match.why) return { missed: { why: match.why, nearby: nearby(input.locators, 'select') } };
const field = match.element;
if (field.localName !== 'select') return { missed: { why: 'not-found', nearby: nearby(input.locators, 'select') } };
const { words, value, index, id } = input.option;
const meantOption = () => [...field.options].find((option, at) => (words !== undefined ? tierOf(option.label || option.text, collapse(words), plain(words)) <= LIKE
  && tierOf(option.label || option.text, collapse(words), plain(words)) !== null
  : value !== undefined ? option.value === value : index !== undefined ? at + 1 === index : option.id === id));
for (;;) {
  const option = meantOption();
  if (option && !option.disabled) {
    const view = field.ownerDocument.defaultView;
    field.focus();
    if (input.more === null || !field.multiple) field.selectedIndex = option.index;
    else option.selected = input.more;
    for (const kind of ['input', 'change']) field.dispatchEvent(new view.Event(kind, { bubbles: true, composed: true }));
    return { chosen: match.locator };
  }
  if (performance.now() >= until) {
    return { missed: { why: 'no-such-option', nearby: [...field.options].map((one) => collapse(one.label || one.text)).filter(Boolean).slice(0, 8) } };
  }
  await change(100);
}
