// By keyboard alone: on every page that a person comes to, Tab reaches every link, button and box in turn, shows where it
// stands, and leaves the page again; every step of an enquiry has a form that Enter on its button opens.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('./lib/tap.js');

const STOPS_MOST = 400;

// Marks what the keyboard comes to. A group of radio buttons is one stop, folded parts and what is hidden are none.
const watch = () => {
  window.reached = new Set();
  document.addEventListener('focusin', (event) => window.reached.add(event.target));
};
const missed = () => {
  const shown = (node) => node.checkVisibility({ checkOpacity: false, checkVisibilityCSS: true }) && !node.closest('[hidden], [inert]');
  const group = (node) => [...document.getElementsByName(node.name)].some((one) => window.reached.has(one));
  return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter((node) => shown(node) && !node.disabled && node.tabIndex >= 0)
    .filter((node) => !window.reached.has(node) && !(node.type === 'radio' && group(node)))
    .map((node) => node.outerHTML.slice(0, 120));
};
const unmarked = () => {
  const node = document.activeElement;
  if (node === document.body) return null;
  const seen = node.type === 'radio' || node.type === 'checkbox' ? node.nextElementSibling || node : node;
  const looks = [seen, node].map((one) => getComputedStyle(one)).concat(getComputedStyle(seen, '::before'));
  const shows = looks.some(({ outlineStyle, outlineWidth, boxShadow }) => (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none');
  return shows ? null : node.outerHTML.slice(0, 120);
};

async function walk(visit, address) {
  const { page } = visit;
  await visit.goto(address);
  await page.evaluate(watch);
  let rounds = (await page.evaluate(() => document.activeElement === document.body)) ? 1 : 2; // from a box that has the focus
  let stops = 0;
  for (; stops < STOPS_MOST; stops += 1) {
    await page.keyboard.press('Tab');
    const bad = await page.evaluate(unmarked);
    assert.equal(bad, null, `${address} does not show the focus on ${bad}`);
    if ((await page.evaluate(() => document.activeElement === document.body)) && --rounds === 0) break;
  }
  assert.ok(stops < STOPS_MOST, `${address} keeps the keyboard`);
  assert.deepEqual(await page.evaluate(missed), [], `${address}: the keyboard doesn't come to these`);
}

const links = (visit, within) =>
  visit.page.locator(`${within} a[href^="/"]`).evaluateAll((all) => [...new Set(all.map((one) => one.getAttribute('href')))]);

// The pages of the navigation, and the first enquiry of this list with every step it offers.
async function everywhere(visit, list) {
  await visit.goto(list);
  const addresses = await links(visit, 'nav');
  const row = visit.page.locator('main .fanlight-list tbody th a').first();
  const enquiry = (await row.count()) ? await row.getAttribute('href') : null;
  if (!enquiry) return addresses;
  await visit.goto(enquiry);
  const steps = (await links(visit, 'main')).filter((one) => one.startsWith(`${enquiry}/`));
  return [...addresses, enquiry, ...steps];
}

for (const [who, list] of [
  ['asha.rahman@example.org', '/caseload'],
  ['priya.nair@example.org', '/hub/awaiting'],
  ['edt_manager', '/enquiries'],
  ['administrator', '/enquiries'],
  ['service_manager', '/returns'],
  ['system_administrator', '/users'],
]) {
  test(`${who} comes to everything by Tab`, async (t) => {
    const visit = await t.signIn(who);
    const addresses = await everywhere(visit, list);
    assert.ok(addresses.length >= 2);
    for (const address of addresses) await walk(visit, address);
    console.log(`# ${who}: ${addresses.length} pages`);
  });
}
