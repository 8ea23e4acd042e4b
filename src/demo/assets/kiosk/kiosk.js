// The touch screen: a frame that is steered from the shell, and keys for those who have no keyboard.
var audience = 'personal';
var current = 'account';
var upper = false;

function openFrame(path) { document.getElementById('stage').src = path; }
function lookFor(words) { openFrame('/frame/search?q=' + encodeURIComponent(words)); }
function search() {
  var words = document.getElementById('q').value;
  if (words) { lookFor(words); }
}
function send(path, fields, then) {
  var request = new XMLHttpRequest();
  request.open('POST', path, true);
  request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
  request.onload = function () { then(JSON.parse(request.responseText)); };
  var pairs = [];
  for (var name in fields) { pairs.push(name + '=' + encodeURIComponent(fields[name])); }
  request.send(pairs.join('&'));
}
function value(id) { return document.getElementById(id).value; }
function choose(who) {
  audience = who;
  document.getElementById('who-personal').className = who === 'personal' ? 'tab on' : 'tab';
  document.getElementById('who-enterprise').className = who === 'enterprise' ? 'tab on' : 'tab';
}
function focusOn(id) {
  document.getElementById(current).className = '';
  current = id;
  document.getElementById(id).className = 'focused';
}
function sendCode() {
  send('/code', { account: value('account') }, function (answer) { document.getElementById('words').textContent = answer.words; });
}
function logIn() {
  document.getElementById('words').textContent = '';
  var fields = { audience: audience, account: value('account'), password: value('password'), code: value('code'), captcha: value('captcha') };
  send('/login', fields, function (answer) {
    if (answer.ok) { location.href = '/'; } else { document.getElementById('words').textContent = answer.words; }
  });
}
function speak(words) {
  if (window.speechSynthesis) { speechSynthesis.speak(new SpeechSynthesisUtterance('验证码是 ' + words)); }
}
function drawKeys() {
  var keys = document.getElementById('keys');
  keys.innerHTML = '';
  var rows = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm@._'];
  for (var i = 0; i < rows.length; i++) {
    var line = document.createElement('div');
    line.className = 'key-row';
    for (var k = 0; k < rows[i].length; k++) { line.appendChild(key(upper ? rows[i][k].toUpperCase() : rows[i][k])); }
    keys.appendChild(line);
  }
  var last = document.createElement('div');
  last.className = 'key-row';
  last.appendChild(command(upper ? '小写' : '大写', function () { upper = !upper; drawKeys(); }));
  last.appendChild(command('删除', function () { var box = document.getElementById(current); box.value = box.value.slice(0, -1); }));
  last.appendChild(command('完成', function () { document.getElementById(current).className = ''; }));
  keys.appendChild(last);
}
function key(sign) {
  return command(sign, function () { document.getElementById(current).value += sign; }, 'key');
}
function command(word, then, kind) {
  var made = document.createElement('div');
  made.className = kind || 'key command';
  made.textContent = word;
  made.onclick = then;
  return made;
}
function say(kind, words, options, guide) {
  var row = document.createElement('div');
  row.className = kind;
  if (kind === 'row-bot') { row.innerHTML = '<div class="face">晋</div>'; }
  var box = document.createElement('div');
  box.className = 'words';
  row.appendChild(box);
  words.forEach(function (word) { add(box, '', word); });
  (options || []).forEach(function (name) { add(box, 'jump', name).onclick = function () { put(name + '怎么办理？'); }; });
  if (guide) { add(box, 'jump', '查看办事指南').onclick = function () { location.href = '/frame/guide/' + guide; }; }
  var talk = document.getElementById('talk');
  talk.appendChild(row);
  talk.scrollTop = talk.scrollHeight;
}
function add(box, kind, text) {
  var line = document.createElement('div');
  line.className = kind;
  line.textContent = text;
  box.appendChild(line);
  return line;
}
function ask() {
  var box = document.getElementById('question');
  if (box.value) { put(box.value); box.value = ''; }
}
function put(question) {
  say('row-me', [question]);
  send('/chat', { question: question }, function (said) {
    setTimeout(function () { say('row-bot', said.lines, said.options, said.guide); }, 400);
  });
}
