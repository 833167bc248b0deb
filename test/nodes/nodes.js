// Two nodes and one PostgreSQL: what either says holds on the other. Prints TAP.
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const http = require('node:http');
const https = require('node:https');
const net = require('node:net');
const path = require('node:path');
const { execFileSync, spawn } = require('node:child_process');
const { Node, Person, command, sql, comes, pause, end, scratch, PASSWORD } = require('./node.js');
const releases = require('./releases.js');

const cases = [];
const test = (name, body) => cases.push({ name, body });
const tell = (words) => console.log(`# ${words}`);

const HUB = 'nodes';
const NIGHT = 'night';
const RELEASE = 'release';
const PEOPLE = [
  ['nair', 'Meera Nair', 'practice_manager'],
  ['ellis', 'Paul Ellis', 'practice_manager'],
  ['rahman', 'Asha Rahman', 'social_worker'],
  ['olsen', 'Astrid Olsen', 'administrator'],
  ['locked', 'Lee Locked', 'administrator'],
];
const COLUMNS = 'external_ref,received_at,channel,source_code,referrer_name,referrer_organisation,concern,domestic_abuse_notification,immediate_danger,consent,summary,child_given_name,child_family_name,child_date_of_birth,child_sex';
const ENQUIRIES = 42;

function makeHub(database, count) {
  sql('postgres', `create database ${database}`);
  command(database, ['init', '--now', '2015-06-01T08:00:00+01:00']);
  for (const [name, full, role] of PEOPLE)
    command(database, ['user', 'add', `${name}@hub.example`, '--name', full, '--role', role, '--team', 'MASH team', '--password-stdin'], `${PASSWORD}\n`);
  const file = path.join(scratch, `${database}.csv`);
  const rows = Array.from({ length: count }, (_, i) => `T-${i + 1},2015-06-01T09:00:00+01:00,phone,2A,Ruth Archer,School,neglect,no,no,obtained,Somebody worries.,Child${i},Family${i},2009-07-13,female`);
  fs.writeFileSync(file, [COLUMNS, ...rows, ''].join('\r\n'));
  command(database, ['import', 'enquiries', file, '--now', '2015-06-01T09:30:00+01:00']);
}

const person = (name) => new Person(`${name}@hub.example`);
const both = (nodes, i) => nodes[i % 2];

let nodes;
let nair;
let rahman;

test('a session that one node began is good on the other, for what is read and for what is written', async () => {
  const [a, b] = nodes;
  assert.equal(await nair.signIn(a), 201);
  assert.equal(await rahman.signIn(b), 201);
  assert.equal((await nair.get(b, '/hub')).status, 200);
  const added = await nair.post(b, '/api/v1/enquiries/T-1/contact', { contact_kind: 'call', with_whom: 'School', reached: true, said: 'Well.', family_told: 'yes' });
  assert.equal(added.status, 200, added.text);
  const forged = await nair.post(b, '/api/v1/enquiries/T-1/contact', {}, { 'X-CSRF-Token': rahman.csrf });
  assert.equal(forged.status, 403);
});

test('one key sent to both nodes at once makes one enquiry, and another body under it is refused on either', async () => {
  const body = { channel: 'phone', source_code: '2A', referrer_name: 'Ruth', concern: 'neglect', consent: 'obtained', summary: 'Once.', children: [{ given_name: 'Ida' }] };
  const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => rahman.post(both(nodes, i), '/api/v1/enquiries', body, { 'Idempotency-Key': 'k-across-nodes' })));
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [201], answers.map(({ text }) => text).join('\n'));
  assert.equal(new Set(answers.map(({ json }) => json.reference)).size, 1);
  for (const node of nodes) assert.equal((await rahman.post(node, '/api/v1/enquiries', { ...body, summary: 'Twice.' }, { 'Idempotency-Key': 'k-across-nodes' })).status, 422);
  assert.equal(sql(HUB, "select count(*) from enquiry where summary = 'Once.'"), '1');
});

