// Taking over what has piled up, screening one after another, rating many at once, and a policy that is tried before it is loaded.
'use strict';

const assert = require('node:assert/strict');
const { test, everywhere, bothWidths } = require('./lib/tap.js');

const words = (visit) => visit.page.locator('main').innerText();

everywhere('a manager sees how the accumulation stands, and what is needed to be clear by a date', async (t) => {
  const visit = await t.signIn('practice_manager');
  const { page } = visit;
  await visit.goto('/accumulation');
  assert.equal(await visit.heading(), 'Accumulation');
  assert.match(await words(visit), /left of 160/);
  await visit.accessible();
  await visit.screenshot('accumulation');
  for (const [part, value] of [['day', '28'], ['month', '8'], ['year', '2015']]) await page.locator(`#target_date-${part}`).fill(value);
  await visit.press('Show what is needed');
  assert.match(await words(visit), /a working day are needed to be clear by 28 August 2015/);
  await visit.accessible();
  await visit.screenshot('accumulation-target');
  await page.locator('#target_date-month').fill('14');
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Show what is needed' }).click()]);
  assert.match(await words(visit), /There is a problem/);
  await visit.accessible();
});

everywhere('a social worker screens one after another', async (t) => {
  const visit = await t.signIn('social_worker');
  const { page } = visit;
  await visit.goto('/hub');
  await visit.press('Screen the next');
  assert.match(await visit.heading(), /^Screen 1 of \d+$/);
  await visit.accessible();
  await visit.screenshot('screen-next');
  const first = await page.locator('.fanlight-heading a').innerText();
  if (t.place.script) await Promise.all([page.waitForEvent('load'), page.keyboard.press('j')]);
  else await visit.press(/^Skip$/);
  assert.match(await visit.heading(), /^Screen 2 of \d+$/);
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Save and next' }).click()]);
  assert.match(await words(visit), /There is a problem/);
  await visit.accessible();
  const second = await page.locator('.fanlight-heading a').innerText();
  assert.notEqual(second, first);
  await page.getByLabel('Green', { exact: true }).check();
  await page.locator('#rag_reason').fill('The school has spoken with the mother, who came at once.');
  await visit.press('Save and next');
  assert.match(await words(visit), /Screened and rated/);
  assert.notEqual(await page.locator('.fanlight-heading a').innerText(), second);
  await visit.goto('/screen?after=9-9-9-9');
  assert.match(await words(visit), /that you skipped still wait/);
  await visit.accessible();
  await visit.goto('/accumulation/screen');
  assert.match(await words(visit), /Everything is screened/);
});

bothWidths('many are rated at once, tried first, and undone', async (t) => {
  const visit = await t.signIn('social_worker');
  const { page } = visit;
  await visit.goto('/accumulation/retriage?workstream=new');
  await visit.accessible();
  await visit.screenshot('retriage');
  const waits = page.locator('fieldset.fanlight-child', { hasText: 'Not yet rated' });
  for (const n of [0, 1]) {
    await waits.nth(n).getByLabel('Amber', { exact: true }).check();
    await waits.nth(n).locator('textarea').fill('Both parents were there, and the police will go back tonight.');
  }
  await visit.press('See what it changes');
  assert.match(await words(visit), /2 screened/);
  await visit.accessible();
  await visit.screenshot('retriage-preview');
  await visit.press('Do all of it');
  assert.equal(await visit.heading(), '2 rated at once');
  await visit.accessible();
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Undo all of it' }).click()]);
  assert.match(await words(visit), /As it was before/);
  await visit.accessible();
  await visit.screenshot('retriage-undone');
});

test('a service manager tries a policy, reads what it moves, and loads it', async (t) => {
  const visit = await t.signIn('service_manager');
  const { page } = visit;
  await visit.goto('/policy/new');
  await visit.accessible();
  const text = await page.locator('#policy_text').inputValue();
  assert.match(text, /# Opening hours/);
  await page.locator('#policy_text').fill(`${text}\ncapp = 20\n`);
  await page.locator('#note').fill('The water main burst.');
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'See what it changes' }).click()]);
  assert.match(await words(visit), /did you mean cap\?/);
  await visit.accessible();
  await visit.screenshot('policy-refused');
  await page.locator('#policy_text').fill(`${text}\nclosure = 2015-07-14 Water main\n`);
  await visit.press('See what it changes');
  assert.match(await visit.heading(), /open deadlines? changes?$/);
  assert.match(await words(visit), /Closed: Water main/);
  await visit.accessible();
  await visit.screenshot('policy-preview');
  await visit.press('Change it first');
  assert.match(await page.locator('#policy_text').inputValue(), /Water main/);
  await visit.press('See what it changes');
  await visit.press('Load this policy');
  assert.match(await words(visit), /The new policy is in force/);
  await visit.accessible();
  await visit.press('Version 2');
  assert.match(await words(visit), /What it changed since version 1/);
  await visit.accessible();
  await visit.screenshot('policy-version');
});
