// A full Tuesday, told as a story: everybody at 25, one of them away, and a red arrives. It is held by a manager's name in
// the moment it is rated, the hub page says that there is no room, the manager swaps it for a green, and it is allocated:
// 25 before and 25 after.
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { test, everywhere } = require('./lib/tap.js');
const { run, startServer } = require('./lib/hub.js');

const PASSWORD = 'correct-horse-battery-staple-9';
const MORNING = '2015-06-02T10:00:00+01:00';
const PEOPLE = [
  ['asha.rahman', 'Asha Rahman', 'social_worker', 'MASH team'],
  ['ciaran.byrne', 'Ciaran Byrne', 'social_worker', 'MASH team'],
  ['una.kelly', 'Una Kelly', 'social_worker', 'MASH team'],
  ['ngozi.okafor', 'Ngozi Okafor', 'social_worker', 'Accumulation team'],
  ['paul.ellis', 'Paul Ellis', 'practice_manager', 'MASH team'],
  ['priya.nair', 'Priya Nair', 'practice_manager', 'MASH team'],
];
const WORKERS = ['Asha Rahman', 'Ciaran Byrne', 'Una Kelly'];
const FIRST_WORKER = 2; // the account of the first of PEOPLE; the operator's is 1
const CAP = 25;
const AWAY = 'Una Kelly';

const two = (number) => String(number).padStart(2, '0');
const words = (visit) => visit.page.locator('main').innerText();
const choose = (page, name, value) => page.locator(`input[name="${name}"][value="${value}"]`).check();

// Seventy-five enquiries of Monday afternoon, and the one that comes on Tuesday at 09:50.
function sent(folder) {
  const rows = ['external_ref,received_at,channel,source_code,concern,domestic_abuse_notification,immediate_danger,consent,summary,child_given_name,child_family_name,child_date_of_birth,child_sex'];
  for (let i = 0; i < CAP * WORKERS.length; i += 1) {
    const at = `2015-06-01T${two(13 + Math.floor(i / 40))}:${two(10 + (i % 40))}`;
    rows.push(`M-${i},${at}:00+01:00,phone,2A,neglect,no,no,obtained,Came to school without a coat.,Child,Number${i},2008-03-0${1 + (i % 9)},female`);
  }
  rows.push('T-RED,2015-06-02T09:50:00+01:00,phone,3E,physical_abuse,no,no,not_sought,"A boy of four was brought in with bruises on both arms. The story changed twice.",Rafe,Archer,2011-02-02,male');
  fs.writeFileSync(path.join(folder, 'sent.csv'), `${rows.join('\n')}\n`);
}

// Somebody at the JSON twins, without a browser.
async function program(server, name) {
  const cookies = {};
  const call = async (method, where, body, headers = {}) => {
    const answer = await fetch(`${server.address}/api/v1${where}`, {
      method,
      headers: { 'Content-Type': 'application/json', Cookie: Object.entries(cookies).map((pair) => pair.join('=')).join('; '), ...headers },
      body: body && JSON.stringify(body),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair] = line.split(';');
      cookies[pair.slice(0, pair.indexOf('='))] = pair.slice(pair.indexOf('=') + 1);
    }
    assert.ok(answer.ok, `${method} ${where} as ${name}: ${answer.status}`);
    return answer.status === 204 ? null : answer.json();
  };
  const before = await call('GET', '/session');
  await call('POST', '/session', { email: `${name}@hub.example`, password: PASSWORD }, { 'X-CSRF-Token': before.csrf });
  const { csrf } = await call('GET', '/session');
  return (where, body, version) => call('POST', where, body, { 'X-CSRF-Token': csrf, ...(version ? { 'If-Match': `"${version}"` } : {}) });
}

