// A day by keyboard: j, k, Enter and / where JavaScript is on, and nothing lost where it is off.
'use strict';

const assert = require('node:assert/strict');
const { test, everywhere } = require('./lib/tap.js');

const current = (page) => page.locator('tr[aria-current="true"] th a').innerText();

test('j and k go down and up a list, Enter opens, / finds', async (t) => {
  const visit = await t.signIn('asha.rahman@example.org');
  const { page } = visit;
  await visit.goto('/caseload');
  const rows = await page.locator('main tbody th a').allInnerTexts();
  await page.keyboard.press('j');
  assert.equal(await current(page), rows[0]);
  await page.keyboard.press('j');
  assert.equal(await current(page), rows[1]);
  await page.keyboard.press('k');
  assert.equal(await current(page), rows[0]);
  await page.keyboard.press('k');
  assert.equal(await current(page), rows[0], 'above the first row is no row');
  await visit.accessible();
  await visit.screenshot('caseload-row');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  assert.equal(new URL(page.url()).pathname, `/enquiries/${rows[0]}`);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('/')]);
  assert.equal(new URL(page.url()).pathname, '/find');
  await page.keyboard.type('jk/');
  assert.equal(await page.locator('#query').inputValue(), 'jk/', 'what is typed in a box stays in it');
});

everywhere('the keys are told on a page', async (t) => {
  const visit = await t.signIn('asha.rahman@example.org');
  await visit.goto('/keys');
  assert.match(await visit.page.locator('main').innerText(), /Down a list/);
  await visit.accessible();
});

test('? tells the keys in a dialog, and they can be switched off and on', async (t) => {
  const visit = await t.signIn('asha.rahman@example.org');
  const { page } = visit;
  await visit.goto('/caseload');
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await dialog.waitFor();
  assert.match(await dialog.innerText(), /Up a list/);
  await visit.accessible();
  await visit.screenshot('keys');
  await page.keyboard.press('j');
  assert.equal(await page.locator('tr[aria-current]').count(), 0, 'the list moves behind the dialog');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.keyboard.press('?');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await visit.goto('/keys');
  await page.getByRole('button', { name: 'Switch them off' }).click();
  assert.match(await page.locator('[data-keys]').innerText(), /off in this browser/);
  await visit.goto('/caseload');
  for (const key of ['j', '?', '/']) await page.keyboard.press(key);
  assert.equal(await page.locator('tr[aria-current]').count(), 0);
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.equal(new URL(page.url()).pathname, '/caseload');
  await visit.goto('/keys');
  await page.getByRole('button', { name: 'Switch them on' }).click();
  await visit.goto('/caseload');
  await page.keyboard.press('j');
  assert.equal(await page.locator('tr[aria-current="true"]').count(), 1);
});

test('no single key does anything in a box', async (t) => {
  const visit = await t.signIn('asha.rahman@example.org');
  await visit.goto('/enquiries/new');
  await visit.page.locator('#summary').focus();
  await visit.page.keyboard.type('j k / ?');
  assert.equal(await visit.page.locator('#summary').inputValue(), 'j k / ?');
  assert.equal(await visit.page.getByRole('dialog').count(), 0);
  assert.equal(new URL(visit.page.url()).pathname, '/enquiries/new');
});

test('the first Tab skips to the content, and every control shows the focus', async (t) => {
  const visit = await t.signIn('asha.rahman@example.org');
  const { page } = visit;
  await visit.goto('/caseload');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to main content');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main-content');
  const seen = new Set();
  for (let i = 0; i < 12; i += 1) {
    await page.keyboard.press('Tab');
    const outlined = await page.evaluate(() => {
      const { outlineStyle, boxShadow, backgroundColor } = getComputedStyle(document.activeElement);
      return [document.activeElement.textContent.trim().slice(0, 40), outlineStyle !== 'none' || boxShadow !== 'none' || backgroundColor !== 'rgba(0, 0, 0, 0)'];
    });
    assert.ok(outlined[1], `${outlined[0]} doesn't show that it has the focus`);
    seen.add(outlined[0]);
  }
  assert.ok(seen.size >= 6, 'the keyboard is caught');
});

test('one enquiry is screened by keyboard alone', async (t) => {
  const visit = await t.signIn('asha.rahman@example.org');
  const { page } = visit;
  await visit.goto('/hub');
  await page.keyboard.press('j');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  assert.equal(new URL(page.url()).pathname.split('/').pop(), 'screen');
  await page.locator('input[name=rag]').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await page.keyboard.type('A threat to the mother, and the children were there.');
  await page.keyboard.press('Tab');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  assert.match(await page.locator('main').innerText(), /Amber due/);
});
