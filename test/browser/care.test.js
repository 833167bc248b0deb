// What stands beside the decision: further information, protection, open cases, strategy discussions, transfers, and their clocks.
'use strict';

const assert = require('node:assert/strict');
const { test, everywhere } = require('./lib/tap.js');

const choose = (page, name, value) => page.locator(`input[name="${name}"][value="${value}"]`).check();
const words = (visit) => visit.page.locator('main').innerText();
let reference = null;

async function open(visit, slug) {
  await visit.goto(`/enquiries/${reference}/${slug}`);
  assert.equal(await visit.page.locator('input[type=radio]:checked').count(), 0, `${slug}: something is chosen beforehand`);
}

// A date an hour or so before the demonstration's clock.
async function when(page, name, time) {
  await page.locator(`#${name}-day`).fill('13');
  await page.locator(`#${name}-month`).fill('7');
  await page.locator(`#${name}-year`).fill('2015');
  await page.locator(`#${name}-time`).fill(time);
}

test('one enquiry has everything beside its decision', async (t) => {
  const worker = await t.signIn('asha.rahman@example.org');
  const { page } = worker;
  await worker.goto('/hub/unscreened');
  reference = (await page.locator('main tbody th a').first().innerText()).trim();
  await open(worker, 'screen');
  await choose(page, 'rag', 'amber');
  await page.locator('#rag_reason').fill('Bruises the family explains in three ways.');
  await worker.press('Screen');

  await page.locator('summary', { hasText: 'Record something else' }).click();
  await worker.press('Add further information');
  await page.locator('#further_information').fill('The school saw a second burn this morning.');
  await page.locator('#information_from').fill('Ruth Archer, class teacher');
  await worker.press('Add further information');
  assert.match(await words(worker), /Further information has arrived: screen it again/);

  await open(worker, 'rerate');
  assert.match(await words(worker), /When it would be due, and the time to act by/);
  await choose(page, 'rag_kind', 'new_information');
  await choose(page, 'rag', 'red');
  await page.locator('#rag_reason').fill('The burn is fresh.');
  await worker.press('Rate again');
  assert.match(await words(worker), /Act by Mon 13 July/);

  await open(worker, 'strategy');
  await page.locator('#reason').fill('Two burns in a week.');
  await worker.press('Request a strategy discussion');
  assert.match(await words(worker), /Not yet held due tomorrow/);

  await open(worker, 'protection');
  await choose(page, 'protection_kind', 'police_protection');
  await when(page, 'protection_from', '08:10');
  await page.locator('#ordered_by').fill('PC 2231 Hill');
  await worker.press('Record police protection or an emergency order');
  assert.match(await words(worker), /Police protection of all the children ends in 2 days/);

  await open(worker, 'open-case');
  await page.locator('input[name=child]').first().check();
  await choose(page, 'case_status', 'CP');
  await page.locator('#case_worker').fill('Jo Ward');
  await page.locator('#case_manager').fill('Ann Holt');
  await page.locator('#case_team').fill('Family team 2');
  await worker.press('Mark an open case');
  assert.match(await words(worker), /Open case: Child protection plan, Jo Ward \(manager Ann Holt\), Family team 2/);

  await open(worker, 'transfer-in');
  await page.locator('#from_authority').fill('Berkshire');
  await page.locator('#spoken_to').fill('J. Hill, duty desk');
  await choose(page, 'plan_status', 'CP');
  await worker.press('Record a transfer from another authority');
  await Promise.all([page.waitForEvent('load'), page.locator('a', { hasText: 'Accept it' }).click()]);
  await worker.press('Accept the transfer');
  assert.match(await words(worker), /Accepted by Asha Rahman/);
});

everywhere('the enquiry and its forms can be read and used by everybody', async (t) => {
  const visit = await t.signIn('asha.rahman@example.org');
  await visit.goto(`/enquiries/${reference}`);
  await visit.accessible();
  await visit.screenshot('care-enquiry');
  for (const slug of ['rerate', 'further', 'protection', 'open-case', 'transfer-in', 'strategy-held']) {
    await open(visit, slug);
    await visit.accessible();
    await visit.screenshot(`care-${slug}`);
  }
  await visit.goto(`/enquiries/${reference}`);
  const link = visit.page.locator('a', { hasText: 'Record its end: Police protection' });
  await Promise.all([visit.page.waitForEvent('load'), link.click()]);
  await visit.accessible();
  await visit.screenshot('care-protection-over');
});

everywhere('the clocks stand on one list, soonest first, and the hub page says which is first', async (t) => {
  const visit = await t.signIn('practice_manager');
  await visit.goto('/clocks');
  assert.equal(await visit.heading(), 'Clocks');
  const rows = (await visit.page.locator('main tbody tr').allInnerTexts()).filter((row) => row.includes(reference));
  assert.match(rows[0], /due tomorrow.*Strategy discussion to be held/s);
  assert.match(rows[1], /Police protection ends/);
  await visit.accessible();
  await visit.screenshot('clocks');
  await visit.press('Police protection ends');
  assert.equal(await visit.page.locator('main tbody tr').count(), 1);
  await visit.goto('/hub');
  assert.match(await words(visit), /Strategy discussion to be held.* in 2\d h/);
  await visit.accessible();
  await visit.screenshot('care-hub');
  await visit.goto('/possible');
  assert.match(await words(visit), /Nobody waits to be looked at/);
  await visit.accessible();
});
