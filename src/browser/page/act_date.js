// Puts a day into a date field. Input: { locators, date, patience }. Gives { done } where the field takes it natively, { type } where
// it takes typed text, { open } where it has to be pressed for a calendar.
const found = await findField(input.locators, input.patience);
if (found.missed) return found;
const field = found.element;
const view = field.ownerDocument.defaultView;
const NATIVE = { date: input.date, month: input.date.slice(0, 7), 'datetime-local': `${input.date}T00:00` };
if (field.localName === 'input' && NATIVE[field.type]) {
  field.focus();
  Object.getOwnPropertyDescriptor(view.HTMLInputElement.prototype, 'value').set.call(field, NATIVE[field.type]);
  for (const kind of ['input', 'change']) field.dispatchEvent(new view.Event(kind, { bubbles: true, composed: true }));
  return field.value ? { done: found.locator } : { missed: { why: 'no-such-option', nearby: [] } };
}
guard(field);
state.dated = field;
return { open: { locator: found.locator, x: found.x, y: found.y } };
