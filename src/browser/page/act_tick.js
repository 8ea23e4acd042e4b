// The box that the locators mean, and whether it is ticked. Input: { locators, patience, on }. A box that nobody sees is pressed
// by its label.
const BOX = 'input[type=checkbox],input[type=radio],[role=checkbox],[role=radio],[role=switch],[role=menuitemcheckbox]';
const match = await find(input.locators, 'tap', input.patience);
if (match.why) return { missed: { why: match.why, nearby: nearby(input.locators, 'tap') } };
const boxAt = (element) => {
  if (element.matches(BOX)) return element;
  const label = element.closest('label');
  if (label?.control?.matches(BOX)) return label.control;
  for (let node = element, steps = 0; node && steps < 4; node = above(node), steps += 1) {
    const boxes = node.matches(BOX) ? [node] : [...node.querySelectorAll(BOX)];
    if (boxes.length === 1) return boxes[0];
    if (boxes.length) return null;
  }
  return null;
};
const box = boxAt(match.element);
if (!box) return { missed: { why: 'not-found', nearby: everywhere(BOX).map((one) => fieldNames(one)[0] ?? '').filter(Boolean).slice(0, 8) } };
const own = box.matches('input') ? box : box.querySelector('input[type=checkbox],input[type=radio]');
const ticked = own ? own.checked && !own.indeterminate : box.getAttribute('aria-checked') === 'true';
if (ticked === input.on) return { right: match.locator };
const pressed = shown(box) && (await reachable(box)) ? box : match.element;
const spot = openSpot(pressed) ?? { x: match.x, y: match.y };
guard(pressed);
return { press: { x: spot.x, y: spot.y } };
