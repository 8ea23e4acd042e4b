// Finds, and for a tap stands guard. Input: { locators, mode, patience }.
const match = await find(input.locators, input.mode, input.patience);
if (match.why) return { missed: { why: match.why, nearby: nearby(input.locators, input.mode) } };
if (input.mode !== 'visible') guard(match.element);
const leads = match.element.closest('a[target],form[target],area[target]')?.getAttribute('target') ?? '';
return { found: { locator: match.locator, x: match.x, y: match.y, words: match.words,
  leaves: leads !== '' && leads !== '_self' && leads !== '_top' && leads !== '_parent' } };
