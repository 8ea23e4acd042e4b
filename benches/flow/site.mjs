// A small portal for the flow: log in, search, read a guide, fill in a form. Pages have the weight of a lean portal: 60 links, 20 KB
// of styles, 200 KB of script. Prints its address.
import http from 'node:http';

const style = Array.from({ length: 400 }, (_, at) => `.s${at}{margin:${at % 7}px;padding:${at % 5}px;color:#${(1000 + at).toString(16)}}`).join('');
const script = `const table={${Array.from({ length: 6000 }, (_, at) => `k${at}:"value number ${at}"`).join(',')}};document.documentElement.dataset.ready=Object.keys(table).length;`;
const menu = Array.from({ length: 60 }, (_, at) => `<li><a href="/nothing/${at}">栏目${at}</a></li>`).join('');
const page = (title, body) => `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title>`
  + `<link rel="stylesheet" href="/style.css"><script src="/script.js" defer></script></head><body><ul>${menu}</ul><h1>${title}</h1>${body}</body></html>`;

const pages = {
  '/login': page('登录', '<form method="post" action="/login"><p><label>账号 <input id="user" name="user"></label></p>'
    + '<p><label>密码 <input id="password" name="password" type="password"></label></p>'
    + '<p><select id="role" name="role"><option value="person">个人</option><option value="firm">企业法人</option></select></p><button id="enter">登录</button></form>'),
  '/home': page('首页', '<form action="/search"><input id="words" name="q" placeholder="请输入事项名称"><button id="find">搜索</button></form>'),
  '/search': page('搜索结果', Array.from({ length: 20 }, (_, at) => `<p><a class="item" id="item${at}" href="/guide">户外牌匾设置登记（${at}）</a></p>`).join('')),
  '/guide': page('办事指南', `<dl>${Array.from({ length: 40 }, (_, at) => `<dt>要素${at}</dt><dd>内容${at}，五个工作日内办结。</dd>`).join('')}</dl>`
    + '<dl><dt>承诺办结时限</dt><dd id="limit">5个工作日</dd></dl><a id="apply" href="/apply">在线办理</a>'),
  '/apply': page('在线申报', '<form action="/done"><p><label>申请人 <input id="applicant" name="applicant"></label></p><button id="next">下一步</button></form>'),
  '/done': page('填写完成', '<p id="done">已填写完成</p>'),
};

const server = http.createServer((request, response) => {
  const path = request.url.split('?')[0];
  const answer = (type, text, more = {}) => { response.writeHead(200, { 'content-type': type, ...more }); response.end(text); };
  const kept = { 'cache-control': 'max-age=3600' };
  if (path === '/style.css') answer('text/css', style, kept);
  else if (path === '/script.js') answer('text/javascript', script, kept);
  else if (request.method === 'POST') request.resume().on('end', () => { response.writeHead(303, { location: '/home' }); response.end(); });
  else if (pages[path]) answer('text/html; charset=utf-8', pages[path], { 'cache-control': 'no-store' });
  else { response.writeHead(404); response.end(); }
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
