// Playwright: one browser, one context a session, `goto` (load event) and one `evaluate` a page.
import { chromium } from 'playwright-core';
import { BROWSER, FIELDS, SWITCHES, extract, pages, race, sessions, site } from './extract.mjs';

const browser = await chromium.launch({ executablePath: BROWSER, args: SWITCHES });
const visitors = [];
for (let session = 0; session < sessions; session += 1) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  visitors.push(async (url) => {
    await page.goto(url);
    return page.evaluate(extract, FIELDS);
  });
}
await race(visitors, site, pages);
await browser.close();
