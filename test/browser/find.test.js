// Finding a child or an enquiry.
'use strict';

const assert = require('node:assert/strict');
const { test, everywhere } = require('./lib/tap.js');

everywhere('a social worker finds a child by name and opens the enquiry', async (t) => {
  const visit = await t.signIn('social_worker');
  const { page } = visit;
  await visit.goto('/find');
  await visit.accessible();
  await visit.screenshot('find');
  await page.locator('#query').fill('wil');
  await Promise.all([page.waitForEvent('load'), page.locator('main').getByRole('button', { name: 'Find' }).click()]);
  assert.match(await page.locator('main').innerText(), /by name/);
  assert.equal(new URL(page.url()).search, '', 'a name stands in the address');
  await visit.accessible();
  await visit.screenshot('find-found');
  await page.locator('#query').fill('Nobody Whatsoever');
  await Promise.all([page.waitForEvent('load'), page.locator('#query').press('Enter')]);
  assert.match(await page.locator('main').innerText(), /Nothing was found/);
  await visit.accessible();
  await page.locator('#query').fill('');
  await Promise.all([page.waitForEvent('load'), page.locator('#query').press('Enter')]);
  await visit.accessible();
  await visit.screenshot('find-problem');
});

test('a reference alone leads to the enquiry, and / leads to Find from anywhere', async (t) => {
  const visit = await t.signIn('administrator');
  const { page } = visit;
  await visit.goto('/enquiries');
  const reference = await page.locator('main tbody a').first().innerText();
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('/')]);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'query');
  await page.keyboard.type(reference.toLowerCase());
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  assert.equal(new URL(page.url()).pathname, `/enquiries/${reference}`);
});