// Everybody's 25, a third of them amber: screened by one, allocated by the other, in turns.
async function fill(server) {
  const screen = await program(server, 'asha.rahman');
  const allocate = await program(server, 'paul.ellis');
  for (let i = 0; i < CAP * WORKERS.length; i += 1) {
    await screen(`/enquiries/M-${i}/screen`, { rag: i % 9 < 3 ? 'amber' : 'green', rag_reason: 'As it reads.' }, 1);
    await allocate(`/enquiries/M-${i}/allocate`, { worker: FIRST_WORKER + (i % WORKERS.length), reason: 'In turn.' }, 2);
  }
}

let monday = null;

// Made once; each telling plays on a copy of it.
async function full(scratch) {
  if (monday) return monday;
  const folder = fs.mkdtempSync(path.join(scratch, '..', 'monday-'));
  run(folder, 'init', '--authority', 'Testshire', '--now', '2015-06-01T08:00:00+01:00');
  for (const [name, called, role, team] of PEOPLE) {
    run.say(folder, PASSWORD, 'user', 'add', `${name}@hub.example`, '--name', called, '--role', role, '--team', team, '--now', '2015-06-01T08:00:00+01:00', '--password-stdin');
  }
  sent(folder);
  run(folder, 'import', 'enquiries', path.join(folder, 'sent.csv'), '--now', MORNING);
  const server = await startServer(folder);
  await fill(server).finally(() => server.stop());
  monday = folder;
  return monday;
}

async function signIn(t, server, name) {
  const visit = await t.visit(server);
  await visit.goto('/sign-in');
  await visit.page.locator('input[name=email]').fill(`${name}@hub.example`);
  await visit.page.locator('input[name=password]').fill(PASSWORD);
  await visit.press('Sign in');
  return visit;
}

// A question of the JSON twin, or something done by it, as who is signed in.
async function ask(visit, where, body = null) {
  const { request } = visit.page;
  const at = `${visit.server.address}/api/v1${where}`;
  if (!body) return (await request.get(at)).json();
  const { csrf } = await (await request.get(`${visit.server.address}/api/v1/session`)).json();
  const answer = await request.post(at, { data: body, headers: { 'X-CSRF-Token': csrf } });
  assert.ok(answer.ok(), `${where}: ${answer.status()} ${await answer.text()}`);
  return answer.status() === 204 ? null : answer.json();
}

async function open(visit) {
  const { workers } = await ask(visit, '/hub');
  return Object.fromEntries(workers.map(({ name, open: held }) => [name, held]));
}

// Everybody has 25, and Una Kelly is ill.
async function everybodyIsFull(manager) {
  const { workers } = await ask(manager, '/hub');
  const una = workers.find(({ name }) => name === AWAY);
  await ask(manager, '/absences', { account: Number(una.account), absence_kind: 'sickness', first_day: '2015-06-02', reason: 'She rang at eight.' });
  const held = await open(manager);
  for (const name of WORKERS) assert.equal(held[name], CAP, name);
  await manager.goto('/hub');
  assert.doesNotMatch(await words(manager), /No room/);
}

async function aRedArrives(screener, reference) {
  await screener.goto(`/enquiries/${reference}/screen`);
  await choose(screener.page, 'rag', 'red');
  await screener.page.locator('#rag_reason').fill('Bruises on both arms, and the story changed.');
  await screener.press('Screen');
  const told = await words(screener);
  assert.match(told, /Held, by Paul Ellis since/);
  assert.match(told, /Held by Paul Ellis: it found no room/);
}

async function theHubSaysSo(manager, reference, looks) {
  await manager.goto('/hub');
  const told = await words(manager);
  assert.match(told, /No room: 1 \(held by Paul Ellis for \d+ minutes?\)/);
  assert.match(told, /Could go back, with the most time left/);
  if (looks) await manager.page.locator('#held').scrollIntoViewIfNeeded();
  await manager.screenshot('tuesday-hub');
  await manager.accessible();
  const row = manager.page.locator('section[aria-labelledby=held] tbody tr', { hasText: reference });
  await Promise.all([manager.page.waitForEvent('load'), row.getByRole('link', { name: 'Swap' }).click()]);
}

