// On paper: all of an enquiry, page x of y, and nothing that belongs to the screen.
'use strict';

const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const { test } = require('./lib/tap.js');

async function printed(visit) {
  const pdf = await visit.page.pdf({ format: 'A4' });
  const read = spawnSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
  assert.ifError(read.error);
  return { pdf, text: read.stdout };
}

const GONE = ['.govuk-service-navigation', '.fanlight-steps', '.govuk-back-link', '.govuk-skip-link', '.fanlight-header__person form'];

async function noScreen(visit) {
  await visit.page.emulateMedia({ media: 'print' });
  for (const gone of GONE) {
    for (const part of await visit.page.locator(gone).all()) assert.equal(await part.isVisible(), false, `${gone} is printed`);
  }
}

test('an enquiry prints whole: who, clock, what was said, children, decision, history', async (t) => {
  const visit = await t.signIn('priya.nair@example.org');
  const { page } = visit;
  await visit.goto('/hub/awaiting');
  await visit.goto(`/enquiries/${(await page.locator('main tbody th a').first().innerText()).trim()}`);
  const reference = await visit.heading();
  const said = await page.locator('.fanlight-narrative').first().innerText();
  await noScreen(visit);
  const { pdf, text } = await printed(visit);
  assert.ok(pdf.length > 5000, `the PDF is ${pdf.length} bytes long`);
  for (const part of [reference.split('\n')[0], 'What was said', 'Children', 'Analysis and decision', 'Hand-overs', 'History', 'Demonstration.', 'page 1 of', said.slice(0, 20)]) {
    assert.ok(text.includes(part), `"${part}" is not printed`);
  }
  for (const part of ['The hub now', 'Sign out', 'Give advice', 'Record an enquiry']) assert.ok(!text.includes(part), `"${part}" is printed`);
});

test('the daily return prints with its figures and without navigation', async (t) => {
  const visit = await t.signIn('director');
  const { page } = visit;
  await visit.goto('/returns');
  await Promise.all([page.waitForEvent('load'), page.locator('main tbody a').first().click()]);
  await noScreen(visit);
  const { pdf, text } = await printed(visit);
  assert.ok(pdf.length > 5000, `the PDF is ${pdf.length} bytes long`);
  for (const part of ['Friday 10 July 2015', 'In time', 'Balance', 'It balances', 'By source', 'Demonstration.']) assert.ok(text.includes(part), `"${part}" is not printed`);
  for (const part of ['Sign out', 'Policy', 'Day before']) assert.ok(!text.includes(part), `"${part}" is printed`);
});
