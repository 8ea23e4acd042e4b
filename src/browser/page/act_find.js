// Finds, and for a tap stands guard. Input: { locators, mode, patience }. The element itself is only given where a command of
// the driver needs it (a frame, a file field).
const match = await find(input.locators, input.mode, input.patience);
if (match.why) return { missed: { why: match.why, nearby: nearby(input.locators, input.mode) } };
if (input.mode === 'visible' || input.mode === 'there' || input.mode === 'file') state.target = match.element;
else guard(match.element);
const box = boxOf(match.element);
const leads = match.element.closest('a[target],form[target],area[target]')?.getAttribute('target') ?? '';
return { found: { locator: match.locator, x: match.x, y: match.y, words: match.words, box: [box.left, box.top, box.width, box.height],
  element: input.mode === 'there' || input.mode === 'file' ? match.element : null,
  leaves: leads !== '' && leads !== '_self' && leads !== '_top' && leads !== '_parent' } };