test('what was changed on one node is known on the other, also by a command beside them', async () => {
  const [a, b] = nodes;
  for (const [from, to] of [[a, b], [b, a]]) {
    const { number } = (await nair.get(to, '/changes')).json;
    const since = Date.now();
    const added = await nair.post(from, '/api/v1/enquiries/T-2/contact', { contact_kind: 'call', with_whom: 'School', reached: true, said: 'Well.', family_told: 'yes' });
    assert.equal(added.status, 200);
    const committed = Date.now();
    await comes('the change', async () => (await nair.get(to, `/changes?since=${number}`)).status === 200);
    tell(`the other node knew ${Date.now() - committed} ms after the answer, ${Date.now() - since} ms after it was sent`);
  }
  const of = (await nair.get(b, '/changes')).json.number;
  const contact = (reference) => nair.post(a, `/api/v1/enquiries/${reference}/contact`, { contact_kind: 'call', with_whom: 'School', reached: true, said: 'Well.', family_told: 'yes' });
  assert.equal((await contact('T-2')).status, 200);
  await comes('the change of T-2', async () => (await nair.get(b, `/changes?since=${of}&enquiry=T-2`)).status === 200);
  assert.equal((await nair.get(b, `/changes?since=${of}`)).status, 200);
  assert.equal((await nair.get(b, `/changes?since=${of}&enquiry=T-3`)).status, 304);
  assert.equal((await contact('T-3')).status, 200);
  await comes('the change of T-3', async () => (await nair.get(b, `/changes?since=${of}&enquiry=T-3`)).status === 200);
  const { number } = (await nair.get(a, '/changes')).json;
  command(HUB, ['user', 'add', 'new@hub.example', '--name', 'Una New', '--role', 'administrator']);
  await comes('the command’s change', async () => (await nair.get(a, `/changes?since=${number}`)).status === 200);
  const seen = (await nair.get(b, '/enquiries/T-2')).text;
  const quiet = seen.match(/data-changes="\/changes\?since=(\d+)&amp;enquiry=/)[1];
  await pause(600); // what is still on its way is no longer
  const later = (await nair.get(b, `/changes?since=${quiet}`)).json?.number || quiet;
  assert.equal((await nair.get(a, `/changes?since=${later}`)).status, 304);
});

test('of sixteen who race over both nodes for the last place of 25, one wins and the others are told why', async () => {
  const worker = Number(sql(HUB, "select id from account where email = 'rahman@hub.example'"));
  const version = {};
  await Promise.all(Array.from({ length: 40 }, async (_, k) => {
    const screened = await rahman.post(both(nodes, k), `/api/v1/enquiries/T-${k + 1}/screen`, { rag: 'green', rag_reason: 'x' }, { 'If-Match': '"1"' });
    assert.equal(screened.status, 200, screened.text);
    version[k + 1] = screened.json.version;
  }));
  const allocate = (i) => nair.post(both(nodes, i), `/api/v1/enquiries/T-${i}/allocate`, { worker }, { 'If-Match': `"${version[i]}"` });
  const given = await Promise.all(Array.from({ length: 24 }, (_, k) => allocate(k + 1)));
  for (const { status, text } of given) assert.equal(status, 200, text);
  const answers = await Promise.all(Array.from({ length: 16 }, (_, k) => allocate(25 + k)));
  const won = answers.filter(({ status }) => status === 200);
  const refused = answers.filter(({ status }) => status !== 200);
  assert.equal(won.length, 1, answers.map(({ status, text }) => `${status} ${text.slice(0, 200)}`).join('\n'));
  for (const { status, json } of refused) {
    assert.equal(status, 409);
    assert.match(json.detail, /25 of 25/);
  }
  assert.equal(sql(HUB, `select open || ' ' || (select count(*) from episode where worker = ${worker} and ended_at is null) from worker where account = ${worker}`), '25 25');
});

test('who failed to sign in too often on both nodes is locked out on either, with the right password too', async () => {
  const locked = person('locked');
  for (let i = 0; i < 10; i++) assert.equal(await locked.signIn(both(nodes, i), 'wrong'), 422);
  for (const node of nodes) assert.equal(await locked.signIn(node), 403);
});

test('who signs out on one node is signed out on the other', async () => {
  const [a, b] = nodes;
  const ellis = person('ellis');
  assert.equal(await ellis.signIn(a), 201);
  assert.equal((await ellis.get(b, '/changes?since=9007199254740991')).status, 304);
  assert.equal((await ellis.post(a, '/api/v1/sign-out', {})).status, 204);
  const since = Date.now();
  assert.equal((await ellis.get(a, '/changes?since=9007199254740991')).status, 303);
  assert.equal((await ellis.get(b, '/hub')).status, 303);
  await comes('the end of the session', async () => (await ellis.get(b, '/changes?since=9007199254740991')).status === 303);
  tell(`an open page on the other node was told ${Date.now() - since} ms later`);
});

releases(test, tell, RELEASE);

// A request whose body comes slowly: half of it, and the rest when it is told to.
function slowly(node, who, target, body) {
  const text = JSON.stringify(body);
  const request = http.request({ host: '127.0.0.1', port: node.port, method: 'POST', path: target, headers: who.headers({ 'Content-Length': text.length }) });
  const answered = new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (answer) => { answer.resume(); answer.on('end', () => resolve(answer.statusCode)); });
  });
  request.write(text.slice(0, 10));
  return { finish: () => { request.end(text.slice(10)); return answered; } };
}

