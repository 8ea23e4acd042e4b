// Puppeteer: one browser, one context a session, `goto` (load event) and one `evaluate` a page.
import puppeteer from 'puppeteer-core';
import { BROWSER, FIELDS, SWITCHES, extract, pages, race, sessions, site } from './extract.mjs';

const browser = await puppeteer.launch({ executablePath: BROWSER, args: SWITCHES, headless: 'shell', defaultViewport: { width: 1280, height: 900 } });
const visitors = [];
for (let session = 0; session < sessions; session += 1) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  visitors.push(async (url) => {
    await page.goto(url);
    return page.evaluate(extract, FIELDS);
  });
}
await race(visitors, site, pages);
await browser.close();
