// The way of one enquiry through the hub, by the people whose work it is: recorded, screened, allocated, recommended, returned,
// recommended again, authorised, handed over, closed and opened again.
'use strict';

const assert = require('node:assert/strict');
const { test, everywhere } = require('./lib/tap.js');

const SAID = 'The caller heard shouting and a child crying, three nights of this week.';
const ANALYSIS = 'He is left alone at night. The baby is due in weeks and nothing is ready.';

const choose = (page, name, value) => page.locator(`input[name="${name}"][value="${value}"]`).check();
const fillDate = async (page, id, day, month, year) => {
  await page.locator(`#${id}-day`).fill(String(day));
  await page.locator(`#${id}-month`).fill(String(month));
  await page.locator(`#${id}-year`).fill(String(year));
};
const nothingIsChosen = async (page, where) => assert.equal(await page.locator('input:checked').count(), 0, `${where}: something is chosen beforehand`);
// Each width once is enough: what a script adds is looked at where it is on.
const lookAt = async (visit) => ((visit.place.width === 'desk') === visit.place.script ? visit.accessible() : undefined);
const words = (visit) => visit.page.locator('main').innerText();

// Opens the enquiry, whose page offers this step first of all where `first` says so, and goes to the step's form.
async function goToStep(visit, reference, step, first = true) {
  await visit.goto(`/enquiries/${reference}`);
  const buttons = await visit.page.locator('.fanlight-steps a').allInnerTexts();
  assert.ok(buttons.includes(step), `${step} is not offered, but ${buttons.join(', ')}`);
  if (first) assert.equal(buttons[0], step);
  await visit.press(step);
  await lookAt(visit);
}

async function record(visit) {
  const { page } = visit;
  await visit.goto('/enquiries/new');
  await choose(page, 'channel', 'phone');
  await page.getByLabel('The referrer stays anonymous').check();
  await page.locator('#summary').fill(SAID);
  await page.locator('#main_concern').selectOption('neglect');
  await page.locator('#children-0-given_name').fill('Rafe');
  await visit.press('Add another child');
  await fillDate(page, 'children-1-expected_date', 3, 9, 2015);
  await page.locator('#children-1-parent_name').fill('Harriet Quaint');
  await visit.press('Continue');
  assert.equal(await visit.heading(), 'Check before you record it');
  const check = await words(visit);
  assert.match(check, /Rafe/);
  assert.match(check, /unborn/i);
  assert.match(check, /anonymous/i);
  await lookAt(visit);
  await visit.press('Record this enquiry');
  assert.match(await words(visit), /The enquiry is recorded/);
  return new URL(page.url()).pathname.split('/').pop();
}

async function screen(visit, reference) {
  const { page } = visit;
  await goToStep(visit, reference, 'Screen');
  await nothingIsChosen(page, 'Screen');
  await choose(page, 'rag', 'amber');
  await page.locator('#rag_reason').fill('A child alone at night, and an unborn child.');
  await visit.press('Screen');
  assert.match(await words(visit), /Amber due (tomorrow|today|in)/);
}

async function allocate(visit, reference) {
  const { page } = visit;
  await goToStep(visit, reference, 'Allocate');
  await nothingIsChosen(page, 'Allocate');
  const label = await page.locator('label', { hasText: 'Asha Rahman, from' }).innerText();
  const [, from, to] = label.match(/from (\d+) of 25 to (\d+) of 25/);
  assert.equal(Number(to), Number(from) + 1);
  await page.getByLabel('Asha Rahman, from').check();
  await page.locator('#reason').fill('She knows the street.');
  await visit.press('Allocate');
  assert.match(await words(visit), /Allocated, with Asha Rahman/);
  return Number(to);
}

async function decideChild(page, index, { outcome, level, reason }) {
  await choose(page, `children-${index}-outcome`, outcome);
  await choose(page, `children-${index}-threshold_level`, level);
  await page.locator(`#children-${index}-reason`).fill(reason);
}