test('a node told to stop says so first, finishes what it accepted, and the other serves on', async () => {
  const [a] = nodes;
  process.env.FANLIGHT_DRAIN = '30';
  process.env.FANLIGHT_NODE = 'third';
  const leaving = await Node.start(HUB);
  delete process.env.FANLIGHT_DRAIN;
  delete process.env.FANLIGHT_NODE;
  const healthy = await leaving.ask('GET', '/healthz');
  assert.deepEqual([healthy.status, healthy.headers['fanlight-node']], [200, 'third']);
  const slow = slowly(leaving, nair, '/api/v1/enquiries/T-4/contact', { contact_kind: 'call', with_whom: 'Slow school', reached: true, said: 'Well.', family_told: 'yes' });
  leaving.process.kill('SIGTERM');
  await comes('503 at /healthz', async () => (await leaving.ask('GET', '/healthz')).status === 503);
  const meanwhile = await nair.get(leaving, '/enquiries/T-4');
  assert.deepEqual([meanwhile.status, meanwhile.headers.connection], [200, 'close']);
  leaving.process.kill('SIGTERM'); // whoever is in front has gone elsewhere
  await comes('the closed listener', () => leaving.ask('GET', '/healthz').then(() => false, (error) => error.code === 'ECONNREFUSED'));
  assert.equal((await nair.get(a, '/hub')).status, 200);
  assert.equal(await slow.finish(), 200);
  assert.deepEqual(await leaving.ended, { code: 0, signal: null });
  assert.match((await nair.get(a, '/enquiries/T-4')).text, /Slow school/);
});

