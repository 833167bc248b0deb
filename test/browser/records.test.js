// What is written beside an enquiry and who may read it: contacts, oversight, advice, information requests, and records that
// are restricted to named people, found by others, opened on duty, reviewed and lifted. Told once at a desk with JavaScript and
// once on a telephone without.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('./lib/tap.js');

const DESK = { width: 'desk', script: true };
const PHONE = { width: 'phone', script: false };
const ASHA = 'asha.rahman@example.org';
const HELEN = 'helen.marsh@example.org';
const PRIYA = 'priya.nair@example.org'; // a practice manager who is not on duty
const SAMIR = 'samir.patel@example.org'; // the duty manager

const choose = (visit, name, value) => visit.page.locator(`input[name="${name}"][value="${value}"]`).check();
const fill = (visit, name, value) => visit.page.locator(`#${name}`).fill(value);
const words = (visit) => visit.page.locator('main').innerText();
const send = (visit) => Promise.all([visit.page.waitForEvent('load'), visit.page.locator('main form button[type=submit].govuk-button').last().click()]);

async function look(visit, name) {
  await visit.accessible();
  await visit.screenshot(`records-${name}`);
}

async function says(visit, ...what) {
  const told = await words(visit);
  for (const one of what) assert.match(told, one);
}

async function when(visit, name, day, month, time) {
  await fill(visit, `${name}-day`, String(day));
  await fill(visit, `${name}-month`, String(month));
  await fill(visit, `${name}-year`, '2015');
  await fill(visit, `${name}-time`, time);
}

// At another place another enquiry, so that the two stories don't meet.
async function enquiryOf(visit, { width }) {
  await visit.goto('/caseload');
  return (await visit.page.locator('main tbody th a').nth(width === 'desk' ? 0 : 1).innerText()).trim();
}

async function contactsAndOversight(t) {
  const asha = await t.signIn(ASHA);
  const reference = await enquiryOf(asha, t.place);
  await asha.goto(`/enquiries/${reference}/contacts`);
  await look(asha, 'contacts-none');
  await asha.goto(`/enquiries/${reference}/contact`);
  await asha.page.locator('#contact_kind').selectOption('call');
  await look(asha, 'contact-form');
  await send(asha);
  assert.match(await asha.page.locator('.govuk-error-summary').innerText(), /Enter with whom/);
  await look(asha, 'contact-problem');
  await fill(asha, 'with_whom', 'Ruth Archer, class teacher');
  await choose(asha, 'reached', 'yes');
  await fill(asha, 'said', 'He has been in school every day since. She will ring if he is not.');
  await choose(asha, 'family_told', 'no');
  await fill(asha, 'family_not_told_reason', 'The mother is at work until three.');
  await send(asha);
  await says(asha, /with Ruth Archer, class teacher/, /The mother is at work until three/);
  await asha.goto(`/enquiries/${reference}/contact`);
  await asha.page.locator('#contact_kind').selectOption('chaser');
  await fill(asha, 'with_whom', 'Didcot Health Centre');
  await choose(asha, 'reached', 'no');
  await send(asha);
  await look(asha, 'enquiry');

  const priya = await t.signIn(PRIYA);
  await priya.goto(`/enquiries/${reference}/oversight`);
  await look(priya, 'oversight-form');
  await fill(priya, 'oversight_note', 'See the child before the weekend. Ask the surgery again if nobody has rung by noon.');
  await send(priya);
  await says(priya, /Oversight notes: 1/);
  for (const page of ['contacts', 'oversight-notes', 'access']) {
    await priya.goto(`/enquiries/${reference}/${page}`);
    await look(priya, page);
  }
  await says(priya, /Asha Rahman/);
  return reference;
}

async function advice(t) {
  const asha = await t.signIn(ASHA);
  await asha.goto('/advice');
  await asha.page.locator('summary', { hasText: 'Record advice' }).click();
  await look(asha, 'advice-form');
  await choose(asha, 'advice_to', 'professional');
  await fill(asha, 'asked_by', 'Health visitor');
  await fill(asha, 'advice', 'A mother with a new baby says she cannot go on. Advised to call again today, and to see her GP.');
  await send(asha);
  await look(asha, 'advice-one');
  const one = new URL(asha.page.url()).pathname;
  await asha.goto('/advice');
  await look(asha, 'advice');
  await asha.goto(one);
  await asha.press('Record an enquiry from this');
  await says(asha, /The advice belongs to this enquiry/);
  assert.match(await asha.page.locator('#summary').inputValue(), /cannot go on/);
  await look(asha, 'advice-enquiry');
  await choose(asha, 'channel', 'phone');
  await asha.page.locator('#source_code').selectOption('3B');
  await asha.page.locator('#main_concern').selectOption('neglect');
  await fill(asha, 'children-0-family_name', 'Hathersage');
  await asha.press('Continue');
  await asha.press('Record this enquiry');
  await look(asha, 'advice-came');
  await asha.goto(one);
  await says(asha, /OX-15-/);
  await look(asha, 'advice-put');
}

