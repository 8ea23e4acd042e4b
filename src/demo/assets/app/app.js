// The whole app: hash routes, one render function a screen, panels fetched when they are first tapped.
'use strict';
const view = document.getElementById('view');

const make = (tag, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
};
const api = async (path) => (await (await fetch(path)).json()).data;
const post = async (path, fields) => (await fetch(path, { method: 'POST', body: new URLSearchParams(fields) })).json();
const go = (hash) => { location.hash = hash; };

const topBar = (title) => make('header', { className: 'bar' },
  make('button', { className: 'back', onclick: () => history.back(), ariaLabel: '返回' }, '‹'), make('h1', {}, title));

const searchBox = (value = '') => {
  const input = make('input', { type: 'search', placeholder: '搜索事项、服务', value, maxLength: 60 });
  const search = () => input.value.trim() && go(`#/search?q=${encodeURIComponent(input.value.trim())}`);
  input.addEventListener('keydown', (event) => event.key === 'Enter' && search());
  return make('div', { className: 'search' }, input, make('button', { onclick: search }, '搜索'));
};

const itemCard = (item) => make('div', { className: 'item-card', onclick: () => go(`#/guide/${item.code}`) },
  make('div', { className: 'item-name' }, item.name), make('div', { className: 'item-office' }, item.department));

const pageTurner = (turning) => {
  const link = (href, word) => (href ? make('a', { href }, word) : null);
  return make('div', { className: 'turner' }, link(turning.previous, '上一页'),
    make('span', {}, `${turning.page}/${turning.pages}`), link(turning.next, '下一页'));
};

const screens = {
  async home() {
    const data = await api('/api/home');
    const grid = [['身', '身份证'], ['驾', '驾驶证'], ['社', '社保卡'], ['医', '医保'], ['房', '公积金'], ['企', '公司'], ['婚', '结婚'], ['老', '老年']];
    return make('div', {},
      make('div', { className: 'hero' },
        make('div', { className: 'hero-line' }, make('b', {}, '晋来办'), make('span', {}, '晋城市'),
          data.user
            ? make('span', { className: 'me' }, data.user, make('a', { href: '/logout' }, '退出'))
            : make('a', { className: 'me', href: '#/login' }, '登录')),
        searchBox(),
        make('div', { className: 'poster' }, make('b', {}, '高效办成一件事'), make('span', {}, '晋城政务服务 指尖即办'))),
      make('section', { className: 'card grid' }, ...grid.map(([icon, word]) =>
        make('div', { className: 'cell', onclick: () => go(`#/search?q=${encodeURIComponent(word)}`) }, make('i', {}, icon), make('span', {}, word)))),
      make('section', { className: 'card all' }, make('a', { href: '#/items' }, '全部事项'), make('a', { href: '#/categories' }, '按主题和部门查找')),
      make('section', { className: 'card help', onclick: () => go('#/chat') }, make('b', {}, '智能客服'), make('span', {}, '有问题随时问')),
      make('section', { className: 'card' }, make('h2', {}, '热门服务'), ...data.hot.map(itemCard)),
      make('footer', {}, '主办单位：晋城市人民政府', make('br'), '承办单位：晋城市行政审批服务管理局'));
  },

  async items(query) {
    const { items, turning } = await api(`/api/items?${query}`);
    const chip = (key, word) => make('a', { href: `#/items?audience=${key}`, className: key === query.get('audience') ? 'chip on' : 'chip' }, word);
    return make('div', {}, topBar(query.get('theme') || query.get('department') || '办事'), searchBox(),
      make('div', { className: 'chips' }, chip('personal', '个人办事'), chip('enterprise', '法人办事'),
        make('a', { href: '#/categories', className: 'chip' }, '分类')),
      make('section', { className: 'card' }, ...items.map(itemCard)), pageTurner(turning));
  },

  async categories() {
    const { themes, departments, count } = await api('/api/categories');
    const links = (field, all) => make('div', { className: 'tags' }, ...all.map(({ name }) =>
      make('a', { href: `#/items?${field}=${encodeURIComponent(name)}` }, name)));
    return make('div', {}, topBar('事项分类'), searchBox(),
      make('section', { className: 'card' }, make('a', { href: '#/items' }, `全部事项（${count}）`)),
      make('section', { className: 'card' }, make('h2', {}, '按主题'), links('theme', themes)),
      make('section', { className: 'card' }, make('h2', {}, '按部门'), links('department', departments)));
  },

  async search(query) {
    const words = query.get('q') || '';
    const { items, turning } = await api(`/api/search?${query}`);
    return make('div', {}, topBar('搜索'), searchBox(words),
      make('section', { className: 'card' }, make('h2', {}, `找到${turning.count}个事项`),
        ...(items.length ? items.map(itemCard) : [make('p', { className: 'none' }, '抱歉，没有找到相关事项')])),
      pageTurner(turning));
  },

  async guide(query, code) {
    const guide = await api(`/api/guide/${encodeURIComponent(code)}`);
    if (!guide) return make('div', {}, topBar('办事指南'), make('p', { className: 'none' }, '没有找到这个事项的办事指南'));
    return make('div', {}, topBar('指南详情'),
      make('section', { className: 'card title-card' }, make('h2', {}, guide.name), make('p', {}, guide.department), make('p', {}, `今日窗口排队${guide.bustle.waiting}人`),
        make('a', { className: 'primary', href: `/apply/${guide.code}` }, '立即办理')),
      ...guide.panels.map((title, index) => accordion(guide.code, title, index)),
      make('p', { className: 'date' }, `浏览 ${guide.bustle.views} 更新于2026年5月20日`));
  },

  async login() {
    let audience = 'personal';
    const words = make('p', { className: 'words', role: 'alert' });
    const account = make('input', { id: 'account', placeholder: '账号', autocomplete: 'off' });
    const password = make('input', { id: 'password', type: 'password', placeholder: '密码' });
    const code = make('input', { id: 'code', placeholder: '短信验证码', inputMode: 'numeric', autocomplete: 'off' });
    const tabs = [['personal', '个人登录'], ['enterprise', '法人登录']].map(([key, word]) => make('button', {
      className: key === audience ? 'on' : '',
      onclick: (event) => {
        audience = key;
        tabs.forEach((tab) => tab.classList.toggle('on', tab === event.target));
      },
    }, word));
    const send = async () => { words.textContent = (await post('/code', { account: account.value })).words; };
    const enter = async () => {
      const answer = await post('/api/login', { audience, account: account.value, password: password.value, code: code.value });
      if (answer.ok) go('#/home'); else words.textContent = answer.words;
    };
    return make('div', { className: 'login' }, topBar('登录'), make('div', { className: 'login-logo' }, '晋来办'),
      make('div', { className: 'who' }, ...tabs),
      make('label', { className: 'line', htmlFor: 'account' }, '账号', account),
      make('label', { className: 'line', htmlFor: 'password' }, '密码', password),
      make('div', { className: 'line' }, make('label', { htmlFor: 'code' }, '短信验证码'), code, make('button', { className: 'get', onclick: send }, '获取验证码')),
      words, make('button', { className: 'primary wide', onclick: enter }, '登录'));
  },

  async chat() {
    const talk = make('div', { className: 'talk' });
    const input = make('input', { placeholder: '请输入您的问题', maxLength: 100 });
    const bubble = (side, ...parts) => {
      talk.append(make('div', { className: `bubble ${side}` }, ...parts));
      talk.scrollTop = talk.scrollHeight;
    };
    const send = async (text) => {
      const question = (text || input.value).trim();
      if (!question) return;
      input.value = '';
      bubble('right', question);
      const said = (await post('/api/chat', { question })).data;
      setTimeout(() => bubble('left', ...said.lines.map((line) => make('div', {}, line)),
        ...said.options.map((name) => make('button', { className: 'option', onclick: () => send(`${name}怎么办理？`) }, name)),
        said.guide ? make('a', { href: `#/guide/${said.guide}` }, '查看办事指南') : null), 250);
    };
    input.addEventListener('keydown', (event) => event.key === 'Enter' && send());
    bubble('left', '您好，我是晋来办智能客服，请问有什么可以帮您？');
    return make('div', { className: 'chat' }, topBar('智能客服'), talk,
      make('div', { className: 'say' }, input, make('button', { onclick: () => send() }, '发送')));
  },

  async mine() {
    const { user } = await api('/api/home');
    return make('div', {}, topBar('我的'), make('section', { className: 'card title-card' },
      make('h2', {}, user || '未登录用户'),
      user ? make('a', { className: 'primary', href: '/logout' }, '退出') : make('a', { className: 'primary', href: '#/login' }, '登录')));
  },
};

