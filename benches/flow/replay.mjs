// @puppeteer/replay, on a recording as Chrome DevTools writes it.
import { PuppeteerRunnerExtension, createRunner, parse } from '@puppeteer/replay';
import puppeteer from 'puppeteer-core';
import { BROWSER, SWITCHES, race, site } from './steps.mjs';

const click = (id) => ({ type: 'click', target: 'main', selectors: [[`#${id}`]], offsetX: 5, offsetY: 5 });
// Where a click leads to another page, a recording says so; without that, the next step fails in the page that goes away.
const follow = (id) => ({ ...click(id), assertedEvents: [{ type: 'navigation', url: '', title: '' }] });
const change = (id, value) => ({ type: 'change', target: 'main', selectors: [[`#${id}`]], value });
const shown = (id) => ({ type: 'waitForElement', target: 'main', selectors: [[`#${id}`]] });
const recording = parse({
  title: 'flow',
  steps: [{ type: 'navigate', url: `${site}/login` }, change('user', 'zhangsan'), change('password', 'correct horse'), change('role', 'firm'),
    follow('enter'), change('words', '户外牌匾设置登记'), follow('find'), follow('item7'), shown('limit'), follow('apply'),
    change('applicant', '张三'), follow('next'), shown('done')],
});
const browser = await puppeteer.launch({ executablePath: BROWSER, args: SWITCHES, headless: 'shell', defaultViewport: { width: 1280, height: 900 } });
const page = await browser.newPage();
await race(async () => { await (await createRunner(recording, new PuppeteerRunnerExtension(browser, page))).run(); });
await browser.close();
