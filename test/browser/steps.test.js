// The steps beside the main way, and what happens when two people work on one enquiry.
'use strict';

const assert = require('node:assert/strict');
const { test, everywhere } = require('./lib/tap.js');

const choose = (page, name, value) => page.locator(`input[name="${name}"][value="${value}"]`).check();
const words = (visit) => visit.page.locator('main').innerText();

// The enquiries not yet screened; each test takes one of its own.
async function unscreened(visit, place) {
  await visit.goto('/hub/unscreened');
  return (await visit.page.locator('main tbody th a').nth(place).innerText()).trim();
}

async function openStep(visit, reference, slug) {
  await visit.goto(`/enquiries/${reference}/${slug}?draft=none`);
  assert.equal(await visit.page.locator('input[type=radio]:checked').count(), 0, `${slug}: something is chosen beforehand`);
}

async function screen(visit, reference, rag) {
  await openStep(visit, reference, 'screen');
  await choose(visit.page, 'rag', rag);
  await visit.page.locator('#rag_reason').fill('As it reads.');
  await visit.press('Screen');
}

test('stopping needs two: a screen-out is proposed by one and agreed to by another', async (t) => {
  const worker = await t.signIn('asha.rahman@example.org');
  const manager = await t.signIn('priya.nair@example.org');
  const reference = await unscreened(worker, 0);
  await screen(worker, reference, 'green');
  await openStep(worker, reference, 'screen-out');
  const { page } = worker;
  await page.locator('#screen_out_reason').selectOption('advice_enough');
  await page.locator('#reason').fill('The school is on to it.');
  const children = await page.locator('fieldset.fanlight-child').count();
  for (let i = 0; i < children; i += 1) {
    await choose(page, `children-${i}-outcome`, 'no_further_action');
    await choose(page, `children-${i}-threshold_level`, '1');
    await page.locator(`#children-${i}-reason`).fill('Nothing more is needed.');
  }
  await worker.press('Propose to screen out');
  assert.match(await words(worker), /waiting for a second person/);
  await manager.goto(`/enquiries/${reference}/answer-screen-out`);
  assert.match(await words(manager), /Nothing more is needed/);
  await manager.accessible();
  await choose(manager.page, 'answer', 'agreed');
  await manager.press('Answer the screen-out');
  assert.match(await words(manager), /(Screened out|Closed) .* in time/);
  await manager.accessible();
});

test('a rating is lowered by two and raised by one', async (t) => {
  const worker = await t.signIn('asha.rahman@example.org');
  const manager = await t.signIn('priya.nair@example.org');
  const reference = await unscreened(worker, 0);
  await screen(worker, reference, 'amber');
  await openStep(worker, reference, 'rerate');
  await choose(worker.page, 'rag_kind', 'misrated');
  await choose(worker.page, 'rag', 'green');
  await worker.page.locator('#rag_reason').fill('It was another child.');
  await worker.press('Rate again');
  assert.match(await words(worker), /Amber .*waiting for a second person/s);
  await openStep(manager, reference, 'answer-lowering');
  await manager.accessible();
  await choose(manager.page, 'answer', 'agreed');
  await manager.press('Answer the lower rating');
  assert.match(await words(manager), /Green due/);
  await openStep(worker, reference, 'rerate');
  await choose(worker.page, 'rag_kind', 'new_information');
  await choose(worker.page, 'rag', 'red');
  await worker.page.locator('#rag_reason').fill('He is back in the house.');
  await worker.press('Rate again');
  assert.match(await words(worker), /Red (due|LATE)/);
  assert.match(await words(worker), /Act by/);
  await worker.accessible();
});

test('a strategy discussion is requested by one person and recorded when it was held; advice is kept', async (t) => {
  const worker = await t.signIn('asha.rahman@example.org');
  const reference = await unscreened(worker, 0);
  await screen(worker, reference, 'red');
  await openStep(worker, reference, 'strategy');
  await worker.page.locator('#reason').fill('A threat with a knife.');
  await worker.press('Request a strategy discussion');
  assert.match(await words(worker), /Not yet held/);
  await openStep(worker, reference, 'strategy-held');
  await worker.accessible();
  await worker.press('Record the strategy discussion');
  assert.match(await worker.page.locator('.govuk-error-summary').innerText(), /problem/);
  await worker.accessible();
  const now = await worker.page.locator('footer').innerText();
  await worker.page.locator('#strategy_held_at-time').fill(now.match(/\d\d:\d\d/)[0]);
  for (const agency of await worker.page.locator('input[name=agencies]').all()) await agency.check();
  await worker.page.locator('input[name=strategy_decision]').first().check();
  await worker.press('Record the strategy discussion');
  assert.match(await words(worker), /Strategy discussions[\s\S]*Held/);
  await openStep(worker, reference, 'advice');
  await worker.page.locator('input[name=advice_to]').first().check();
  await worker.page.locator('#advice').fill('Keep the door locked and ring 999.');
  await worker.press('Give advice');
  assert.match(await words(worker), /Keep the door locked/);
  await worker.accessible();
});

everywhere('a refused form keeps every word, and its summary comes first and leads to each box', async (t) => {
  const worker = await t.signIn('asha.rahman@example.org');
  const { page } = worker;
  await worker.goto('/caseload');
  const own = (await page.locator('main tr', { hasText: 'you' }).last().locator('th a').innerText()).trim();
  await openStep(worker, own, 'recommend');
  await page.locator('#analysis').fill('Half a thought,\nand another <half>.');
  await choose(page, 'children-0-outcome', 'section_47');
  await choose(page, 'children-0-threshold_level', '3');
  await worker.press('Recommend');
  assert.match(await page.title(), /^Error/);
  assert.equal(await page.locator('#analysis').inputValue(), 'Half a thought,\nand another <half>.');
  assert.equal(await page.locator('input[name="children-0-outcome"]:checked').inputValue(), 'section_47');
  const links = await page.locator('.govuk-error-summary a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  assert.ok(links.includes('#children-0-reason'), `the summary links to ${links}`);
  for (const link of links) assert.equal(await page.locator(link).count(), 1, `${link} leads nowhere`);
  if (t.place.script) {
    assert.ok(await page.locator('.govuk-error-summary').evaluate((summary) => summary === document.activeElement), 'the summary has not the focus');
    await page.locator('.govuk-error-summary a[href="#children-0-reason"]').click();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'children-0-reason');
  }
  await worker.accessible();
  await worker.screenshot('recommend-refused');
});

test('who saves second is told what changed and loses no word', async (t) => {
  const first = await t.signIn('asha.rahman@example.org');
  const second = await t.signIn('ciaran.byrne@example.org');
  const reference = await unscreened(first, 0);
  await openStep(first, reference, 'screen');
  await screen(second, reference, 'amber');
  await choose(first.page, 'rag', 'green');
  await first.page.locator('#rag_reason').fill('Nothing urgent in it.');
  await first.press('Screen');
  const summary = await first.page.locator('.govuk-error-summary').innerText();
  assert.match(summary, /Ciaran Byrne changed this enquiry first/);
  assert.match(await words(first), /As it stands now[\s\S]*Amber by Ciaran Byrne.*: As it reads\./);
  assert.equal(await first.page.locator('#rag_reason').inputValue(), 'Nothing urgent in it.');
  await first.accessible();
  await first.screenshot('stale');
  await first.goto(`/enquiries/${reference}`);
  assert.match(await words(first), /Amber due/);
});
