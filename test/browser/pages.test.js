// Every page, in every state that the demonstration has, as each role sees it: accessible, no wider than the window, marked as
// invented; and what a role may not see is refused by a page that says so.
'use strict';

const assert = require('node:assert/strict');
const { test, bothWidths } = require('./lib/tap.js');

const INVENTED = 'Demonstration. Every person, record and decision is invented.';

// Where each role's first page is, and what its navigation offers.
const PRACTISES = ['The hub now', 'Clocks', 'EDT', 'Record an enquiry', 'Enquiries', 'Advice', 'Requests', 'Returns', 'Find', 'Duty', 'Policy'];
const HOMES = {
  administrator: ['/hub', ['The hub now', 'Clocks', 'Record an enquiry', 'Enquiries', 'Requests', 'Returns', 'Find', 'Duty', 'Policy']],
  social_worker: ['/caseload', ['My caseload', ...PRACTISES]],
  practice_manager: ['/hub', PRACTISES],
  edt_worker: ['/edt', ['My caseload', ...PRACTISES]],
  edt_manager: ['/edt', PRACTISES],
  project_manager: ['/returns', ['The hub now', 'Clocks', 'Enquiries', 'Returns', 'Duty', 'Policy']],
  service_manager: ['/returns', ['The hub now', 'Clocks', 'Enquiries', 'Returns', 'Duty', 'Policy']],
  director: ['/returns', ['Returns', 'Policy']],
  partner: ['/account', []],
  auditor: ['/hub', ['The hub now', 'Clocks', 'Enquiries', 'Returns', 'Find', 'Duty', 'Policy']],
  system_administrator: ['/users', ['Users', 'Policy']],
};

async function look(visit, where, status = 200) {
  await visit.goto(where, status);
  assert.match(await visit.page.innerText('body'), new RegExp(INVENTED));
  assert.equal(await visit.page.locator('h1').count(), 1, `${where} has not one heading`);
  await visit.accessible();
}

// The first enquiry of one of the hub page's lists.
async function firstOf(visit, list) {
  await visit.goto(`/hub/${list}`);
  return (await visit.page.locator('main tbody th a').first().innerText()).trim();
}

async function ended(visit, state) {
  await visit.goto('/enquiries?all=yes');
  for (;;) {
    const rows = visit.page.locator('main tbody tr', { has: visit.page.getByText(state, { exact: true }) });
    if (await rows.count()) return (await rows.first().locator('th a').innerText()).trim();
    await visit.press(/^Next/);
  }
}

// At a telephone's width for those who carry one.
const WITH_TELEPHONE = ['administrator', 'social_worker', 'practice_manager', 'director'];

for (const [role, [home, navigation]] of Object.entries(HOMES)) {
  (WITH_TELEPHONE.includes(role) ? bothWidths : test)(`${role.replace('_', ' ')}: the first page, and every page that the navigation leads to`, async (t) => {
    const visit = await t.signIn(role);
    const { page } = visit;
    assert.equal(new URL(page.url()).pathname, home);
    const links = await page.locator('.govuk-service-navigation a').evaluateAll((all) => all.map((a) => [a.textContent.trim(), a.getAttribute('href')]));
    assert.deepEqual(links.map(([words]) => words), navigation);
    for (const [, where] of links.length ? links : [[null, home]]) await look(visit, where);
    await visit.screenshot(`home-${role}`);
  });
}

bothWidths('a practice manager sees an enquiry in every state, and every form for it', async (t) => {
  const visit = await t.signIn('priya.nair@example.org');
  for (const list of ['unscreened', 'awaiting', 'unallocated', 'held', 'late']) await look(visit, `/hub/${list}`);
  const recommended = await firstOf(visit, 'awaiting');
  const screened = await firstOf(visit, 'unallocated');
  const allocated = await firstOf(visit, 'late');
  const decided = await ended(visit, 'Decided');
  const closed = await ended(visit, 'Closed');
  for (const reference of [await firstOf(visit, 'unscreened'), screened, allocated, recommended, decided, closed]) {
    await look(visit, `/enquiries/${reference}`);
  }
  await look(visit, `/enquiries/${screened}/allocate`);
  await look(visit, `/enquiries/${allocated}/reallocate`);
  await look(visit, `/enquiries/${recommended}/authorise`);
  await look(visit, `/enquiries/${recommended}/return`);
  await look(visit, `/enquiries/${decided}/reopen`);
  await look(visit, `/enquiries/${decided}/advice`);
  await look(visit, '/hand-overs');
  await look(visit, '/waiting');
  await look(visit, '/caseload/2');
});

bothWidths('a social worker sees the forms of screening, rating and strategy', async (t) => {
  const visit = await t.signIn('asha.rahman@example.org');
  const unscreened = await firstOf(visit, 'unscreened');
  for (const step of ['screen', 'screen-out']) await look(visit, `/enquiries/${unscreened}/${step}`);
  await visit.goto('/caseload');
  const own = (await visit.page.locator('main tr', { hasText: 'you' }).last().locator('th a').innerText()).trim();
  for (const step of ['recommend', 'rerate', 'strategy', 'advice']) await look(visit, `/enquiries/${own}/${step}`);
});

bothWidths('who sees no case content is told so, and what is not there or not theirs has a page that says what to do', async (t) => {
  const manager = await t.signIn('louise.hartnell@example.org');
  const reference = await firstOf(manager, 'late');
  await look(manager, `/enquiries/${reference}`);
  const told = await manager.page.innerText('main');
  assert.match(told, /not what was said or about whom/);
  assert.equal(await manager.page.locator('#children').count(), 0);
  await look(manager, `/enquiries/${reference}/allocate`, 403);
  const director = await t.signIn('director');
  await look(director, '/hub', 403);
  await look(director, '/no-such-page', 404);
  await look(director, `/enquiries/${reference}`, 403);
  const nobody = await t.visit();
  await look(nobody, '/no-such-page', 404);
});

test('every link of every page that a role begins with leads somewhere that is theirs', async (t) => {
  for (const role of Object.keys(HOMES)) {
    const visit = await t.signIn(role);
    const { page } = visit;
    const hrefs = () => page.locator('main a[href^="/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    const links = new Set(await hrefs());
    if (HOMES[role][1].includes('The hub now')) {
      await visit.goto('/hub');
      for (const href of await hrefs()) links.add(href);
    }
    for (const href of links) {
      const answer = await page.request.get(t.server.address + href, { maxRedirects: 0 });
      assert.equal(answer.status(), 200, `${href}, offered to the ${role}, answered ${answer.status()}`);
    }
  }
});
