// Nothing typed is lost: fifty forms interrupted in every way, and the pages on which drafts are found again.
'use strict';

const assert = require('node:assert/strict');
const { test, everywhere } = require('./lib/tap.js');
const { Interruptions, WAYS } = require('./lib/interrupt.js');

const FORMS = 50;
const SEED = 20150713;

test(`${FORMS} forms are interrupted in ${WAYS.length} ways, and every word is found`, async (t) => {
  const visit = await t.visit();
  const interruptions = new Interruptions(visit.context.browser(), SEED);
  await interruptions.start();
  try {
    for (let n = 0; n < FORMS; n += 1) await interruptions.one(n);
  } finally {
    await interruptions.stop();
  }
  assert.equal(Object.values(interruptions.counts).reduce((sum, one) => sum + one, 0), FORMS);
  assert.deepEqual(Object.keys(interruptions.counts).sort(), [...WAYS].sort());
});

everywhere('a refused form is a draft: on its page, in the list, thrown away and brought back', async (t) => {
  const worker = await t.signIn('asha.rahman@example.org');
  const { page } = worker;
  await worker.goto('/hub/unscreened');
  const reference = (await page.locator('main tbody th a').first().innerText()).trim();
  await worker.goto(`/enquiries/${reference}/screen`);
  await page.locator('#rag_reason').fill('Half a <thought>, no rating yet.');
  await worker.press('Screen');
  assert.match(await page.locator('.fanlight-draft').innerText(), /kept as a draft/);
  await worker.accessible();
  await worker.goto(`/enquiries/${reference}/screen`);
  assert.match(await page.locator('.fanlight-draft').innerText(), /You were writing this at \d\d:\d\d/);
  assert.equal(await page.locator('#rag_reason').inputValue(), 'Half a <thought>, no rating yet.');
  await worker.accessible();
  await worker.screenshot('draft-form');
  await worker.press(/\d+ drafts?$/);
  assert.equal(await worker.heading(), 'Your drafts');
  assert.match(await page.locator('main').innerText(), new RegExp(`Screen, ${reference}`));
  await worker.accessible();
  await worker.screenshot('drafts');
  await Promise.all([page.waitForEvent('load'), page.locator('main tbody tr', { hasText: reference }).getByRole('button', { name: /Throw away/ }).click()]);
  assert.match(await page.locator('main').innerText(), /The draft is thrown away/);
  await worker.accessible();
  await Promise.all([page.waitForEvent('load'), page.locator('main tbody tr', { hasText: reference }).first().getByRole('button', { name: /Bring back/ }).click()]);
  await Promise.all([page.waitForEvent('load'), page.locator('main tbody tr', { hasText: reference }).getByRole('link', { name: /Read/ }).click()]);
  assert.match(await page.locator('main').innerText(), /Half a <thought>, no rating yet\./);
  await worker.accessible();
  await worker.screenshot('draft');
  await worker.press('Go on writing');
  assert.equal(await page.locator('#rag_reason').inputValue(), 'Half a <thought>, no rating yet.');
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Throw it away' }).click()]);
  assert.equal(await page.locator('#rag_reason').inputValue(), '');
  assert.match(await page.locator('main').innerText(), /The draft is thrown away/);
});
