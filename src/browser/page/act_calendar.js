// The next press in a calendar that the page draws. Input: { date, patience }. Gives { day: [x, y] }, { turn: [x, y] } to another month
// or year, or { none } when no calendar shows.
const [year, month, day] = input.date.split('-').map(Number);
const until = performance.now() + input.patience;
const NUMBER = /^\d{1,2}$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthOf = (text) => {
  const dense = text.replace(/\s+/g, '');
  const numbers = dense.match(/(\d{4})[年\-/.](\d{1,2})月?$/) ?? dense.match(/^(\d{4})年?(\d{1,2})月/);
  if (numbers) return [Number(numbers[1]), Number(numbers[2])];
  const named = dense.toLowerCase().match(/([a-z]{3})[a-z]*,?(\d{4})$/);
  return named && MONTHS.includes(named[1]) ? [Number(named[2]), MONTHS.indexOf(named[1]) + 1] : null;
};
const own = (element) => collapse(element.textContent ?? '');
// A panel: the smallest box around a heading with year and month that also holds a month of numbers.
const panelOf = () => {
  for (const heading of everywhere('*')) {
    const text = heading.textContent ?? '';
    if (text.length > 24 || !/\d{4}/.test(text) || heading.childElementCount > 6) continue;
    const shows = monthOf(collapse(text));
    if (!shows || !shown(heading)) continue;
    for (let panel = above(heading), steps = 0; panel && steps < 8; panel = above(panel), steps += 1) {
      const cells = [...panel.querySelectorAll('*')].filter((cell) => NUMBER.test(own(cell)) && shown(cell));
      const days = cells.filter((cell) => !cells.some((other) => other !== cell && cell.contains(other)));
      if (days.length >= 28) return { panel, shows, days };
    }
  }
  return null;
};
const OUTSIDE = /(prev|next|other|outside|out-of|gray|grey|muted|disabled)/i;
const dayIn = ({ days }) => {
  const right = days.filter((cell) => Number(own(cell)) === day);
  const inside = right.filter((cell) => {
    for (let node = cell, steps = 0; node && steps < 3; node = above(node), steps += 1) if (OUTSIDE.test(node.className?.toString() ?? '')) return false;
    return true;
  });
  return (inside.length ? inside : right)[0];
};
const NEXT = { month: /下个?月|next-?month|next month|arrow-right(?!.*double)|^(›|>|＞|→)$/i, year: /下一?年|next-?year|next year|d-arrow-right|^(»|>>)$/i };
const PREVIOUS = { month: /上个?月|prev(ious)?-?month|previous month|arrow-left(?!.*double)|^(‹|<|＜|←)$/i, year: /上一?年|prev(ious)?-?year|previous year|d-arrow-left|^(«|<<)$/i };
const turnIn = ({ panel, shows }) => {
  const months = (year - shows[0]) * 12 + (month - shows[1]);
  const wanted = months > 0 ? NEXT : PREVIOUS;
  const buttons = [...panel.querySelectorAll('button,a,span,i,[role=button],[onclick]')].filter(shown);
  const says = (button, words) => [own(button), button.className?.toString() ?? '', button.getAttribute('aria-label') ?? '', button.title ?? '']
    .some((said) => said.length < 80 && words.test(said.trim()));
  const by = (words, against) => buttons.find((button) => says(button, words) && !(against && says(button, against)));
  return (Math.abs(months) >= 12 && by(wanted.year)) || by(wanted.month, wanted.year);
};
for (;;) {
  const calendar = panelOf();
  const right = calendar && calendar.shows[0] === year && calendar.shows[1] === month;
  const element = calendar && (right ? dayIn(calendar) : turnIn(calendar));
  if (element && (await reachable(element)) && (await steady(element))) {
    const spot = openSpot(element);
    if (spot) return right ? { day: [spot.x, spot.y] } : { turn: [spot.x, spot.y] };
  }
  if (performance.now() >= until) return { none: calendar ? '日历里点不到那一天' : '' };
  await change(100);
}
