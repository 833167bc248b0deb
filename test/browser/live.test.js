// Two people at once: what one does, the other's open page shows by itself, and nothing that is being read or typed is lost.
'use strict';

const assert = require('node:assert/strict');
const { test, everywhere } = require('./lib/tap.js');

const WORKER = 'asha.rahman@example.org';
const COMES_MS = 30_000; // on a machine that does much else; what it took is told

// As the page would send it, by whoever is signed in there.
function send(visit, method, path, body, headers = {}) {
  return visit.page.evaluate(
    async ([method, path, body, headers]) => {
      const { csrf } = await (await fetch('/api/v1/session')).json();
      const answer = await fetch(path, { method, headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf, ...headers }, body: JSON.stringify(body) });
      return { status: answer.status, json: await answer.json().catch(() => null) };
    },
    [method, path, body, headers],
  );
}

const ask = (visit, path) => visit.page.evaluate(async (path) => (await fetch(path)).json(), path);

async function newEnquiry(clerk, more = {}) {
  const enquiry = { channel: 'phone', source_code: '9', concern: 'neglect', summary: 'A child is alone.', children: [{ given_name: 'Ida' }], ...more };
  const { status, json } = await send(clerk, 'POST', '/api/v1/enquiries', enquiry);
  assert.equal(status, 201);
  return json.reference;
}

async function contact(visit, reference, said) {
  const made = { contact_kind: 'call', with_whom: 'The school', reached: true, said, family_told: 'yes' };
  const { status } = await send(visit, 'POST', `/api/v1/enquiries/${reference}/contact`, made);
  assert.equal(status, 200);
}

// How long after `since` it stood there.
async function comes(visit, text, since) {
  await visit.page.locator('main').getByText(text).first().waitFor({ timeout: COMES_MS });
  const took = Date.now() - since;
  console.log(`# ${new URL(visit.page.url()).pathname} showed it after ${took} ms`);
  return took;
}

test('the hub page shows what others do, and leaves the chosen row, the keyboard and the screen where they were', async (t) => {
  const manager = await t.signIn('practice_manager');
  const clerk = await t.signIn('administrator');
  await manager.goto('/hub');
  await manager.page.getByText('Follows what others do').waitFor();
  await manager.page.keyboard.press('j');
  await manager.page.keyboard.press('j');
  await manager.page.evaluate(() => window.scrollBy({ top: 300, behavior: 'instant' }));
  const standing = () => manager.page.evaluate(() => {
    const row = document.querySelector('tr[aria-current=true]');
    return { row: row.querySelector('a').textContent, focus: document.activeElement.textContent, top: Math.round(row.getBoundingClientRect().top) };
  });
  const before = await standing();
  const reference = await newEnquiry(clerk, { immediate_danger: true });
  await comes(manager, '1 new.', Date.now());
  await manager.page.locator(`tr.fanlight-fresh:has(a:text-is("${reference}"))`).first().waitFor();
  const after = await standing();
  assert.deepEqual({ row: after.row, focus: after.focus }, { row: before.row, focus: before.focus });
  assert.ok(Math.abs(after.top - before.top) <= 2, `the chosen row went from ${before.top} to ${after.top}`);
  await manager.accessible();
  await manager.page.evaluate(() => window.scrollTo(0, 0));
  await manager.screenshot('live-hub');
});

test('what is given to a worker comes to their open caseload and is said there', async (t) => {
  const manager = await t.signIn('practice_manager');
  const worker = await t.signIn(WORKER);
  const { workers } = await ask(manager, '/api/v1/hub');
  const { account } = workers.find(({ name }) => name === 'Asha Rahman');
  await worker.goto('/caseload');
  await worker.page.getByText('Follows what others do').waitFor();
  const clerk = await t.signIn('administrator');
  const reference = await newEnquiry(clerk);
  const screened = await send(worker, 'POST', `/api/v1/enquiries/${reference}/screen`, { rag: 'red', rag_reason: 'Alone.' }, { 'If-Match': '"1"' });
  assert.equal(screened.status, 200, JSON.stringify(screened.json));
  const since = Date.now();
  const given = await send(manager, 'POST', `/api/v1/enquiries/${reference}/allocate`, { worker: Number(account), reason: 'She knows the family.' }, { 'If-Match': `"${screened.json.version}"` });
  assert.equal(given.status, 200, JSON.stringify(given.json));
  await comes(worker, '1 given to you', since);
  await worker.page.locator(`tr:has(a:text-is("${reference}"))`).waitFor();
  await worker.accessible();
  await worker.screenshot('live-caseload');
});