async function recommend(visit, reference) {
  const { page } = visit;
  await goToStep(visit, reference, 'Recommend');
  await nothingIsChosen(page, 'Recommend');
  assert.match(await words(visit), new RegExp(SAID), 'what was said does not stand beside');
  await page.locator('#analysis').fill(ANALYSIS);
  await decideChild(page, 0, { outcome: 'assessment', level: '3', reason: 'Nobody minds him at night.' });
  await visit.press("Use the first child's answers for all");
  assert.equal(await page.locator('#analysis').inputValue(), ANALYSIS);
  assert.equal(await page.locator('input[name="children-1-outcome"]:checked').inputValue(), 'assessment');
  assert.equal(await page.locator('#children-1-reason').inputValue(), 'Nobody minds him at night.');
  await page.locator('#children-1-reason').fill('The birth is near and nothing is ready.');
  await visit.press('Recommend');
  assert.match(await words(visit), /waiting for a second person/);
}

async function sendBack(visit, reference) {
  const { page } = visit;
  await goToStep(visit, reference, 'Return to the worker', false);
  await page.locator('#returned_reason').fill('Say who the father is.');
  await visit.press('Return to the worker');
  assert.match(await words(visit), /Returned/);
}

async function authorise(visit, reference) {
  const { page } = visit;
  await goToStep(visit, reference, 'Authorise');
  await nothingIsChosen(page, 'Authorise');
  assert.match(await words(visit), /Authorising stops the clock .* before due/);
  await visit.press('Authorise');
  const links = await page.locator('.govuk-error-summary a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  assert.ok(links.includes('#necessary'), `the summary links to ${links}`);
  await lookAt(visit);
  await choose(page, 'necessary', 'yes');
  await page.locator('#necessary_reason').selectOption('at_or_above_threshold');
  await visit.press('Authorise');
  assert.match(await words(visit), /Decided .* in time/);
  assert.match(await words(visit), /Did it need a MASH enquiry\? Yes/);
}

async function acceptHandOvers(visit, reference) {
  const { page } = visit;
  for (let left = 2; left > 0; left -= 1) {
    await visit.goto(`/enquiries/${reference}`);
    const waiting = page.getByRole('link', { name: 'Accept or decline' });
    assert.equal(await waiting.count(), left);
    await Promise.all([page.waitForEvent('load'), waiting.first().click()]);
    await nothingIsChosen(page, 'Hand-over');
    if (left === 2) await lookAt(visit);
    await choose(page, 'hand_over_answer', 'accepted');
    await page.locator('#accepted_by').fill('Gwen Pryce');
    await visit.press('Answer the hand-over');
  }
  assert.match(await words(visit), /Accepted by Gwen Pryce/);
  assert.match(await words(visit), /Closed/, 'the last hand-over accepted closes it');
  await lookAt(visit);
}

async function reopen(visit, reference) {
  const { page } = visit;
  await goToStep(visit, reference, 'Re-open', false);
  await nothingIsChosen(page, 'Re-open');
  await choose(page, 'rag', 'green');
  await page.locator('#reason').fill('The school rang again.');
  await visit.press('Re-open');
  const told = await words(visit);
  assert.match(told, /Green due/);
  assert.match(told, /Re-?opened by Priya Nair/i);
}

everywhere('one enquiry goes the whole way', async (t) => {
  const administrator = await t.signIn('administrator');
  const worker = await t.signIn('asha.rahman@example.org');
  const manager = await t.signIn('priya.nair@example.org');

  const reference = await record(administrator);
  await lookAt(administrator);
  assert.deepEqual(await administrator.page.locator('.fanlight-steps a').allInnerTexts(), [], 'an administrator decides nothing about a case');
  await screen(worker, reference);
  const open = await allocate(manager, reference);
  await worker.goto('/caseload');
  assert.match(await words(worker), new RegExp(`${open} of 25 open`));
  await recommend(worker, reference);
  await lookAt(worker);
  await sendBack(manager, reference);
  await worker.goto(`/enquiries/${reference}`);
  assert.match(await words(worker), /Say who the father is/);
  await recommend(worker, reference);
  await authorise(manager, reference);
  await lookAt(manager);
  await manager.screenshot('enquiry-decided');
  await worker.goto('/caseload');
  assert.match(await words(worker), new RegExp(`${open - 1} of 25 open`), 'a decided enquiry leaves the caseload at once');
  await acceptHandOvers(manager, reference);
  await reopen(manager, reference);
  await lookAt(manager);
});
