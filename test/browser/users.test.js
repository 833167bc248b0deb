// Users and policy, for the system administrator.
'use strict';

const assert = require('node:assert/strict');
const { everywhere } = require('./lib/tap.js');

everywhere('a system administrator adds a user and disables them', async (t) => {
  const visit = await t.signIn('system_administrator');
  const { page } = visit;
  const name = `Temp ${t.place.width} ${t.place.script}`;
  await visit.goto('/users');
  await visit.accessible();
  await visit.screenshot('users');
  await visit.press('Add a user');
  await visit.accessible();
  await visit.screenshot('user-form');
  await visit.press('Add this user');
  assert.equal(await page.locator('.govuk-error-summary a').count(), 3);
  await visit.accessible();
  await page.locator('#name').fill(name);
  await page.locator('#email').fill(`${name.replace(/ /g, '.')}@example.org`);
  await page.locator('#role').selectOption('auditor');
  await visit.press('Add this user');
  assert.match(await page.locator('main').innerText(), /The account is made/);
  while (!(await page.getByRole('link', { name: `Disable ${name}` }).count())) await visit.press('Next page');
  await visit.press(`Disable ${name}`);
  await visit.accessible();
  await visit.screenshot('user-disable');
  await visit.press('Disable this account');
  assert.match(await page.locator('main').innerText(), /The account is disabled/);
  await visit.accessible();
});

everywhere('the policy is read in words and changed as text', async (t) => {
  const visit = await t.signIn('system_administrator');
  const { page } = visit;
  await visit.goto('/policy');
  await visit.accessible();
  await visit.screenshot('policy');
  await visit.press('Load a new version');
  await visit.accessible();
  const text = await page.locator('#policy_text').inputValue();
  await page.locator('#policy_text').fill(`${text}\nshoe = 3\n`);
  await page.locator('#note').fill('To see');
  await visit.press('See what it changes');
  assert.match(await page.locator('.govuk-error-summary').innerText(), /Line \d+:/);
  assert.match(await page.locator('#policy_text').inputValue(), /shoe = 3/);
  await visit.accessible();
  await visit.screenshot('policy-problem');
  await page.locator('#policy_text').fill(text);
  await visit.press('See what it changes');
  assert.match(await page.locator('main').innerText(), /Nothing is other/);
  await visit.accessible();
  await visit.press('Load this policy');
  assert.match(await page.locator('main').innerText(), /The new policy is in force/);
});