test('an open enquiry shows what was added, with its details still open; a form keeps what is typed and says what changed', async (t) => {
  const clerk = await t.signIn('administrator');
  const worker = await t.signIn(WORKER);
  const reference = await newEnquiry(clerk);
  await worker.goto(`/enquiries/${reference}`);
  await worker.page.getByText('Follows what others do').waitFor();
  await worker.page.locator('details summary').first().click();
  await contact(clerk, reference, 'The first call.');
  await comes(worker, 'The first call.', Date.now());
  await worker.page.getByText('Changed since you opened it').waitFor();
  assert.equal(await worker.page.locator('details').first().evaluate((part) => part.open), true);
  await worker.accessible();
  await worker.screenshot('live-enquiry');

  await worker.goto(`/enquiries/${reference}`);
  await worker.goto(`/enquiries/${reference}/screen`);
  const box = worker.page.locator('textarea').first();
  await box.fill('I typed this before they called.');
  await box.evaluate((area) => area.setSelectionRange(7, 12));
  await contact(clerk, reference, 'The second call.');
  await comes(worker, 'What you typed is as you left it', Date.now());
  assert.equal(await box.inputValue(), 'I typed this before they called.');
  assert.deepEqual(await box.evaluate((area) => [document.activeElement === area, area.selectionStart, area.selectionEnd]), [true, 7, 12]);
  await worker.accessible();
  await worker.screenshot('live-form');
});

test('an enquiry that its reader may no longer see goes from the screen', async (t) => {
  const clerk = await t.signIn('administrator');
  const manager = await t.signIn('practice_manager');
  const worker = await t.signIn(WORKER);
  const reference = await newEnquiry(clerk);
  await worker.goto(`/enquiries/${reference}`);
  const restricted = await send(manager, 'POST', `/api/v1/enquiries/${reference}/restrict`, RESTRICTION);
  assert.equal(restricted.status, 200, JSON.stringify(restricted.json));
  await worker.page.getByRole('heading', { name: 'Page not found' }).waitFor({ timeout: COMES_MS });
});

const RESTRICTION = { restriction_kind: 'staff_or_relative', restriction_reason: 'Her aunt works here.' };

test('a page that can no longer ask says from when it is, and goes on when it can', async (t) => {
  const clerk = await t.signIn('administrator');
  const worker = await t.signIn(WORKER);
  await worker.goto('/hub');
  await worker.page.getByText('Follows what others do').waitFor();
  await worker.context.setOffline(true);
  await worker.page.getByText(/Not connected\. What you see is from \d\d?:\d\d/).waitFor({ timeout: COMES_MS });
  await worker.accessible();
  await worker.screenshot('live-away');
  await newEnquiry(clerk);
  await worker.context.setOffline(false);
  await comes(worker, '1 new.', Date.now());
  await worker.page.getByText('Follows what others do').waitFor();
});

everywhere('a plain refresh says what changed since', async (t) => {
  const clerk = await t.signIn('administrator');
  const manager = await t.signIn('practice_manager');
  await manager.goto('/hub');
  const reference = await record(clerk, t);
  await manager.press('Refresh');
  assert.match(await manager.page.locator('main').innerText(), /Since \d\d?:\d\d: 1 new\./);
  await manager.accessible();
  await manager.screenshot('live-refresh');
  await manager.goto(`/enquiries/${reference}`);
  await manager.press('Refresh');
  assert.match(await manager.page.locator('main').innerText(), /Nothing has changed since \d\d?:\d\d/);
});

// By the context's own requests: the window may run no script.
async function record(clerk) {
  const { csrf } = await (await clerk.context.request.get(`${clerk.server.address}/api/v1/session`)).json();
  const answer = await clerk.context.request.post(`${clerk.server.address}/api/v1/enquiries`, {
    headers: { 'X-CSRF-Token': csrf },
    data: { channel: 'phone', source_code: '9', concern: 'neglect', summary: 'A child is alone.', children: [{ given_name: 'Ida' }] },
  });
  assert.equal(answer.status(), 201);
  return (await answer.json()).reference;
}
