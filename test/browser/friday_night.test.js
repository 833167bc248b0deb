// A Friday night. OX-0695 of the 2015 file comes in on Saturday at 01:58: an anonymous call about an injury, no danger ticked.
// EDT finds it, makes it red, requests a strategy discussion, decides inside the four hours, and hands it to the day team by
// Monday 08:30, which accepts it.
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { bothWidths } = require('./lib/tap.js');
const { run, startServer } = require('./lib/hub.js');

const choose = (page, name, value) => page.locator(`input[name="${name}"][value="${value}"]`).check();
const words = (visit) => visit.page.locator('main').innerText();

// The demonstration as it stood that night; whoever is in it signs in with what it printed.
function nightHub(t) {
  const folder = fs.mkdtempSync(path.join(t.server.folder, 'night-'));
  const { users } = JSON.parse(run(folder, '--json', 'demo', 'data/oxfordshire-2015', '--until', '2015-07-18T02:04:00+01:00'));
  return { folder, users };
}

async function signIn(t, server, hub, name) {
  const person = hub.users.find((one) => one.name === name);
  const visit = await t.visit(server);
  await visit.goto('/sign-in');
  await visit.page.locator('input[name=email]').fill(person.email);
  await visit.page.locator('input[name=password]').fill(person.password);
  await visit.press('Sign in');
  return visit;
}

// Leads from the enquiry's page to the step of this name, and sends its form once `fill` has filled it.
async function take(visit, reference, step, fill) {
  await visit.goto(`/enquiries/${reference}`);
  await visit.press(step);
  await fill(visit.page);
  await visit.page.locator('main form button[type=submit]').last().click();
  await visit.page.waitForURL(new RegExp(`/enquiries/${reference}\\?done=`));
}

async function find(colin) {
  assert.equal(new URL(colin.page.url()).pathname, '/edt', 'EDT begins at its list');
  assert.equal(await colin.heading(), "EDT's list");
  const row = colin.page.locator('section[aria-labelledby="unscreened"] tbody tr').filter({ hasText: 'Physical abuse' }).filter({ hasText: '01:58' });
  assert.match(await row.innerText(), /Injury or sexual harm/);
  const above = colin.page.locator('section[aria-labelledby="unscreened"] tbody tr', { hasNotText: /danger|under one|unborn|injury/i });
  const place = (locator) => locator.first().evaluate((tr) => tr.rowIndex);
  if (await above.count()) assert.ok((await place(row)) < (await place(above)), 'an injury stands above what only is older');
  await colin.accessible();
  await colin.screenshot('friday-night-1-edt');
  const link = row.locator('a').first();
  const reference = (await link.innerText()).trim();
  await Promise.all([colin.page.waitForEvent('load'), link.click()]);
  return reference;
}

async function decide(colin, bridget, reference) {
  await take(bridget, reference, 'Hold', async (page) => {
    for (const box of await page.locator('main textarea').all()) await box.fill('EDT decides it tonight.');
  });
  await take(colin, reference, 'Request a strategy discussion', (page) => page.locator('#reason').fill('A bruise shaped like a hand, and an older one.'));
  await take(colin, reference, 'Recommend', async (page) => {
    await page.locator('#analysis').fill('Significant harm is suspected; the police are told.');
    const children = await page.locator('fieldset.fanlight-child').count();
    for (let i = 0; i < children; i += 1) {
      await choose(page, `children-${i}-outcome`, 'section_47');
      await page.locator(`[name="children-${i}-threshold_level"]`).evaluateAll((all) => all.forEach((one) => {
        if (one.type === 'radio') one.checked = one.value === '4';
        else one.value = '4';
      }));
      await page.locator(`[name="children-${i}-reason"]`).fill('Bruising that the explanation does not fit.');
    }
  });
  await take(bridget, reference, 'Authorise', async (page) => {
    await choose(page, 'necessary', 'yes');
    await page.locator('[name=necessary_reason]').selectOption('at_or_above_threshold');
  });
  assert.match(await words(bridget), /in time: 3 hours? \d+ min before due|in time: 3 h \d+ min before due/);
  await bridget.accessible();
  await bridget.screenshot('friday-night-2-decided');
}

bothWidths('a Friday night: EDT finds a red, decides it in time and hands it over by Monday', async (t) => {
  const hub = nightHub(t);
  let server = await startServer(hub.folder, null, ['--clock', '2015-07-18T02:05:00+01:00']);
  let reference;
  try {
    const colin = await signIn(t, server, hub, 'Colin Frayne');
    const bridget = await signIn(t, server, hub, 'Bridget Osei');
    reference = await find(colin);
    await choose(colin.page, 'rag', 'red');
    await colin.page.locator('#rag_reason').fill('Injury with no explanation that fits; a sibling in the house.');
    await colin.press('Screen');
    assert.match(await words(colin), /due|left/i);
    await decide(colin, bridget, reference);
    await take(bridget, reference, 'Hand over to or from EDT', async (page) => {
      await page.locator('#hand_over_words').fill('Seen tonight with the police. Ring the hospital at nine; the parents expect a visit on Monday.');
    });
    assert.match(await words(bridget), /From EDT to the day team by Bridget Osei/);
  } finally {
    await server.stop();
  }

  // Monday, a few minutes before the hub opens: nobody has accepted it, and nobody is alarmed before 08:45.
  server = await startServer(hub.folder, null, ['--clock', '2015-07-20T08:29:30+01:00']);
  try {
    const priya = await signIn(t, server, hub, 'Priya Nair');
    await priya.goto('/edt');
    const row = priya.page.locator('section[aria-labelledby="given_back"] tbody tr', { hasText: reference });
    assert.match(await row.innerText(), /From EDT to the day team by Bridget Osei, Sat 18 July, 02:\d\d. Not yet accepted/);
    await priya.accessible();
    await priya.screenshot('friday-night-3-monday');
    await take(priya, reference, 'Accept the hand-over', async (page) => {
      assert.match(await page.locator('main').innerText(), /Ring the hospital at nine/);
    });
    assert.match(await words(priya), /Accepted by Priya Nair, Mon 20 July, 08:(29|3\d)/);
    await priya.screenshot('friday-night-4-accepted');
  } finally {
    await server.stop();
  }
});
