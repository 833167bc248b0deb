// On paper: all of an enquiry, page x of y, and nothing that belongs to the screen.
'use strict';

const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { test, everywhere } = require('./lib/tap.js');
const { startServer, run } = require('./lib/hub.js');

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

everywhere('for a meeting the parts are chosen, and the paper says who printed it', async (t) => {
  const visit = await t.signIn('priya.nair@example.org');
  const { page } = visit;
  await visit.goto('/hub/awaiting');
  await visit.goto(`/enquiries/${(await page.locator('main tbody th a').first().innerText()).trim()}`);
  const reference = (await visit.heading()).split(/\s/)[0];
  await visit.press('Print for a meeting');
  await visit.accessible();
  await visit.screenshot('print-form');
  await page.locator('input[name=private_people]').check();
  await visit.press('Make the paper');
  assert.match(await page.locator('.govuk-error-summary').innerText(), /Enter why private people/);
  await visit.accessible();
  await page.locator('input[name=private_people]').uncheck();
  for (const part of ['history', 'contacts', 'hand_overs']) await page.locator(`input[name=parts][value=${part}]`).check();
  await visit.press('Make the paper');
  await visit.accessible();
  await visit.screenshot('paper');
  const { text } = await printed(visit);
  for (const part of ['Printed by Priya Nair', 'Confidential', 'page 1 of', reference, 'What was said', 'Household', 'History']) assert.ok(text.includes(part), `"${part}" is not printed`);
  assert.ok(!text.includes('Sign out') && !text.includes('Print it from the browser'), 'the screen is printed');
});

test('who printed stands on every sheet of a long paper, with its page', async (t) => {
  const visit = await t.signIn('priya.nair@example.org');
  const { page } = visit;
  await visit.goto('/enquiries/new');
  const { csrf } = await (await page.request.get(`${visit.server.address}/api/v1/session`)).json();
  const made = await page.request.post(`${visit.server.address}/api/v1/enquiries`, {
    headers: { 'X-CSRF-Token': csrf, 'Idempotency-Key': 'a-long-paper' },
    data: { channel: 'phone', source_code: '1B', referrer_name: 'Violet Nextdoor', concern: ['neglect'], consent: 'not_sought', summary: 'A line of what was said.\n'.repeat(150), children: [{ given_name: 'Ada', family_name: 'Quill' }] },
  });
  assert.equal(made.status(), 201);
  await visit.goto(`/enquiries/${(await made.json()).reference}/print`);
  await visit.press('Make the paper');
  const { text } = await printed(visit);
  const sheets = text.split('\f').filter((sheet) => sheet.trim());
  assert.ok(sheets.length >= 3, `${sheets.length} sheets`);
  sheets.forEach((sheet, i) => {
    assert.match(sheet, /Printed by Priya Nair, \w+ \d+ July 2015, \d\d:\d\d\. Confidential/, `sheet ${i + 1}`);
    assert.ok(sheet.includes(`page ${i + 1} of ${sheets.length}`), `sheet ${i + 1} is not numbered`);
  });
  assert.ok(text.includes('A private person: left out') && !text.includes('Violet'), 'a private person is on the paper');
});

everywhere('the continuity list and the blank form', async (t) => {
  const visit = await t.signIn('priya.nair@example.org');
  await visit.goto('/hub');
  await visit.press('Continuity list');
  assert.match(await visit.page.locator('main').innerText(), /Red: \d+[\s\S]*Not yet screened: \d+[\s\S]*Whom to ring/);
  await visit.accessible();
  await visit.screenshot('continuity');
  await visit.press('A blank form to print');
  await visit.accessible();
  await visit.screenshot('blank');
  const { text } = await printed(visit);
  for (const part of ['How and when it came', 'NHS number', 'Entered as (reference)', 'page 1 of']) assert.ok(text.includes(part), `"${part}" is not printed`);
});

test('every hour the list is sealed into a folder, and opened with its key alone', async () => {
  const first = await startServer();
  await first.stop();
  const [lists, key] = [path.join(first.folder, 'lists'), path.join(first.folder, 'key')];
  fs.mkdirSync(lists);
  fs.writeFileSync(key, 'a key file of more than thirty-two bytes');
  for (let i = 0; i < 60; i += 1) fs.writeFileSync(path.join(lists, `continuity-20150701T${String(i).padStart(4, '0')}Z.sealed`), 'old');
  const server = await startServer(first.folder, first.address, ['--continuity-dir', lists, '--continuity-key', key]);
  const written = () => fs.readdirSync(lists).filter((name) => /^continuity-20150713T0800Z\.sealed$/.test(name));
  try {
    for (const end = Date.now() + 60_000; !written().length && Date.now() < end; ) await new Promise((resolve) => setTimeout(resolve, 100));
  } finally {
    await server.stop();
  }
  assert.equal(written().length, 1, `the folder has ${fs.readdirSync(lists)}`);
  assert.equal(fs.readdirSync(lists).length, 48, 'the oldest are put away');
  const file = path.join(lists, written()[0]);
  const opened = run(first.folder, 'continuity', file, '--key-file', key);
  assert.match(opened, /CONTINUITY LIST, Oxfordshire[\s\S]*RED|Red \(/);
  assert.match(opened, /Not yet screened \(\d+\)/);
  const sealed = fs.readFileSync(file);
  assert.ok(!sealed.includes('CONTINUITY'), 'it is not encrypted');
  const refused = (bytes, with_key = key) => {
    const changed = path.join(first.folder, 'changed');
    fs.writeFileSync(changed, bytes);
    assert.throws(() => run(first.folder, 'continuity', changed, '--key-file', with_key), /changed or cut/);
  };
  const one = Buffer.from(sealed);
  one[one.length >> 1] ^= 1;
  refused(one);
  refused(sealed.subarray(0, sealed.length - 1));
  const other = path.join(first.folder, 'other');
  fs.writeFileSync(other, 'another key file of more than thirty-two bytes');
  refused(sealed, other);
});
