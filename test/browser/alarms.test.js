// An alarm comes by itself to an open page of whoever is on duty, stands on every page, and is answered there.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('./lib/tap.js');

const ON_DUTY = 'samir.patel@example.org'; // the demonstration's duty manager that Monday

test('immediate danger arrives on an open page without its being asked for, and is acknowledged there', async (t) => {
  const manager = await t.signIn(ON_DUTY);
  await manager.goto('/returns');
  const clerk = await t.signIn('administrator');
  const answered = await clerk.page.evaluate(async () => {
    const { csrf } = await (await fetch('/api/v1/session')).json();
    const enquiry = { channel: 'phone', source_code: '9', concern: 'physical_abuse', immediate_danger: true, summary: 'A child is hurt.', children: [{ given_name: 'Ida' }] };
    return (await fetch('/api/v1/enquiries', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf }, body: JSON.stringify(enquiry) })).status;
  });
  assert.equal(answered, 201);
  await manager.page.getByText('New alarm: Immediate danger was given at receipt').waitFor({ timeout: 60_000 });
  await manager.accessible();
  await manager.goto('/hub');
  await manager.accessible();
  await manager.screenshot('alarm-banner');
  await manager.press('Acknowledge');
  assert.equal(new URL(manager.page.url()).pathname, '/hub');
  assert.match(await manager.page.locator('.fanlight-alarms').innerText(), /Acknowledged by Samir Patel/);
  await manager.goto('/alarms');
  await manager.accessible();
  await manager.goto('/account');
  await manager.press('Switch the sound off');
  assert.match(await manager.page.locator('main').innerText(), /without a sound/);
});
