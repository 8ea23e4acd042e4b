// Opens what is folded: details, panels, tabs, “展开更多”. Never follows a link off the page, never presses what submits.
// Gives how many were opened. Input: { clicks, patience }.
const MORE_WORDS = new Set(['展开', '查看更多', '更多', '展开全部', '点击展开', '显示全部', '查看全部', '查看详情', '展开更多', '加载更多', '全部展开', '展开详情', '显示更多', '点击查看更多']);
// A letter of each of those words and of each arrow.
const HINT = /[展更查显▼▾∨﹀⌄»+＋]/;
const ARROW = /^[▼▾∨﹀⌄»+＋]$/;
const FORBIDDEN = /提交|申报|支付|缴费|缴纳|付款|办理|预约|登录|登陆|注册|退出|注销|下载|删除|取消|确认|确定|发送|清空|返回|关闭|收起|打印|分享|收藏|评价/;
const FOLD = /(^|[-_\s])(collapse|accordion|fold|expand|toggle|unfold)([-_\s]|$|header|head|title|btn|button|item|trigger)/i;
const TABLIKE = /(^|[-_\s])(tabs?|tab-?(item|title|nav|head|btn|link|control)|tabs__item|nav-?item)([-_\s]|$)/i;
const done = (state.unfolded ??= new WeakSet());
let clicks = 0;
await settle(5000);
const begun = performance.now();
const spent = () => clicks >= input.clicks || performance.now() - begun > input.patience;

