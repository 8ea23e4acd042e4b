// The DevTools protocol without a library: what the browser itself costs. Navigate, wait for the load event, evaluate.
// With `faster` as last word the browser gets the switch that zoutong gives its own to be faster.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import { BROWSER, FASTER, FIELDS, SWITCHES, extract, pages, race, sessions, site } from './extract.mjs';

const folder = mkdtempSync(join(tmpdir(), 'raw-cdp-'));
const browser = spawn(BROWSER, [...SWITCHES, ...(process.argv[5] === 'faster' ? FASTER : []), '--remote-debugging-port=0', `--user-data-dir=${folder}`, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
const address = await new Promise((resolve) => {
  let said = '';
  browser.stderr.on('data', (piece) => {
    said += piece;
    const found = /ws:\/\/\S+/.exec(said);
    if (found) resolve(found[0]);
  });
});
const socket = new WebSocket(address, { perMessageDeflate: false });
await new Promise((resolve) => socket.once('open', resolve));
let serial = 0; const waiting = new Map(); const loads = new Map();
socket.on('message', (data) => {
  const message = JSON.parse(data);
  if (message.id) waiting.get(message.id)(message.result);
  else if (message.method === 'Page.loadEventFired') loads.get(message.sessionId)?.();
});
const call = (method, params = {}, sessionId = undefined) => new Promise((resolve) => {
  serial += 1;
  waiting.set(serial, resolve);
  socket.send(JSON.stringify({ id: serial, method, params, sessionId }));
});
const visitors = [];
for (let session = 0; session < sessions; session += 1) {
  const { browserContextId } = await call('Target.createBrowserContext');
  const { targetId } = await call('Target.createTarget', { url: 'about:blank', browserContextId });
  const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
  await call('Page.enable', {}, sessionId);
  await call('Emulation.setDeviceMetricsOverride', { width: 1280, height: 900, deviceScaleFactor: 1, mobile: false }, sessionId);
  const expression = `(${extract})(${JSON.stringify(FIELDS)})`;
  visitors.push(async (url) => {
    const loaded = new Promise((resolve) => loads.set(sessionId, resolve));
    await call('Page.navigate', { url }, sessionId);
    await loaded;
    const { result } = await call('Runtime.evaluate', { expression, returnByValue: true }, sessionId);
    return result.value;
  });
}
await race(visitors, site, pages);
const gone = new Promise((resolve) => browser.once('exit', resolve));
await call('Browser.close').catch(() => {});
await gone;
socket.terminate();
rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
