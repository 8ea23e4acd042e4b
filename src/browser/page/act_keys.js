// The keys of a keyboard drawn on the page. Input: { keyboard, wanted, patience }: waits for the keyboard and gives the
// middle of every wanted key, or null when no keyboard shows. The smallest element whose text is the key's is the key.
state.release?.();
const until = performance.now() + input.patience;
const shownBoard = () => {
  const found = input.keyboard.flatMap((locator) => matches(locator, 'visible'));
  return found.map((match) => match.element).find((element) => shown(element));
};
let board = shownBoard();
while (!board && performance.now() < until) {
  await change(50);
  board = shownBoard();
}
if (!board) return null;
const field = state.target;
const filled = field && field.isConnected ? ('value' in field ? field.value : field.textContent) ?? '' : '';
const keys = {};
const pieces = [...board.querySelectorAll('*')].filter((element) => (element.textContent.length <= 8 || isButtonInput(element)) && shown(element));
for (const wanted of input.wanted) {
  const says = pieces.filter((element) => (isButtonInput(element) ? element.value : element.textContent).trim() === wanted
    || (named(element)[0] === wanted && !element.textContent.trim()));
  const smallest = says.find((element) => !says.some((other) => other !== element && element.contains(other)));
  const spot = smallest && openSpot(smallest);
  if (spot) keys[wanted] = [spot.x, spot.y];
}
return { keys, length: [...filled].length };
