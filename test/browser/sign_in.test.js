// The door: the first page anybody sees, and what it says to who may not come in.
'use strict';

const assert = require('node:assert/strict');
const { test, everywhere } = require('./lib/tap.js');

everywhere('the sign-in page names Fanlight, says that all is invented and is accessible', async (t) => {
  const visit = await t.visit();
  await visit.goto('/');
  assert.equal(new URL(visit.page.url()).pathname, '/sign-in');
  assert.match(await visit.page.title(), /Fanlight/);
  assert.match(await visit.page.innerText('body'), /Demonstration. Every person, record and decision is invented./);
  await visit.accessible();
  await visit.screenshot('sign-in');
});

everywhere('a wrong password is told at the top, linked to its field, and the address is kept', async (t) => {
  const visit = await t.visit();
  await visit.goto('/sign-in');
  await visit.page.locator('input[name=email]').fill('asha.rahman@example.org');
  await visit.page.locator('input[name=password]').fill('not hers');
  await visit.press('Sign in');
  assert.match(await visit.page.title(), /^Error/);
  assert.match(await visit.page.locator('.govuk-error-summary').innerText(), /There is a problem/);
  assert.equal(await visit.page.locator('input[name=email]').inputValue(), 'asha.rahman@example.org');
  assert.equal(await visit.page.locator('input[name=password]').inputValue(), '');
  await visit.page.locator('.govuk-error-summary a').first().click();
  assert.equal(await visit.page.evaluate(() => document.activeElement.tagName), 'INPUT');
  await visit.accessible();
});

test('signing out leaves nothing open', async (t) => {
  const visit = await t.signIn('social_worker');
  await visit.goto('/enquiries/new');
  await visit.press('Sign out');
  assert.equal(new URL(visit.page.url()).pathname, '/sign-in');
  await visit.goto('/enquiries/new');
  assert.equal(new URL(visit.page.url()).pathname, '/sign-in');
});
