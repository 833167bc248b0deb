// Children added, corrected, removed and put back; links, moves and withdrawals: each form, and what the page says after it.
'use strict';

const assert = require('node:assert/strict');
const { bothWidths } = require('./lib/tap.js');

const words = (visit) => visit.page.locator('main').innerText();
const fill = (visit, id, text) => visit.page.locator(`#${id}`).fill(text);

// An enquiry not yet screened, from the end of the list: what is done to one leaves it there.
async function unscreened(visit, place) {
  await visit.goto('/hub/unscreened');
  return (await visit.page.locator('main tbody th a').nth(place).innerText()).trim();
}

async function open(visit, reference, link) {
  await visit.goto(`/enquiries/${reference}`);
  await visit.press(link);
}

bothWidths('a child is added, corrected, removed and put back, and the page says who, when and why', async (t) => {
  const worker = await t.signIn('asha.rahman@example.org');
  const { page } = worker;
  const reference = await unscreened(worker, 1);

  await open(worker, reference, 'Add a child');
  await worker.accessible();
  await fill(worker, 'given_name', 'Ottilie');
  await fill(worker, 'family_name', 'Sparrow');
  await fill(worker, 'reason', 'Named by the school.');
  await worker.press('Add a child');
  assert.match(await words(worker), /Ottilie Sparrow/);
  assert.match(await words(worker), /Added by Asha Rahman, .*: Named by the school\./);

  const row = page.locator('section[aria-labelledby=children] tbody tr').filter({ hasText: 'Ottilie' }).last();
  await row.getByRole('link', { name: /^Correct/ }).click();
  assert.equal(await page.locator('#given_name').inputValue(), 'Ottilie');
  assert.match(await words(worker), /Now: Ottilie\./);
  await worker.accessible();
  await worker.screenshot('child-correct');
  await fill(worker, 'given_name', 'Odile');
  await fill(worker, 'reason', 'As she spells it.');
  await worker.press('Correct the child');
  assert.match(await words(worker), /Given name from Ottilie to Odile; by Asha Rahman: As she spells it\./);

  const corrected = page.locator('section[aria-labelledby=children] tbody tr').filter({ hasText: 'Odile' }).last();
  await corrected.getByRole('link', { name: /^Remove/ }).click();
  await worker.accessible();
  await worker.press('Remove the child');
  assert.match(await words(worker), /Enter the reason/);
  await worker.accessible();
  await fill(worker, 'reason', 'Another family.');
  await worker.press('Remove the child');
  assert.match(await words(worker), /Removed by Asha Rahman, .*: Another family\./);
  await worker.accessible();
  await page.locator('#corrections').scrollIntoViewIfNeeded();
  await worker.screenshot('children');

  await page.getByRole('link', { name: /^Put back/ }).last().click();
  await worker.accessible();
  await fill(worker, 'reason', 'It was this family.');
  await worker.press('Put the child back');
  assert.match(await words(worker), /Put back as child \d/);
});

bothWidths('two enquiries are linked, one is moved, and the other withdrawn as a duplicate by two people', async (t) => {
  const worker = await t.signIn('asha.rahman@example.org');
  const manager = await t.signIn('priya.nair@example.org');
  const one = await unscreened(worker, t.place.width === 'phone' ? 2 : 5);
  const other = await unscreened(worker, t.place.width === 'phone' ? 3 : 6);

  await open(worker, one, 'Link another enquiry');
  await worker.accessible();
  await fill(worker, 'linked_to', one);
  await fill(worker, 'reason', 'One row, heard twice.');
  await worker.press('Link as the same incident');
  assert.match(await words(worker), /this is the same one/);
  assert.equal(await worker.page.locator('#reason').inputValue(), 'One row, heard twice.');
  await fill(worker, 'linked_to', other);
  await worker.press('Link as the same incident');
  assert.match(await words(worker), /Linked by Asha Rahman, .*: One row, heard twice\./);

  await worker.goto(`/enquiries/${other}/withdraw`);
  await worker.accessible();
  await worker.page.locator('input[name="withdrawn_reason"][value="duplicate"]').check();
  await fill(worker, 'duplicate_of', one);
  await fill(worker, 'reason', 'The same call, recorded twice.');
  await worker.press('Propose to withdraw');
  assert.match(await words(worker), /The clock runs on until a second person answers/);
  await worker.accessible();

  await manager.goto(`/enquiries/${other}/answer-withdrawal`);
  await manager.accessible();
  await manager.screenshot('answer-withdrawal');
  await manager.page.locator('input[name="answer"][value="agreed"]').check();
  await manager.press('Answer the withdrawal');
  assert.match(await words(manager), /Withdrawn \(Duplicate\) by Asha Rahman/);
  await manager.accessible();

  await manager.goto(`/enquiries/${one}/move`);
  await manager.accessible();
  await manager.page.locator('input[name="workstream"][value="accumulation"]').check();
  await fill(manager, 'reason', 'It came before the work began.');
  await manager.press('Move to another workstream');
  assert.match(await words(manager), /Moved from New enquiries to Accumulation by Priya Nair/);
  assert.match(await words(manager), /was withdrawn as a duplicate of this one/);
  await manager.accessible();
  await manager.page.locator('#decision').scrollIntoViewIfNeeded();
  await manager.screenshot('linked-and-moved');
});
