// Recording an enquiry by hand: one form, checked, sent once; nothing typed is lost on the way.
'use strict';

const assert = require('node:assert/strict');
const { test, everywhere } = require('./lib/tap.js');

const SUMMARY = 'The neighbour heard shouting & a child crying.\nShe has heard it <three> times this week.';

async function tell(visit) {
  const { page } = visit;
  await page.locator('input[name=channel][value=phone]').check();
  await page.getByLabel('The referrer stays anonymous').check();
  await page.locator('#summary').fill(SUMMARY);
  await page.locator('#main_concern').selectOption('neglect');
}

async function tellChild(visit, index, given, family) {
  const { page } = visit;
  await page.locator(`#children-${index}-given_name`).fill(given);
  await page.locator(`#children-${index}-family_name`).fill(family);
}

everywhere('an administrator records an enquiry about two children from an anonymous neighbour', async (t) => {
  const visit = await t.signIn('administrator');
  const { page } = visit;
  await visit.goto('/enquiries/new?draft=none');
  assert.equal(await visit.heading(), 'Record an enquiry');
  assert.equal(await page.locator('input:checked').count(), 0, 'something is chosen beforehand');
  await visit.accessible();
  await visit.screenshot('record');
  await tell(visit);
  await tellChild(visit, 0, 'Imogen', 'Wexcombe');
  await page.locator('#children-0-date_of_birth-day').fill('13');
  await page.locator('#children-0-date_of_birth-month').fill('7');
  await page.locator('#children-0-date_of_birth-year').fill('2009');
  await page.locator('#children-0-address').fill('4 Mill Lane, Didcot');
  await visit.press('Add another child');
  assert.equal(await page.locator('#summary').inputValue(), SUMMARY);
  assert.equal(await page.locator('#children-1-address').inputValue(), '4 Mill Lane, Didcot');
  await visit.press('Add another child');
  await tellChild(visit, 2, 'Rafe', '');
  await visit.accessible();
  await visit.press('Remove this child (2)');
  assert.equal(await page.locator('#children-1-given_name').inputValue(), 'Rafe');
  await visit.press('Continue');
  assert.equal(await visit.heading(), 'Check before you record it');
  await visit.accessible();
  await visit.screenshot('record-check');
  await visit.press('Change The concern');
  assert.equal(await page.locator('#summary').inputValue(), SUMMARY);
  await visit.press('Continue');
  await visit.press('Record this enquiry');
  assert.match(new URL(page.url()).pathname, /^\/enquiries\/OX-15-/);
  assert.match(await page.locator('main').innerText(), /The enquiry is recorded/);
  assert.match(await page.locator('main').innerText(), /Rafe/);
});

everywhere('what was typed is kept and each problem has a link to its box', async (t) => {
  const visit = await t.signIn('administrator');
  const { page } = visit;
  await visit.goto('/enquiries/new?draft=none');
  await page.locator('#summary').fill(SUMMARY);
  await page.locator('#children-0-date_of_birth-day').fill('31');
  await page.locator('#children-0-date_of_birth-month').fill('2');
  await page.locator('#children-0-date_of_birth-year').fill('2012');
  await page.locator('#children-0-nhs_number').fill('1111111111');
  await visit.press('Continue');
  assert.equal(await visit.heading(), 'Record an enquiry');
  assert.equal(await page.locator('#summary').inputValue(), SUMMARY);
  assert.equal(await page.locator('#children-0-date_of_birth-day').inputValue(), '31');
  const links = await page.locator('.govuk-error-summary a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  assert.deepEqual(links, ['#channel', '#source_code', '#main_concern', '#children-0-date_of_birth-day', '#children-0-nhs_number']);
  for (const link of links) assert.equal(await page.locator(link).count(), 1, `${link} leads nowhere`);
  await visit.accessible();
  await visit.screenshot('record-problems');
});

test('children known before are named before anything is recorded', async (t) => {
  const visit = await t.signIn('administrator');
  const { page } = visit;
  for (let time = 0; time < 2; time += 1) {
    await visit.goto('/enquiries/new?draft=none');
    await tell(visit);
    await tellChild(visit, 0, 'Petronella', 'Hathersage');
    await visit.press('Continue');
    assert.equal(await page.getByText('what may be the same child').count(), time);
    if (time === 1) await visit.accessible();
    await visit.screenshot('record-known');
    await visit.press('Record this enquiry');
  }
});

test('sending the same form twice makes one enquiry', async (t) => {
  const visit = await t.signIn('administrator');
  const { page } = visit;
  await visit.goto('/enquiries/new?draft=none');
  await tell(visit);
  await tellChild(visit, 0, 'Once', 'Only');
  await visit.press('Continue');
  const form = await page.locator('form[action="/enquiries"]').evaluate((form) => Object.fromEntries(new FormData(form)));
  const send = () => page.request.post(`${t.server.address}/enquiries`, { form, maxRedirects: 0 });
  const answers = [await send(), await send()];
  assert.deepEqual(answers.map((answer) => answer.status()), [303, 303]);
  assert.equal(answers[0].headers().location, answers[1].headers().location);
  const other = await page.request.post(`${t.server.address}/enquiries`, { form: { ...form, summary: 'Other words' }, maxRedirects: 0 });
  assert.equal(other.status(), 422);
  assert.match(await other.text(), /recorded this form before/);
});

test('by keyboard alone: Enter in a box goes on, and the first Tab stops are the questions', async (t) => {
  const visit = await t.signIn('administrator');
  const { page } = visit;
  await visit.goto('/enquiries/new?draft=none');
  await tell(visit);
  await tellChild(visit, 0, 'Keyboard', 'Only');
  await Promise.all([page.waitForEvent('load'), page.locator('#children-0-family_name').press('Enter')]);
  assert.equal(await visit.heading(), 'Check before you record it');
});
