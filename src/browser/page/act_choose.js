// Chooses an option of a select by its visible words. Input: { locators, option, patience }. A drawn list that is no
// <select> is given back as { drawn } for the caller to tap.
const begun = performance.now();
const match = await find(input.locators, 'select', input.patience);
if (match.why) return { missed: { why: match.why, nearby: nearby(input.locators, 'select') } };
const field = match.element;
if (field.localName !== 'select') {
  guard(field);
  return { drawn: { locator: match.locator, x: match.x, y: match.y } };
}
const want = plain(input.option);
for (;;) {
  const options = [...field.options];
  const tiers = options.map((option) => (option.disabled ? null : tierOf(option.label || option.text, collapse(input.option), want)));
  const sure = [EXACT, LIKE, BEGINS, CONTAINS].map((tier) => tiers.indexOf(tier)).find((at) => at >= 0);
  if (sure !== undefined) {
    const view = field.ownerDocument.defaultView;
    field.focus();
    Object.getOwnPropertyDescriptor(view.HTMLSelectElement.prototype, 'selectedIndex').set.call(field, sure);
    field.dispatchEvent(new view.Event('input', { bubbles: true, composed: true }));
    field.dispatchEvent(new view.Event('change', { bubbles: true, composed: true }));
    return { chosen: match.locator };
  }
  if (performance.now() - begun >= input.patience) {
    return { missed: { why: 'no-such-option', nearby: options.map((option) => collapse(option.label || option.text)).filter(Boolean).slice(0, 8) } };
  }
  await change(100);
}