const leaves = (element) => {
  const link = element.closest('a[href],area[href]');
  if (!link) return false;
  const href = (link.getAttribute('href') ?? '').trim();
  // `#/…` is another page of a single-page application.
  return !(href === '' || /^#(?![/!])/.test(href) || href === '#' || /^javascript:/i.test(href)) || link.hasAttribute('download');
};
const submits = (element) => Boolean(element.closest('form') && (element.matches('input,select,textarea')
  || (element.closest('button') && (element.closest('button').getAttribute('type') ?? 'submit').toLowerCase() !== 'button')));
const words = (element) => collapse(element.innerText ?? '').slice(0, 60);
// A title of a panel may well say 办理流程: only what is plainly a button is held to the forbidden words, and a bare
// command is held to them everywhere.
const COMMAND = /^(我要|立即|马上|在线|网上|点击|去)?(提交|申报|申请|支付|缴费|付款|办理|预约|登录|登陆|注册|退出|注销|下载|删除|取消|确认|确定|发送|清空|返回|关闭|打印)(登录|申请|办理|申报|订单|表格|附件|全部|一下)?$/;
const pressable = (element, title) => {
  const said = words(element);
  const told = plain([said, ...named(element)].join(''));
  if (leaves(element) || submits(element) || !enabled(element)) return false;
  return title ? !COMMAND.test(told) : !FORBIDDEN.test(told);
};
// The page that is unfolded, as far as an application inside it is concerned.
const place = () => location.pathname + location.search + (/^#[/!]/.test(location.hash) ? location.hash : '');
const press = async (element) => {
  if (spent() || done.has(element)) return false;
  done.add(element);
  clicks += 1;
  const before = place();
  element.click();
  await pause(0);
  if (place() !== before) { history.back(); await settle(1000); }
  return true;
};
// Whatever a press sets off, the page stays: no other document, no other window, no form.
const views = documents().map((page) => page.defaultView).filter(Boolean);
const stay = (event) => { if (event.cancelable && !event.destination.sameDocument) event.preventDefault(); };
const refuse = (event) => event.preventDefault();
const opens = views.map((view) => view.open);
for (const view of views) {
  view.navigation?.addEventListener('navigate', stay);
  view.addEventListener('submit', refuse, true);
  view.open = () => null;
}
const letGo = () => views.forEach((view, at) => {
  view.navigation?.removeEventListener('navigate', stay);
  view.removeEventListener('submit', refuse, true);
  view.open = opens[at];
});

const tabGroups = () => {
  const groups = new Map();
  for (const tab of everywhere('[role=tab]')) {
    const group = tab.closest('[role=tablist]') ?? tab.parentElement;
    if (group) groups.set(group, [...(groups.get(group) ?? []), tab]);
  }
  for (const item of everywhere('[class*=tab],[class*=nav-item],[class*=nav_item]')) {
    if (item.matches('[role=tab],[role=tablist],[role=tabpanel],table,tbody,td,th,tr') || item.closest('[role=tablist],nav,header,footer')) continue;
    const group = item.parentElement;
    if (!group || groups.has(group)) continue;
    const peers = [...group.children].filter((child) => words(child).length > 0 && words(child).length <= 14);
    const tabish = TABLIKE.test(item.className?.baseVal ?? item.className ?? '') && peers.length >= 2 && peers.length <= 12 && peers.length === group.children.length;
    const panels = tabish && peers.every((peer) => !peer.querySelector('table,ul,ol,form,input,img')) && peers.some((peer) => pointed(peer) || peer.hasAttribute('onclick'));
    if (panels) groups.set(group, peers);
  }
  return [...groups.values()];
};
const current = (tabs) => tabs.find((tab) => tab.getAttribute('aria-selected') === 'true'
  || /(^|[-_\s])(active|current|selected|on|cur|is-active|checked)([-_\s]|$)/i.test(tab.className?.baseVal ?? tab.className ?? ''))
  ?? tabs.find((tab) => tab.querySelector('.active,.current,.selected,.on')) ?? tabs[0];
// Each tab once; back to the one that was open.
const openTabs = async () => {
  for (const tabs of tabGroups()) {
    const fresh = tabs.filter((tab) => !done.has(tab) && shown(tab) && pressable(tab.querySelector('a,button') ?? tab, true));
    if (fresh.length < 1 || tabs.length < 2) continue;
    const first = current(tabs);
    done.add(first);
    let moved = false;
    for (const tab of fresh) if (tab !== first && await press(tab.querySelector('a,button') ?? tab)) { done.add(tab); moved = true; await settle(1500); }
    if (moved && first.isConnected) { (first.querySelector('a,button') ?? first).click(); await settle(1000); }
  }
};
// A panel that the page throws away when another tab opens is kept as a copy for the snapshot.
const removed = [];
const watchers = documents().map((page) => {
  const watcher = new MutationObserver((records) => {
    for (const record of records) for (const node of record.removedNodes) {
      if (node.nodeType === 1 && node.textContent.trim().length > 1 && removed.length < 200) removed.push({ node, parent: record.target });
    }
  });
  watcher.observe(page, { subtree: true, childList: true });
  return watcher;
});

const openDetails = () => everywhere('details:not([open])').slice(0, 200).forEach((element) => { element.open = true; clicks += 1; });
const folded = () => {
  const found = everywhere('[aria-expanded=false]').filter((element) => !element.matches('input,select,textarea,[role=combobox]')
    && !element.hasAttribute('aria-haspopup') && pressable(element, true));
  for (const element of everywhere('a,button,span,div,p,i,li,[role=button],[onclick]')) {
    // What is written there costs next to nothing, what is shown of it a layout.
    if (element.childElementCount > 3) continue;
    const whole = element.textContent;
    if (whole.length > 24 || !HINT.test(whole)) continue;
    const said = plain(words(element)) || collapse(element.textContent);
    const more = MORE_WORDS.has(said) || ARROW.test(collapse(element.textContent)) || (said.length >= 2 && said.length <= 10 && /^(点击)?(展开|查看更多|查看全部|显示全部|显示更多)/.test(said));
    if (more && (actor(element) || pointed(element)) && pressable(element, false)) found.push(actor(element) && actor(element).textContent.length <= 40 ? actor(element) : element);
  }
  for (const head of everywhere('[class*=collapse],[class*=accordion],[class*=fold],[class*=expand],[class*=toggle],dt,h2,h3,h4,h5,[class*=head],[class*=title]')) {
    const next = head.nextElementSibling;
    const body = next && !next.matches('script,style') && next.textContent.trim() !== '' && !shown(next);
    const empty = next && next.childElementCount === 0 && next.textContent.trim() === '' && FOLD.test(head.className?.baseVal ?? head.className ?? '');
    if ((body || empty) && words(head) && words(head).length < 60 && (pointed(head) || head.hasAttribute('onclick') || FOLD.test(String(head.className))) && pressable(head, true)) found.push(head);
  }
  return [...new Set(found)].filter((element) => !done.has(element) && shown(element)).slice(0, 200);
};

for (let round = 0; round < 3 && !spent(); round += 1) {
  const before = clicks;
  openDetails();
  for (const element of folded()) {
    // Two heads may work the same panel: the second press would fold it again.
    if (element.isConnected && shown(element) && element.getAttribute('aria-expanded') !== 'true'
      && !(element.nextElementSibling && FOLD.test(String(element.className)) && shown(element.nextElementSibling) && element.nextElementSibling.textContent.trim() !== '' && !element.hasAttribute('aria-expanded'))) await press(element);
  }
  await openTabs();
  if (clicks === before) break;
  await settle(2000);
}
for (const watcher of watchers) watcher.disconnect();
letGo();
const gone = removed.filter((one) => !one.node.isConnected && one.parent.isConnected
  && !removed.some((other) => other !== one && other.node !== one.node && other.node.contains(one.node)));
const lost = gone.filter((one) => !everywhere('body').some((body) => plain(body.textContent).includes(plain(one.node.textContent))));
(state.kept ??= []).push(...lost.slice(0, 40));
return clicks;