async function requests(t) {
  const wendy = await t.signIn('administrator');
  await wendy.goto('/requests/new');
  await look(wendy, 'request-form');
  await choose(wendy, 'request_kind', 'court');
  await fill(wendy, 'from_whom', 'The Family Court at Oxford');
  await fill(wendy, 'matter', 'What is known of the two children of the family since January.');
  await when(wendy, 'due_at', 24, 7, '16:00');
  await send(wendy);
  await look(wendy, 'request');
  const one = new URL(wendy.page.url()).pathname;
  await wendy.goto('/requests');
  await says(wendy, /1 open|2 open/);
  await look(wendy, 'requests');
  await wendy.goto(one);
  await fill(wendy, 'request_answer', 'Two enquiries, both closed with advice.');
  await wendy.press('Record the answer');
  await says(wendy, /Answered Mon 13 July/, /both closed with advice/);
  await look(wendy, 'request-answered');
  await wendy.goto('/requests?answered=yes');
  await look(wendy, 'requests-answered');
}

// An allegation is restricted as it is recorded: to who recorded it, the duty manager and the service managers.
async function allegation(t, surname) {
  const asha = await t.signIn(ASHA);
  await asha.goto('/enquiries/new?draft=none');
  await choose(asha, 'channel', 'phone');
  await asha.page.locator('#source_code').selectOption('2A');
  await fill(asha, 'summary', 'A coach was alone with a child in a locked room.');
  await asha.page.locator('#main_concern').selectOption('allegation_against_professional');
  await fill(asha, 'children-0-given_name', 'Xanthe');
  await fill(asha, 'children-0-family_name', surname);
  await asha.press('Continue');
  await asha.press('Record this enquiry');
  await says(asha, /Restricted: Allegation against a professional/, /Samir Patel/);
  await look(asha, 'allegation');
  const reference = (await asha.heading()).match(/OX-15-\d+-\w/)[0];

  const helen = await t.signIn(HELEN);
  await search(helen, surname);
  await says(helen, /Restricted: speak to Samir Patel/);
  assert.doesNotMatch(await words(helen), new RegExp(`${reference}|Xanthe`));
  await look(helen, 'find-restricted');
  await helen.goto('/restricted', 403);
  await helen.goto(`/enquiries/${reference}`, 404);
  await look(helen, 'not-named');

  const samir = await t.signIn(SAMIR);
  await samir.goto(`/enquiries/${reference}/name-person`);
  await look(samir, 'name-person');
  await samir.page.locator('#account').selectOption({ label: 'Helen Marsh, Social worker' });
  await send(samir);
  await helen.goto(`/enquiries/${reference}`);
  await look(helen, 'named');
  for (const step of ['remove-person', 'review-restriction', 'lift-restriction']) {
    await samir.goto(`/enquiries/${reference}/${step}`);
    await look(samir, step);
  }
  await samir.goto('/restricted');
  await says(samir, new RegExp(reference));
  await look(samir, 'restricted');
}

async function search(visit, query) {
  await visit.goto('/find');
  await fill(visit, 'query', query);
  await Promise.all([visit.page.waitForEvent('load'), visit.page.locator('main form button').first().click()]);
}

// What another manager restricts by hand, the duty manager opens for a reason; the owner sees who and why, and lifts it.
async function glass(t, reference) {
  const priya = await t.signIn(PRIYA);
  await priya.goto(`/enquiries/${reference}/restrict`);
  await look(priya, 'restrict');
  await choose(priya, 'restriction_kind', 'staff_or_relative');
  await fill(priya, 'restriction_reason', 'The mother works in this hub.');
  await send(priya);
  await says(priya, /Restricted:/, /The mother works in this hub/);

  const samir = await t.signIn(SAMIR);
  await search(samir, reference);
  await says(samir, /Restricted: speak to Priya Nair/);
  await look(samir, 'find-glass');
  await samir.press('Open it for a reason');
  await send(samir);
  await look(samir, 'glass-problem');
  await fill(samir, 'glass_reason', 'The school is on the telephone: he has run out of class.');
  await look(samir, 'glass');
  await samir.press('Open it');
  await says(samir, /You see this because you broke the glass/);
  await look(samir, 'glass-broken');

  await priya.goto(`/enquiries/${reference}`);
  await says(priya, /Opened by Samir Patel/, /run out of class/);
  await look(priya, 'glass-owner');
  await priya.goto(`/enquiries/${reference}/access`);
  await says(priya, /having broken the glass/);
  await look(priya, 'access-glass');
  await priya.goto(`/enquiries/${reference}/lift-restriction`);
  await fill(priya, 'lifted_reason', 'She works elsewhere now.');
  await send(priya);
  assert.doesNotMatch(await words(priya), /Restricted:/);
}

for (const place of [DESK, PHONE]) {
  const where = `${place.width}, ${place.script ? 'with' : 'without'} JavaScript`;
  const surname = place === DESK ? 'Pellworthy' : 'Quillon';
  let reference = null;
  test(`contacts are logged, a manager oversees, and it is seen who looked (${where})`, async (t) => {
    reference = await contactsAndOversight(t);
  }, place);
  test(`advice without an enquiry becomes one (${where})`, advice, place);
  test(`an information request is recorded and answered (${where})`, requests, place);
  test(`an allegation is restricted to its people (${where})`, (t) => allegation(t, surname), place);
  test(`the duty manager opens a restricted record for a reason, which its owner sees (${where})`, (t) => glass(t, reference), place);
}
