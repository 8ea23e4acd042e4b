// Scrolls. Input: { way: into | at | down | up | end, locators, x, y, patience }.
const paged = () => document.scrollingElement ?? document.documentElement;
if (input.way === 'into') {
  const match = await find(input.locators, 'there', input.patience);
  if (match.why) return { missed: { why: match.why, nearby: nearby(input.locators, 'tap') } };
  match.element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  await frame();
  return { done: match.locator };
}
if (input.way === 'at') {
  let locator = null; let place = null;
  if (input.locators.length) {
    const match = await find(input.locators, 'visible', input.patience);
    if (match.why) return { missed: { why: match.why, nearby: nearby(input.locators, 'tap') } };
    locator = match.locator; place = match.element;
  }
  if (place) { place.scrollLeft = input.x; place.scrollTop = input.y; } else window.scrollTo({ left: input.x, top: input.y, behavior: 'instant' });
  await frame();
  return { done: locator };
}
const step = window.innerHeight * 0.9;
if (input.way !== 'end') {
  window.scrollBy({ top: input.way === 'down' ? step : -step, behavior: 'instant' });
  await frame();
  return { done: null };
}
for (let rounds = 0; rounds < 60; rounds += 1) {
  const before = paged().scrollHeight;
  window.scrollTo({ top: before, behavior: 'instant' });
  await settle(1500);
  if (paged().scrollHeight <= before) break;
}
return { done: null };
