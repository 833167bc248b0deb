// The daily return: read on a telephone, collated, printed.
'use strict';

const assert = require('node:assert/strict');
const { test, everywhere } = require('./lib/tap.js');

everywhere('a director reads the last return, five figures first', async (t) => {
  const visit = await t.signIn('director');
  const { page } = visit;
  await visit.goto('/returns');
  await visit.accessible();
  await visit.screenshot('returns');
  await Promise.all([page.waitForEvent('load'), page.locator('main tbody a').first().click()]);
  assert.equal(new URL(page.url()).pathname, '/returns/2015-07-10');
  const figures = await page.locator('.fanlight-five').first().locator('dt').allInnerTexts();
  assert.deepEqual(figures, ['In time', 'Same-day risk', 'Open', 'Received', 'Accumulation']);
  const last = await page.locator('.fanlight-five').first().locator('div').last().boundingBox();
  if (t.place.script) assert.ok(last.y + last.height <= 812, 'the five figures do not fit the first screen');
  assert.match(await page.locator('main').innerText(), /It balances/);
  await visit.accessible();
  await visit.screenshot('return');
});

everywhere('an administrator collates the day, and no button offers it again', async (t) => {
  const visit = await t.signIn('administrator');
  const { page } = visit;
  await visit.goto('/returns/2015-07-13');
  await visit.accessible();
  await visit.screenshot('return-today');
  if (await page.getByRole('button', { name: 'Collate this return' }).count()) {
    await visit.press('Collate this return');
    assert.match(await page.locator('main').innerText(), /collated and frozen/);
  }
  assert.equal(await page.getByRole('button', { name: 'Collate this return' }).count(), 0);
  await visit.accessible();
});

test('it prints whole, without what belongs to the screen', async (t) => {
  const visit = await t.signIn('practice_manager');
  const { page } = visit;
  await visit.goto('/returns/2015-07-10');
  await page.emulateMedia({ media: 'print' });
  for (const gone of ['.govuk-service-navigation', '.govuk-back-link', '.govuk-pagination']) {
    assert.equal(await page.locator(gone).first().isVisible(), false, `${gone} is printed`);
  }
  assert.ok(await page.locator('.fanlight-chart__picture').isVisible());
  await page.pdf({ path: 'test/out/screenshots/return.pdf', format: 'A4' });
});
