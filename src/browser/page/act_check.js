// Waits until the elements are in the state that is wanted. Input: { locators, wanted, patience }; `wanted` has the keys of
// `expect` in scenario files. Gives { done: locator } or { was }: what they were in, in Chinese.
const until = performance.now() + input.patience;
const wanted = input.wanted;
const COMPARE = { '>=': (a, b) => a >= b, '==': (a, b) => a === b, '<=': (a, b) => a <= b };
const partly = (value, part) => (part !== null && typeof part === 'object'
  ? value !== null && value !== undefined && Object.entries(part).every(([key, inner]) => partly(value[key], inner)) : value === part);
const selectedOf = (element) => collapse([...(element.selectedOptions ?? [])].map((option) => option.label || option.text).join('、'))
  || collapse(element.querySelector?.('[aria-selected=true],.is-selected,.selected')?.textContent ?? '');
const tickedOf = (element) => {
  const box = element.matches('input') ? element : element.control ?? element.querySelector('input[type=checkbox],input[type=radio]') ?? element;
  return box.matches('input') ? box.checked : box.getAttribute('aria-checked') === 'true';
};
const textOf = (element) => collapse(element.innerText ?? element.textContent ?? '');
const valueOf = (element) => ('value' in element ? element.value : element.querySelector('input,textarea,select')?.value ?? '');
const PARTS = [
  ['text', textOf, (its, want) => its === collapse(want), '文字'],
  ['contains', textOf, (its, want) => its.includes(collapse(want)), '文字'],
  ['value', valueOf, (its, want) => its === want, '内容'],
  ['checked', tickedOf, (its, want) => its === want, '勾选'],
  ['enabled', enabled, (its, want) => its === want, '可用'],
  ['selected', selectedOf, (its, want) => its === collapse(want), '选中'],
];
const look = () => {
  for (const [locator, one] of input.locators.entries()) {
    const all = matches(one, 'visible').filter((match) => match.tier <= LIKE || one.seen !== undefined).map((match) => match.element);
    const elements = wanted.visible === false || wanted.attributes || wanted.properties || wanted.hidden ? all : all.filter(shown);
    if (elements.length) return { locator, elements };
  }
  return { locator: 0, elements: [] };
};
const judge = () => {
  const { locator, elements } = look();
  const { compare, number } = wanted.count ?? { compare: '>=', number: 1 };
  if (!COMPARE[compare](elements.length, number)) return { locator, was: `找到 ${elements.length} 个` };
  if (wanted.visible !== undefined && elements.some((element) => shown(element) !== wanted.visible)) return { locator, was: wanted.visible ? '看不到' : '看得到' };
  for (const element of elements) {
    for (const [key, read, right, name] of PARTS) {
      if (wanted[key] === undefined) continue;
      const its = read(element);
      if (!right(its, wanted[key])) return { locator, was: `${name}是“${String(its === true ? '是' : its === false ? '否' : its).slice(0, 80)}”` };
    }
    for (const [name, value] of Object.entries(wanted.attributes ?? {})) {
      if (element.getAttribute(name) !== value) return { locator, was: `属性 ${name} 是“${String(element.getAttribute(name) ?? '').slice(0, 80)}”` };
    }
    for (const [name, value] of Object.entries(wanted.properties ?? {})) if (!partly(element[name], value)) return { locator, was: `性质 ${name} 不符` };
  }
  return { locator };
};
for (;;) {
  const { locator, was } = judge();
  if (wanted.not ? was !== undefined : was === undefined) return { done: locator };
  if (performance.now() >= until) return { was: was ?? '和说的一样' };
  await change(100);
}
