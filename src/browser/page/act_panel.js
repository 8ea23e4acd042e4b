// The box of a panel, or of the viewport. Input: { locators, patience }.
if (!input.locators.length) return { box: [0, 0, window.innerWidth, window.innerHeight], locator: null };
const match = await find(input.locators, 'visible', input.patience);
if (match.why) return { missed: { why: match.why, nearby: nearby(input.locators, 'tap') } };
if (!onScreen(match.element)) { match.element.scrollIntoView({ block: 'center', behavior: 'instant' }); await frame(); }
const box = onScreen(match.element) ?? boxOf(match.element);
return { box: [box.left, box.top, box.width, box.height], locator: match.locator };
