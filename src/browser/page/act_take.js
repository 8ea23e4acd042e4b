// Takes a value of an element. Input: { locators, what, patience }. Gives { locator, said } or { missed }.
if (input.what === 'count') {
  for (const [locator, one] of input.locators.entries()) {
    const count = matches(one, 'visible').filter((match) => match.tier <= LIKE && shown(match.element)).length;
    if (count) return { locator, said: count };
  }
  return { locator: 0, said: 0 };
}
// What a key that presses would press: what has the focus, or the button that sends its form off.
if (input.what === 'pressed') {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement || (at && isFrame(at) && innerDocument(at)?.activeElement)) at = at.shadowRoot?.activeElement ?? innerDocument(at).activeElement;
  if (input.locators.length) {
    const field = await find(input.locators, 'field', input.patience);
    if (field.why) return { locator: null, said: null };
    at = field.element;
  }
  if (!at || at === document.body) return { locator: null, said: null };
  if (at.matches('button,a[href],input[type=submit],input[type=button],[role=button],summary')) return { locator: null, said: wordsOf(at) };
  if (at.localName === 'textarea' || at.isContentEditable) return { locator: null, said: null };
  const buttons = [...(at.form?.elements ?? [])].filter((one) => (one.localName === 'button' && one.type === 'submit') || (one.localName === 'input' && /^(submit|image)$/.test(one.type)));
  return { locator: null, said: buttons.length ? wordsOf(buttons[0]) : null };
}
const match = await find(input.locators, 'visible', input.patience);
if (match.why) return { missed: { why: match.why, nearby: nearby(input.locators, 'visible') } };
const element = match.element;
const value = () => ('value' in element ? element.value : element.querySelector('input,textarea,select')?.value ?? '');
const said = input.what === 'text' ? collapse(element.innerText ?? element.textContent ?? '')
  : input.what === 'value' ? value() : element.getAttribute(input.what.slice('attribute='.length));
return { locator: match.locator, said: said ?? '' };
