// Playwright, with its own waiting.
import { chromium } from 'playwright-core';
import { BROWSER, SWITCHES, race, site } from './steps.mjs';

const browser = await chromium.launch({ executablePath: BROWSER, args: SWITCHES });
const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
await race(async () => {
  await page.goto(`${site}/login`);
  await page.locator('#user').fill('zhangsan');
  await page.locator('#password').fill('correct horse');
  await page.locator('#role').selectOption({ label: '企业法人' });
  await page.locator('#enter').click();
  await page.locator('#words').fill('户外牌匾设置登记');
  await page.locator('#find').click();
  await page.locator('#item7').click();
  await page.locator('#limit').waitFor();
  await page.locator('#apply').click();
  await page.locator('#applicant').fill('张三');
  await page.locator('#next').click();
  await page.locator('#done').waitFor();
});
await browser.close();
