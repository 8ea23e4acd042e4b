// Notes what the page says now, so that what it says later can be told from it. Input: { before } when the page that was
// listened to is gone: then that earlier text is what is compared with. Gives the text noted.
const BLOCK = /^(block|flex|grid|table|list-item|table-cell|table-row|inline-block|inline-flex|flow-root)/;
const NOISE = /^[\d:：\-/.,\s年月日时分秒上下午星期一二三四五六天今昨刚]*$/;
const WAITING = /^(正在|努力)?(输入|思考|查询|加载|回复|生成|为您.{1,8}|处理)(中|答案|回答)?[.。…·]*$/;
// Visible text, block by block in page order.
const blocks = () => {
  const found = [];
  const boxes = new Map();
  const seen = new Map();
  const blockOf = (element) => {
    if (!boxes.has(element)) {
      let at = element;
      for (let steps = 0; steps < 12 && at.parentElement && !BLOCK.test(getComputedStyle(at).display); steps += 1) at = at.parentElement;
      boxes.set(element, at);
    }
    return boxes.get(element);
  };
  const visible = (element) => {
    if (!seen.has(element)) seen.set(element, shown(element));
    return seen.get(element);
  };
  for (const realm of realms()) {
    const walker = (realm.ownerDocument ?? realm).createTreeWalker(realm, 4);
    for (let node = walker.nextNode(); node && found.length < 6000; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!element || !node.data.trim() || SILENT.has(element.localName) || !visible(element)) continue;
      const block = blockOf(element);
      const last = found.at(-1);
      if (last?.block === block) { last.text += node.data; last.links.add(element.closest('a[href]')); }
      else found.push({ block, text: node.data, links: new Set([element.closest('a[href]')]) });
    }
  }
  for (const one of found) one.text = collapse(one.text);
  return found;
};
const count = (texts) => {
  const counts = new Map();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
};
const ear = { since: Date.now(), first: null, said: '', changed: Date.now(), busy: false, known: new WeakSet(), fresh: [] };
const texts = input.before ?? blocks().map((one) => one.text);
const before = count(texts);
ear.except = '';
const check = () => {
  const left = new Map(before);
  const fresh = [];
  let busy = false;
  for (const one of blocks()) {
    const known = left.get(one.text) ?? 0;
    if (known > 0) left.set(one.text, known - 1);
    else if (WAITING.test(one.text)) busy = true;
    else if (!NOISE.test(one.text)) fresh.push(one);
  }
  const echo = plain(ear.except);
  const answer = fresh.filter((one) => {
    const said = plain(one.text);
    return !echo || !(said === echo || (said.endsWith(echo) && said.length <= echo.length + 6));
  });
  const said = answer.map((one) => one.text).join('\n');
  if (said !== ear.said) { ear.said = said; ear.changed = Date.now(); }
  if (said && ear.first === null) ear.first = Date.now();
  if (!said) ear.first = null;
  ear.busy = busy;
  ear.fresh = answer;
};
let due = false;
const wake = () => {
  if (due) return;
  due = true;
  setTimeout(() => { due = false; watch(); check(); }, 40);
};
const watcher = new MutationObserver(wake);
const watch = () => {
  for (const realm of realms()) {
    if (ear.known.has(realm)) continue;
    ear.known.add(realm);
    watcher.observe(realm, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['class', 'style', 'hidden', 'open'] });
  }
};
watch();
ear.check = check;
ear.watch = watch;
ear.stop = () => watcher.disconnect();
state.ear?.stop();
state.ear = ear;
return texts.slice(0, 6000);