// Nothing is chosen beforehand; a green stands first, and nobody who is away is offered.
async function theManagerSwaps(manager) {
  const { page } = manager;
  const told = await words(manager);
  assert.match(told, /Nobody in this team has room\./);
  assert.equal(await page.locator('input[type=radio]:checked').count(), 0);
  const offers = await page.locator('label[for^=swap_with]').allInnerTexts();
  assert.match(offers[0], /Green, Neglect, with (Asha Rahman|Ciaran Byrne)/);
  assert.ok(offers.every((offer) => !offer.includes(AWAY)), 'somebody who is away is offered');
  assert.match(told, /holds 25 of 25 before and after/);
  await manager.screenshot('tuesday-swap');
  await manager.accessible();
  const worker = offers[0].match(/with (.*)$/m)[1].trim();
  const other = offers[0].split(',')[0].trim();
  await page.locator('input[name=swap_with]').first().check();
  await page.locator('#reason').fill('The green can wait until Thursday.');
  await manager.press('Swap');
  return { worker, other };
}

everywhere('a full Tuesday: everybody at 25, one away, and a red arrives', async (t) => {
  const folder = fs.mkdtempSync(path.join(t.server.folder, 'tuesday-'));
  fs.cpSync(await full(t.server.folder), folder, { recursive: true });
  const server = await startServer(folder);
  try {
    const manager = await signIn(t, server, 'paul.ellis');
    const screener = await signIn(t, server, 'ngozi.okafor');
    const { reference } = await ask(manager, '/enquiries/T-RED');
    await everybodyIsFull(manager);
    await aRedArrives(screener, reference);
    await theHubSaysSo(manager, reference, t.place.width === 'phone');
    const { worker, other } = await theManagerSwaps(manager);
    const told = await words(manager);
    assert.match(told, /Swapped: this one is allocated/);
    assert.match(told, new RegExp(`Allocated, with ${worker}`));
    assert.match(told, new RegExp(`in the place of ${other}`));
    assert.match(told, /The green can wait until Thursday\./);
    await manager.screenshot('tuesday-swapped');
    await manager.accessible();
    const held = await open(manager);
    for (const name of WORKERS) assert.equal(held[name], CAP, name);
    assert.equal((await ask(manager, `/enquiries/${other}`)).state, 'screened');
    await manager.goto('/hub');
    assert.doesNotMatch(await words(manager), /No room/);
  } finally {
    await server.stop();
  }
});

// There is nothing to swap with, so a worker of the other team is lent until the evening, and there is room again.
test('with nothing to swap, a worker is lent, and the hub page says that there is room', async (t) => {
  const folder = fs.mkdtempSync(path.join(t.server.folder, 'tuesday-'));
  fs.cpSync(await full(t.server.folder), folder, { recursive: true });
  const server = await startServer(folder);
  try {
    const manager = await signIn(t, server, 'paul.ellis');
    const screener = await signIn(t, server, 'ngozi.okafor');
    const { reference } = await ask(manager, '/enquiries/T-RED');
    await everybodyIsFull(manager);
    await aRedArrives(screener, reference);
    await manager.goto(`/enquiries/${reference}/lend`);
    await manager.screenshot('tuesday-lend');
    await manager.accessible();
    await manager.page.getByLabel('Ngozi Okafor').check();
    await manager.page.locator('#lent_until-time').fill('17:00');
    await manager.press('Lend a worker');
    assert.match(await words(manager), /Lent\. They may hold enquiries of this workstream until then\./);
    await manager.goto('/hub');
    assert.match(await words(manager), /No room: 1 \(held by Paul Ellis[\s\S]*There is room for 25: Allocate/);
    await manager.goto('/loans');
    assert.match(await words(manager), /Ngozi Okafor[\s\S]*17:00/);
    await manager.accessible();
  } finally {
    await server.stop();
  }
});
