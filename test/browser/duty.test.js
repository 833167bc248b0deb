// The duty rota, absences and hours, as a practice manager keeps them.
'use strict';

const assert = require('node:assert/strict');
const { everywhere, bothWidths } = require('./lib/tap.js');

// Each place has a day of its own, so that what one names doesn't stand in another's way.
const dayOf = (place) => 20 + (place.width > 400 ? 0 : 1) + (place.script ? 0 : 2);

async function fillWhen(page, name, day, month, time) {
  await page.locator(`#${name}-day`).fill(String(day));
  await page.locator(`#${name}-month`).fill(String(month));
  await page.locator(`#${name}-year`).fill('2015');
  if (time) await page.locator(`#${name}-time`).fill(time);
}

everywhere('a manager names somebody for a duty and cancels it', async (t) => {
  const visit = await t.signIn('practice_manager');
  const { page } = visit;
  const day = dayOf(t.place);
  await visit.goto('/duty');
  assert.match(await page.locator('main').innerText(), /Bridget Osei/);
  await visit.accessible();
  await visit.screenshot('duty');
  await visit.press('Name somebody for a duty');
  await visit.accessible();
  await visit.press('Name them');
  assert.equal(await page.locator('.govuk-error-summary a').count(), 4);
  await visit.accessible();
  await visit.screenshot('duty-form-problem');
  await page.locator('#account').selectOption({ label: 'Joan Tully (Social worker)' });
  await page.getByLabel('Duty manager').check();
  await fillWhen(page, 'from', day, 7, '08:30');
  await fillWhen(page, 'to', day, 7, '17:00');
  await visit.press('Name them');
  assert.match(await page.locator('.govuk-error-summary').innerText(), /Joan Tully can't be named for this. It takes a practice manager/);
  assert.equal(await page.locator('#from-time').inputValue(), '08:30');
  await page.getByLabel('Screener').check();
  await visit.press('Name them');
  assert.match(await page.locator('main').innerText(), /They are named for it/);
  assert.match(await page.locator('main').innerText(), /Joan Tully/);
  await visit.press(new RegExp(`Cancel Screener, Joan Tully, \\w+ ${day} July, 08:30`));
  await visit.accessible();
  await visit.screenshot('duty-cancel');
  await visit.press('Cancel this shift');
  assert.match(await page.locator('main').innerText(), /The shift is cancelled/);
});

everywhere('a manager names somebody for every weekday in one go, and cancels the rest of it', async (t) => {
  const visit = await t.signIn('practice_manager');
  const { page } = visit;
  await visit.goto('/duty/new');
  await page.locator('#account').selectOption({ label: 'Joan Tully (Social worker)' });
  await page.getByLabel('Screener').check();
  await fillWhen(page, 'from', 27, 8, '08:30');
  await fillWhen(page, 'to', 27, 8, '17:00');
  await page.getByLabel('Every weekday, Monday to Friday').check();
  await visit.press('Name them');
  assert.match(await page.locator('.govuk-error-summary').innerText(), /Enter the last day it begins on/);
  assert.equal(await page.getByLabel('Every weekday, Monday to Friday').isChecked(), true);
  await fillWhen(page, 'until', 2, 9);
  await visit.accessible();
  await visit.screenshot('duty-repeat');
  await visit.press('Name them');
  assert.match(await page.locator('main').innerText(), /Made 5 shifts: Joan Tully, Screener, from Thu 27 August to Wed 2 September. Bank holidays among them: Mon 31 August/);
  await visit.accessible();
  await visit.screenshot('duty-repeated');
  await visit.press(/Cancel Screener, Joan Tully, Thu 27 August, 08:30/);
  await page.getByLabel('All later ones of the same person and duty too').check();
  await visit.accessible();
  await visit.screenshot('duty-cancel-later');
  await visit.press('Cancel this shift');
  assert.match(await page.locator('main').innerText(), /Cancelled 5 shifts: Joan Tully/);
});

everywhere('a manager records an absence, ends it and withdraws it', async (t) => {
  const visit = await t.signIn('practice_manager');
  const { page } = visit;
  await visit.goto('/hub');
  assert.match(await page.locator('#nobody').innerText(), /Nobody is working on these: 3/);
  assert.match(await page.locator('main').innerText(), /away until Thu 16 July: 0 red, 3 amber nobody is working on/);
  await visit.screenshot('hub-away');
  await visit.goto('/absences');
  await visit.accessible();
  await visit.screenshot('absences');
  await visit.press('Record an absence');
  await visit.accessible();
  await page.locator('#account').selectOption({ label: 'Marek Zielinski (Social worker)' });
  await page.getByLabel('Training').check();
  await fillWhen(page, 'first_day', 10, 7);
  await visit.screenshot('absence-form');
  await visit.press('Record this absence');
  assert.match(await page.locator('main').innerText(), /after it began. Meanwhile they held \d+/);
  await visit.accessible();
  await visit.screenshot('absence');
  await visit.press('End this absence');
  assert.match(await page.locator('main').innerText(), /The absence has its end/);
  await visit.press('Withdraw this absence');
  assert.match(await page.locator('main').innerText(), /counts for nothing/);
  await visit.accessible();
});

bothWidths('hours, caps and telephones are changed by name', async (t) => {
  const visit = await t.signIn('practice_manager');
  const { page } = visit;
  await visit.goto('/staff');
  await visit.accessible();
  await visit.screenshot('staff');
  await visit.press('Change Helen Marsh');
  await visit.accessible();
  await visit.screenshot('staff-form');
  await page.locator('#cap').fill('2');
  await visit.press('Save');
  assert.match(await page.locator('main').innerText(), /The change is saved/);
  assert.match(await page.locator('main').innerText(), /5 of 2, over/);
  await visit.press('Change Helen Marsh');
  await page.locator('#cap').fill('25');
  await visit.press('Save');
});

bothWidths('a deputy is named by a manager and ended', async (t) => {
  const visit = await t.signIn('practice_manager');
  const { page } = visit;
  await visit.goto('/duty');
  await visit.press('Name a deputy');
  await visit.accessible();
  await page.locator('#account').selectOption({ label: 'Helen Marsh (Social worker)' });
  await fillWhen(page, 'first_day', 20, 7);
  await fillWhen(page, 'last_day', 24, 7);
  await visit.press('Name them');
  assert.match(await page.locator('main').innerText(), /from Mon 20 July to Fri 24 July/);
  await visit.press('End Helen Marsh');
  await visit.accessible();
  await visit.press('End this deputy');
  assert.match(await page.locator('main').innerText(), /They deputise no more/);
});
