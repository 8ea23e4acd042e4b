// Custom elements with open shadow roots: page > card > row. Each draws what it is handed in `.data`.
(function () {
  'use strict';
  var STYLE = '*{box-sizing:border-box}:host{display:block}a{color:#1660c0;text-decoration:none}p{margin:2px 0}';

  function node(tag, name, text) {
    var made = document.createElement(tag);
    if (name) made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  }
  function define(name, style, draw) {
    customElements.define(name, class extends HTMLElement {
      connectedCallback() {
        if (this.shadowRoot) return;
        var root = this.attachShadow({ mode: 'open' });
        var sheet = node('style', '', STYLE + style);
        root.append(sheet);
        draw.call(this, root, this.data || {});
      }
    });
  }
  function element(name, data) {
    var made = document.createElement(name);
    made.data = data;
    return made;
  }
  function post(path, fields) {
    return fetch(path, { method: 'POST', body: new URLSearchParams(fields) }).then(function (answer) { return answer.json(); });
  }

  define('mini-row', '.row{display:flex;padding:11px 0;border-bottom:1px solid #f0f0f0}.k{width:108px;flex:none;color:#888}.v{flex:1;word-break:break-all}img{max-width:100%}.m{background:#f7f7f7;border-radius:6px;padding:8px;margin:4px 0}.m i{font-style:normal;color:#888;font-size:13px;display:block}.q{color:#07863f}.k.top{width:100%}.row.tall{display:block}', function (root, row) {
    var value = row.value;
    var tall = value.materials.length || value.image || value.questions.length;
    var line = node('div', tall ? 'row tall' : 'row');
    var said = node('div', 'v', value.text);
    value.lines.forEach(function (text) { said.append(node('p', '', text)); });
    value.links.forEach(function (link) { var a = node('a', '', link.text); a.href = link.href; said.append(' ', a); });
    value.materials.forEach(function (material) { said.append(materialBlock(material)); });
    if (value.image) { var image = node('img'); image.alt = value.image.alt; image.src = value.image.src; said.append(image); }
    value.questions.forEach(function (question) { said.append(node('p', 'q', question.ask), node('p', '', question.answer)); });
    line.append(node('div', 'k', row.label), said);
    root.append(line);
  });
  function materialBlock(material) {
    var block = node('div', 'm');
    block.append(node('b', '', material.name));
    [['必要性', 'need'], ['材料类型', 'kind'], ['材料形式', 'form'], ['份数', 'copies'], ['规格', 'page'], ['来源渠道', 'source'], ['出具单位', 'issuer'], ['受理标准', 'standard'], ['填报须知', 'filling']].forEach(function (pair) {
      block.append(node('i', '', pair[0] + '：' + material[pair[1]]));
    });
    [material.blank, material.sample].forEach(function (link) {
      if (link) { var a = node('a', '', link.text); a.href = link.href; block.append(a, ' '); }
    });
    return block;
  }

  define('mini-card', '.card{background:#fff;margin:10px 12px;border-radius:10px;padding:12px 14px}h3{margin:0 0 4px;font-size:16px;border-left:4px solid #07863f;padding-left:8px}.more{display:block;width:100%;border:0;background:#fff;color:#07863f;font:inherit;padding:10px 0 2px;border-top:1px solid #f0f0f0}', function (root, panel) {
    var card = node('div', 'card');
    card.append(node('h3', '', '★ ' + panel.title));
    root.append(card);
    var hidden = panel.rows.slice(panel.shown);
    panel.rows.slice(0, panel.shown).forEach(function (row) { card.append(element('mini-row', row)); });
    if (!hidden.length) return;
    var more = node('button', 'more', '查看更多');
    more.onclick = function () {
      more.remove();
      hidden.forEach(function (row) { card.append(element('mini-row', row)); });
    };
    card.append(more);
  });

  define('mini-item', '.i{background:#fff;margin:8px 12px;border-radius:10px;padding:13px 14px;display:block;color:#1a1a1a;font-size:16px}.o{color:#999;font-size:13px}', function (root, item) {
    var link = node('a', 'i', item.name);
    link.href = '/guide/' + item.code;
    link.append(node('div', 'o', item.department));
    root.append(link);
  });

  define('mini-turner', '.t{display:flex;justify-content:center;gap:16px;padding:12px;color:#888}.t a{background:#fff;border-radius:6px;padding:4px 18px}', function (root, turning) {
    var line = node('div', 't');
    function add(address, word) { if (address) { var link = node('a', '', word); link.href = address; line.append(link); } }
    add(turning.previous, '上一页');
    line.append(node('span', '', turning.page + ' / ' + turning.pages));
    add(turning.next, '下一页');
    root.append(line);
  });

  define('mini-search', '.s{display:flex;margin:10px 12px;background:#fff;border-radius:8px;height:44px;overflow:hidden}input{flex:1;border:0;outline:0;padding:0 12px;font-size:15px;min-width:0}button{border:0;background:#07863f;color:#fff;width:72px;font-size:15px}', function (root, data) {
    var form = node('form', 's');
    form.action = '/search';
    var input = node('input');
    input.name = 'q'; input.placeholder = '搜一搜您要办的事'; input.value = data.query || ''; input.maxLength = 60;
    form.append(input, node('button', '', '搜索'));
    root.append(form);
  });

  var pages = {
    home: function (root, data) {
      var head = node('div', 'head');
      head.append(node('div', 'seal', '晋'), node('h1', '', '晋城政务服务'));
      if (data.user) {
        var out = node('a', 'login', '退出'); out.href = '/logout';
        head.append(node('span', 'user', data.user), out);
      } else {
        var login = node('a', 'login', '登录'); login.href = '/login';
        head.append(login);
      }
      root.append(head, element('mini-search', {}), node('div', 'strip', '指尖办事 一次办好'));
      var grid = node('div', 'grid');
      [['户籍', '户口'], ['社保', '社会保障卡'], ['出行', '驾驶证'], ['企业', '有限责任公司']].forEach(function (cell) {
        var link = node('a', 'cell', cell[0]); link.href = '/search?q=' + encodeURIComponent(cell[1]); grid.append(link);
      });
      [['个人', '/list?audience=personal'], ['法人', '/list?audience=enterprise'], ['全部事项', '/list'], ['分类', '/categories']].forEach(function (cell) {
        var link = node('a', 'cell', cell[0]); link.href = cell[1]; grid.append(link);
      });
      var help = node('a', 'help', '智能客服'); help.href = '/chat';
      root.append(grid, help, node('h2', '', '热门服务'));
      data.items.forEach(function (item) { root.append(element('mini-item', item)); });
      root.append(node('div', 'foot', '主办单位：晋城市人民政府'));
    },
    list: function (root, data) {
      root.append(element('mini-search', data), node('h2', '', data.heading));
      data.items.forEach(function (item) { root.append(element('mini-item', item)); });
      if (!data.items.length) root.append(node('div', 'foot', '抱歉，没有找到相关事项'));
      root.append(element('mini-turner', data.turning));
    },
    categories: function (root, data) {
      root.append(element('mini-search', {}));
      [['按主题', 'theme', data.themes], ['按部门', 'department', data.departments]].forEach(function (group) {
        var links = node('div', 'links');
        group[2].forEach(function (category) {
          var link = node('a', '', category.name); link.href = '/list?' + group[1] + '=' + encodeURIComponent(category.name); links.append(link);
        });
        root.append(node('h2', '', group[0]), links);
      });
    },
    guide: function (root, data) {
      var sheet = data.sheet;
      var head = node('div', 'head tall');
      var apply = node('a', 'apply', '立即办理'); apply.href = '/apply/' + sheet.code;
      head.append(node('h1', '', sheet.name), node('div', 'office', sheet.department), apply);
      root.append(head);
      function card(panel, shown) { return element('mini-card', { title: panel.title, rows: panel.rows, shown: shown }); }
      sheet.panels.slice(0, 3).forEach(function (panel) { root.append(card(panel, 4)); });
      var more = node('button', 'more', '查看更多');
      more.onclick = function () {
        sheet.panels.slice(3).forEach(function (panel) { root.insertBefore(card(panel, 99), more); });
        more.remove();
      };
      var seen = node('div', 'links');
      data.bustle.looked_at.forEach(function (pair) { var link = node('a', '', pair[0]); link.href = '/guide/' + pair[1]; seen.append(link); });
      root.append(more, node('h2', '', '大家都在看'), seen, node('div', 'foot', '已有' + data.bustle.views + '人看过　发布时间：2026.05.20'));
    },
    login: function (root) { root.append(element('mini-login', {})); },
    chat: function (root) { root.append(element('mini-chat', {})); }
  };

  define('mini-page', '.head{display:flex;align-items:center;background:#07863f;color:#fff;padding:16px 14px;gap:10px}.head.tall{display:block}.seal{width:34px;height:34px;line-height:34px;text-align:center;border-radius:50%;background:#c62a1c}.head h1{font-size:19px;margin:0;flex:1}.office{opacity:.85;margin:4px 0 10px}.login,.user{color:#fff}.apply{display:inline-block;background:#fff;color:#07863f;padding:6px 26px;border-radius:6px}.strip{margin:0 12px;padding:22px 16px;border-radius:10px;color:#fff;font-size:20px;background:linear-gradient(120deg,#b9281b,#ef7a4a)}.grid{display:grid;grid-template-columns:repeat(4,1fr);gap:10px;margin:10px 12px}.cell{background:#fff;border-radius:10px;text-align:center;padding:16px 0;color:#1a1a1a}h2{font-size:16px;margin:14px 14px 0}.links{display:flex;flex-wrap:wrap;gap:8px;margin:10px 12px}.links a{background:#fff;border-radius:6px;padding:6px 12px}.help{display:block;margin:14px 12px;background:#fff;border-radius:10px;text-align:center;padding:13px;color:#07863f}.foot{text-align:center;color:#999;font-size:12px;padding:10px}.more{display:block;margin:12px auto;width:200px;height:44px;border:1px solid #07863f;background:#fff;color:#07863f;border-radius:22px;font:inherit}.mark{text-align:center;color:#a26b00;font-size:12px;padding-bottom:16px}', function (root, data) {
    var body = node('div', 'page');
    root.append(body);
    pages[data.kind](body, data);
    body.append(node('div', 'mark', '演示数据'));
  });

  define('mini-login', '.box{background:#fff;margin:14px 12px;border-radius:10px;padding:16px}.tabs{display:flex;margin-bottom:10px}.tabs div{flex:1;text-align:center;line-height:42px;border-bottom:2px solid #eee}.tabs .on{color:#07863f;border-color:#07863f}.f{display:flex;align-items:center;border-bottom:1px solid #eee;min-height:52px;gap:8px}.f span{width:88px}.f input{flex:1;border:0;outline:0;font-size:16px;min-width:0}button{border:1px solid #07863f;background:#fff;color:#07863f;border-radius:6px;height:34px;font:inherit}.go{width:100%;height:46px;background:#07863f;color:#fff;margin-top:16px;font-size:17px}.words{color:#c62a1c;min-height:24px;margin:8px 0}h2{text-align:center;font-size:20px;margin:6px 0 14px}', function (root) {
    var audience = 'personal';
    var box = node('div', 'box');
    var tabs = node('div', 'tabs');
    [['personal', '个人登录'], ['enterprise', '法人登录']].forEach(function (pair) {
      var tab = node('div', pair[0] === audience ? 'on' : '', pair[1]);
      tab.onclick = function () {
        audience = pair[0];
        [].forEach.call(tabs.children, function (other) { other.className = other === tab ? 'on' : ''; });
      };
      tabs.append(tab);
    });
    function line(label, type, holder) {
      var made = node('label', 'f');
      var input = node('input');
      input.type = type; input.placeholder = holder; input.autocomplete = 'off';
      made.append(node('span', '', label), input);
      made.input = input;
      return made;
    }
    var account = line('账号', 'text', '请输入账号');
    var password = line('密码', 'password', '请输入密码');
    var code = line('短信验证码', 'tel', '请输入验证码');
    var words = node('p', 'words');
    words.setAttribute('role', 'alert');
    var get = node('button', '', '获取验证码');
    get.onclick = function (event) {
      event.preventDefault();
      post('/code', { account: account.input.value }).then(function (answer) { words.textContent = answer.words; });
    };
    code.append(get);
    var enter = node('button', 'go', '登录');
    enter.onclick = function () {
      words.textContent = '';
      post('/login', { audience: audience, account: account.input.value, password: password.input.value, code: code.input.value }).then(function (answer) {
        if (answer.ok) location.href = '/'; else words.textContent = answer.words;
      });
    };
    box.append(node('h2', '', '欢迎登录'), tabs, account, password, code, words, enter);
    root.append(box);
  });

  define('mini-message', '.t{max-width:84%;padding:10px 12px;border-radius:8px;margin:8px 12px;background:#fff;width:fit-content}.t.me{margin-left:auto;background:#95ec69}.o{display:block;border:0;background:none;color:#1660c0;font:inherit;padding:4px 0;text-align:left}', function (root, data) {
    var talk = node('div', data.mine ? 't me' : 't');
    data.lines.forEach(function (text) { talk.append(node('p', '', text)); });
    (data.options || []).forEach(function (name) {
      var option = node('button', 'o', name);
      option.onclick = function () { data.send(name + '怎么办理？'); };
      talk.append(option);
    });
    if (data.guide) { var link = node('a', '', '查看办事指南'); link.href = '/guide/' + data.guide; talk.append(link); }
    root.append(talk);
  });

  define('mini-chat', '.list{padding-bottom:70px}.say{position:fixed;left:0;right:0;bottom:0;display:flex;background:#f7f7f7;padding:8px;gap:8px}input{flex:1;height:42px;border:0;border-radius:6px;padding:0 12px;font-size:15px;min-width:0}button{width:74px;border:0;border-radius:6px;background:#07863f;color:#fff;font:inherit}', function (root) {
    var list = node('div', 'list');
    var say = node('div', 'say');
    var input = node('input');
    input.placeholder = '请输入您的问题'; input.maxLength = 100;
    function add(message) { list.append(element('mini-message', message)); window.scrollTo(0, document.body.scrollHeight); }
    function send(text) {
      var question = (text || input.value).trim();
      if (!question) return;
      input.value = '';
      add({ mine: true, lines: [question] });
      post('/chat', { question: question }).then(function (said) {
        setTimeout(function () { add({ lines: said.lines, options: said.options, guide: said.guide, send: send }); }, 300);
      });
    }
    var button = node('button', '', '发送');
    button.onclick = function () { send(); };
    input.onkeydown = function (event) { if (event.key === 'Enter') send(); };
    say.append(input, button);
    add({ lines: ['您好，这里是智能客服，请问有什么可以帮您？'] });
    root.append(list, say);
  });

  document.querySelector('mini-page').remove();
  document.body.append(element('mini-page', JSON.parse(document.getElementById('page-data').textContent)));
})();