const freePort = () => new Promise((resolve) => {
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

// The configuration of docs/, with this machine's ports and a certificate of its own.
async function proxied(two) {
  const pem = path.join(scratch, 'haproxy.pem');
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-keyout', `${pem}.key`, '-out', pem], { stdio: 'ignore' });
  fs.renameSync(`${pem}.key`, `${pem}.part`);
  fs.appendFileSync(pem, fs.readFileSync(`${pem}.part`));
  const [tls, plain] = [await freePort(), await freePort()];
  const config = fs.readFileSync(path.join(__dirname, '../../docs/haproxy.cfg'), 'utf8')
    .replace(/^\t(user|group|log \/dev).*$/gm, '')
    .replace('bind :443', `bind 127.0.0.1:${tls}`)
    .replace('bind :80', `bind 127.0.0.1:${plain}`)
    .replace('/etc/haproxy/fanlight.pem', pem)
    .replace('10.0.0.11:8080', `127.0.0.1:${two[0].port}`)
    .replace('10.0.0.12:8080', `127.0.0.1:${two[1].port}`);
  const file = path.join(scratch, 'haproxy.cfg');
  fs.writeFileSync(file, config);
  execFileSync('haproxy', ['-c', '-q', '-f', file]);
  return { tls, plain, process: spawn('haproxy', ['-db', '-f', file], { stdio: 'ignore' }) };
}

test('behind HAProxy, with the configuration of docs/, a node is taken out and nobody who reads or sends notices', async () => {
  process.env.FANLIGHT_DRAIN = '4';
  const two = [await Node.start(HUB, ['--tls-in-front']), await Node.start(HUB, ['--tls-in-front'])];
  delete process.env.FANLIGHT_DRAIN;
  const front = await proxied(two);
  const agent = new https.Agent({ keepAlive: true, maxSockets: 4, rejectUnauthorized: false });
  const answers = [];
  const one = (method, target, body) => new Promise((resolve, reject) => {
    const headers = method === 'POST' ? nair.headers() : { Cookie: nair.cookie };
    const request = https.request({ host: '127.0.0.1', port: front.tls, method, path: target, agent, headers }, (answer) => { answer.resume(); answer.on('end', () => resolve(answer.statusCode)); });
    request.on('error', reject);
    request.end(body ? JSON.stringify(body) : null);
  });
  try {
    await comes('the proxy', async () => (await one('GET', '/changes?since=9007199254740991')) === 304);
    let going = true;
    const load = Array.from({ length: 4 }, async (_, k) => {
      while (going) {
        const sends = k === 0;
        answers.push([sends, await one(sends ? 'POST' : 'GET', sends ? '/api/v1/enquiries/T-6/contact' : '/api/v1/enquiries/T-7', sends ? { contact_kind: 'call', with_whom: 'Through the proxy', reached: true, said: 'Well.', family_told: 'yes' } : null).catch((error) => error.code)]);
      }
    });
    await comes('some answers', () => answers.length > 8);
    assert.deepEqual(await two[0].stop(), { code: 0, signal: null });
    const then = answers.length;
    await comes('answers after it', () => answers.length > then + 8);
    going = false;
    await Promise.all(load);
    const odd = answers.filter(([, status]) => status !== 200).map(([, status]) => status);
    tell(`${answers.length} answers, ${odd.length} of them not 200`);
    assert.deepEqual(odd, []);
    const kept = sql(HUB, "select count(*) from contact where with_whom = 'Through the proxy'");
    assert.equal(Number(kept), answers.filter(([sends]) => sends).length);
    assert.equal(await one('GET', '/healthz'), 404);
  } finally {
    agent.destroy();
    front.process.kill('SIGTERM');
    await new Promise((resolve) => front.process.on('exit', resolve));
    await two[1].stop();
  }
});

test('at close both nodes pass to EDT what waits, once, and write one continuity list', async () => {
  const folder = path.join(scratch, 'continuity');
  const key = path.join(scratch, 'key');
  fs.mkdirSync(folder);
  fs.writeFileSync(key, 'x'.repeat(64));
  const words = ['--clock', '2015-06-01T16:59:57+01:00', '--continuity-dir', folder, '--continuity-key', key];
  const night = await Promise.all([Node.start(NIGHT, words), Node.start(NIGHT, words)]);
  const passed = () => Number(sql(NIGHT, "select count(*) from duty_hand_over where direction = 'to_edt'"));
  await comes('the close', () => passed() > 0 && sql(NIGHT, "select count(*) from job_run where name = 'hand_over_at_close' and slot like '2015-06-01T17%'") === '1');
  await pause(2500); // two more rounds of both
  const waits = Number(sql(NIGHT, 'select count(*) from episode where ended_at is null and screened_at is null'));
  assert.equal(passed(), waits);
  assert.equal(sql(NIGHT, 'select count(*) from (select episode from duty_hand_over group by episode having count(*) > 1) x'), '0');
  assert.equal(sql(NIGHT, "select count(*) from (select enquiry from history where detail = 'to_edt at close' group by enquiry having count(*) > 1) x"), '0');
  const hours = Number(sql(NIGHT, "select count(distinct slot) from job_run where name = 'continuity'"));
  assert.equal(Number(sql(NIGHT, "select count(*) from access_log where action = 'continuity'")), hours);
  assert.equal(fs.readdirSync(folder).filter((name) => name.endsWith('.sealed')).length, hours);
  for (const node of night) assert.deepEqual(await node.stop(), { code: 0, signal: null });
  assert.equal(JSON.parse(command(NIGHT, ['audit', 'verify', '--json'])).ok, true);
});

test('while the database is away both nodes say so, and go on when it is back; sessions hold', async () => {
  execFileSync('bash', ['-c', process.env.NODES_POSTGRES_RESTART.replace('restart', 'stop')]);
  for (const node of nodes) await comes('503 at /healthz', async () => (await node.ask('GET', '/healthz')).status === 503);
  const away = await nair.get(nodes[0], '/hub');
  assert.equal(away.status, 503);
  execFileSync('bash', ['-c', process.env.NODES_POSTGRES_RESTART.replace('restart', 'start')]);
  for (const node of nodes) {
    await comes('200 at /healthz', async () => (await node.ask('GET', '/healthz')).status === 200);
    assert.equal((await nair.get(node, '/hub')).status, 200);
  }
  const { number } = (await nair.get(nodes[1], '/changes')).json;
  assert.equal((await nair.post(nodes[0], '/api/v1/enquiries/T-5/contact', { contact_kind: 'call', with_whom: 'School', reached: true, said: 'Well.', family_told: 'yes' })).status, 200);
  await comes('the change', async () => (await nair.get(nodes[1], `/changes?since=${number}`)).status === 200);
});

test('both nodes end well, and the record is whole', async () => {
  for (const node of nodes) assert.deepEqual(await node.stop(), { code: 0, signal: null });
  assert.equal(JSON.parse(command(HUB, ['audit', 'verify', '--json'])).ok, true);
});

async function main() {
  let failed = 0;
  makeHub(HUB, ENQUIRIES);
  makeHub(NIGHT, 6);
  sql('postgres', `create database ${RELEASE} template ${NIGHT}`);
  nodes = await Promise.all([Node.start(HUB), Node.start(HUB)]);
  nair = person('nair');
  rahman = person('rahman');
  const only = process.env.NODES_ONLY && new RegExp(process.env.NODES_ONLY);
  for (const [i, { name, body }] of cases.entries()) {
    if (only && !only.test(name)) continue;
    const since = Date.now();
    try {
      await body();
      tell(`${Date.now() - since} ms`);
      console.log(`ok ${i + 1} - ${name}`);
    } catch (error) {
      failed++;
      console.log(`not ok ${i + 1} - ${name}\n${String(error.stack).split('\n').slice(0, 30).map((line) => `# ${line}`).join('\n')}`);
    }
  }
  console.log(`1..${cases.length}`);
  return failed;
}

main().then(async (failed) => {
  await end();
  process.exitCode = failed ? 1 : 0;
}, async (error) => {
  console.log(`# ${error.stack}`);
  await end();
  process.exitCode = 3;
});