function accordion(code, title, index) {
  const body = make('div', { className: 'panel-body', hidden: true });
  const head = make('button', { className: 'panel-head', ariaExpanded: 'false' }, title, make('i', {}, '＋'));
  head.addEventListener('click', async () => {
    if (body.childElementCount) return;
    head.ariaExpanded = 'true';
    head.lastChild.textContent = '－';
    const panel = await api(`/api/guide/${code}/${index}`);
    if (!body.childElementCount) body.append(...panel.rows.map(factRow));
    body.hidden = false;
  });
  return make('section', { className: 'card panel' }, head, body);
}

function factRow(row) {
  const value = row.value;
  const said = make('div', { className: 'said' });
  if (value.text) said.append(value.text);
  value.lines.forEach((line) => said.append(make('p', {}, line)));
  value.links.forEach((link) => said.append(make('a', { href: link.href, className: 'link' }, link.text)));
  value.materials.forEach((material, index) => said.append(materialCard(material, index)));
  if (value.image) said.append(make('img', { src: value.image.src, alt: value.image.alt }));
  value.questions.forEach((question) => said.append(make('p', { className: 'ask' }, question.ask), make('p', {}, question.answer)));
  return make('div', { className: 'fact' }, make('div', { className: 'label' }, row.label), said);
}

function materialCard(material, index) {
  const line = (label, text) => make('div', { className: 'mini-line' }, make('span', {}, label), make('em', {}, text));
  const links = [material.blank, material.sample].filter(Boolean).map((link) => make('a', { href: link.href, className: 'link' }, link.text));
  return make('div', { className: 'material' }, make('b', {}, material.name),
    line('是否必要', material.need), line('材料类型', material.kind), line('材料介质', material.form), line('份数', material.copies),
    line('纸张规格', material.page), line('材料来源', material.source), line('出具单位', material.issuer),
    line('审查要点', material.standard), line('填表说明', material.filling), ...links);
}

async function show() {
  const [path, search] = location.hash.replace(/^#\//, '').split('?');
  const [name, code] = (path || 'home').split('/');
  const screen = screens[name] || screens.home;
  document.querySelectorAll('#tabs a').forEach((tab) => tab.classList.toggle('on', tab.dataset.tab === name));
  view.replaceChildren(make('p', { className: 'loading' }, '加载中…'));
  const drawn = await screen(new URLSearchParams(search || ''), code);
  view.replaceChildren(drawn);
  scrollTo(0, 0);
}
addEventListener('hashchange', show);
show();
