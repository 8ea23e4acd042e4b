// Where a slider is dragged from and to. Input: { locators, share, by, patience }. A native range is set at once.
const match = await find(input.locators, 'visible', input.patience);
if (match.why) return { missed: { why: match.why, nearby: nearby(input.locators, 'tap') } };
let element = match.element;
const range = element.matches('input[type=range]') ? element : element.querySelector('input[type=range]');
if (range && input.share !== null) {
  const view = range.ownerDocument.defaultView;
  const low = Number(range.min || 0); const high = Number(range.max || 100);
  range.focus();
  Object.getOwnPropertyDescriptor(view.HTMLInputElement.prototype, 'value').set.call(range, String(low + (high - low) * input.share));
  for (const kind of ['input', 'change']) range.dispatchEvent(new view.Event(kind, { bubbles: true, composed: true }));
  return { done: match.locator };
}
element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
await frame();
const HANDLE = '[role=slider],[class*=handle],[class*=thumb],[class*=btn],[class*=button],button';
let handle = element.matches('[role=slider]') ? element : element.querySelector(HANDLE);
let track = element;
const wide = (one) => boxOf(one).width;
if (!handle || wide(element) < 60) {
  handle = element.matches(HANDLE) || wide(element) < 60 ? element : handle ?? element;
  for (let node = above(handle), steps = 0; node && steps < 4 && wide(track) < 3 * wide(handle); node = above(node), steps += 1) track = node;
}
const grip = boxOf(handle); const way = boxOf(track);
const from = [grip.left + grip.width / 2, grip.top + grip.height / 2];
if (!(await steady(handle))) return { missed: { why: 'moving', nearby: [] } };
const room = way.width - grip.width;
const to = input.by ? [from[0] + input.by[0], from[1] + input.by[1]]
  : [way.left + grip.width / 2 + room * input.share, from[1]];
return { drag: { locator: match.locator, from, to } };
