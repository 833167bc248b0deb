// A new release beside the one before it, as docs/nodes.md says it is put in: real programs, node by node, under load.
'use strict';

const assert = require('node:assert/strict');
const { Node, Person, NEXT, AFTER_NEXT, command, sql, comes } = require('./node.js');

const CLIENTS = 3;
const CAP = 3;
const ENQUIRY = { channel: 'phone', source_code: '2A', referrer_name: 'Ruth', concern: 'neglect', consent: 'obtained', children: [{ given_name: 'Ida' }] };
const CONTACT = { contact_kind: 'call', with_whom: 'School', reached: true, said: 'Well.', family_told: 'yes' };

const json = (...given) => JSON.parse(command(...given));

// People who go on working, each on whichever node serves: taking in, screening, reading. Every answer is kept.
class Load {
  constructor(nodes, worker) {
    this.nodes = nodes;
    this.worker = worker;
    this.answers = [];
    this.screened = [];
    this.going = true;
    this.done = Promise.all(Array.from({ length: CLIENTS }, (_, k) => this.work(k)));
  }

  async work(k) {
    for (let i = k; this.going; i++) {
      try {
        await this.once(() => this.nodes[i++ % this.nodes.length]);
      } catch (error) {
        this.answers.push(`${error.code || ''} ${error.message}`);
      }
    }
  }

  async once(node) {
    const made = this.keep(await this.worker.post(node(), '/api/v1/enquiries', { ...ENQUIRY, summary: 'Under load.' }), 201);
    if (!made) return;
    const address = `/api/v1/enquiries/${made.reference}`;
    const screened = this.keep(await this.worker.post(node(), `${address}/screen`, { rag: 'green', rag_reason: 'x' }, { 'If-Match': '"1"' }), 200);
    if (screened) this.screened.push(screened);
    this.keep(await this.worker.get(node(), address), 200);
  }

  keep({ status, json: body, text }, good) {
    this.answers.push(status === good ? good : `${status} ${text.slice(0, 300)}`);
    return status === good && body;
  }

  more(count = 2 * CLIENTS) {
    const then = this.answers.length;
    return comes('answers under load', () => this.answers.length > then + count);
  }

  async end() {
    this.going = false;
    await this.done;
  }
}

async function crosses(from, to, who, reference) {
  const { number } = (await who.get(to, '/changes')).json;
  const added = await who.post(from, `/api/v1/enquiries/${reference}/contact`, CONTACT);
  assert.equal(added.status, 200, added.text);
  await comes('the change', async () => (await who.get(to, `/changes?since=${number}`)).status === 200);
}

// The last place of a worker, wanted on the older and on the newer at once.
async function race(nodes, hub, manager, enquiries) {
  const worker = Number(sql(hub, "select id from account where email = 'rahman@hub.example'"));
  sql(hub, `update worker set cap = ${CAP} where account = ${worker}`);
  const give = ({ reference, version }, i) => manager.post(nodes[i % 2], `/api/v1/enquiries/${reference}/allocate`, { worker }, { 'If-Match': `"${version}"` });
  for (const answer of await Promise.all(enquiries.slice(1, CAP).map(give))) assert.equal(answer.status, 200, answer.text);
  const answers = await Promise.all(enquiries.slice(CAP, CAP + 4).map(give));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409]);
  for (const { status, json: why } of answers) if (status === 409) assert.match(why.detail, new RegExp(`${CAP} of ${CAP}`));
  assert.equal(sql(hub, `select open || ' ' || (select count(*) from episode where worker = ${worker} and ended_at is null) from worker where account = ${worker}`), `${CAP} ${CAP}`);
}

// Of a cluster that syncs nothing it says other things too, and so ends with 1.
function schemaOf(hub, program) {
  const done = (() => {
    try { return command(hub, ['doctor', '--json'], '', program); } catch (error) { return error.stdout; }
  })();
  return JSON.parse(done).checks.find(({ name }) => name === 'schema');
}

module.exports = function releases(test, tell, hub) {
  const manager = new Person('nair@hub.example');
  const worker = new Person('rahman@hub.example');
  let serving;

  test('a release whose migration only adds is put in node by node beside the one before, and no request fails', async () => {
    const before = await Node.start(hub);
    assert.equal(await worker.signIn(before), 201);
    const load = new Load([before], worker);
    try {
      await load.more();
      await assert.rejects(Node.start(hub, [], NEXT), /older than this program/);
      assert.equal(json(hub, ['migrate', 'status', '--json'], '', NEXT).waiting, 1);
      assert.equal(json(hub, ['migrate', 'up', '--json'], '', NEXT).applied, 1);
      await load.more();
      const next = await Node.start(hub, [], NEXT);
      const both = load.nodes = [before, next];
      await load.more();
      assert.equal(await manager.signIn(next), 201);
      const { reference } = load.screened[0];
      await crosses(before, next, manager, reference);
      await crosses(next, before, manager, reference);
      await comes('enough to give', () => load.screened.length > CAP + 4);
      await race(both, hub, manager, load.screened);
      assert.deepEqual([schemaOf(hub).ok, schemaOf(hub, NEXT).ok], [true, true]);
      assert.match(schemaOf(hub).found, /9001_next/);
      load.nodes = [next];
      assert.deepEqual(await before.stop(), { code: 0, signal: null });
      const again = await Node.start(hub); // to go back: the schema stays as it is
      load.nodes = [next, again];
      await load.more();
      serving = [next, again];
    } finally {
      await load.end();
    }
    tell(`${load.answers.length} answers`);
    assert.deepEqual(load.answers.filter((answer) => typeof answer !== 'number'), []);
    assert.equal(Number(sql(hub, "select count(*) from enquiry where summary = 'Under load.'")), load.answers.filter((answer) => answer === 201).length);
    assert.equal(json(hub, ['audit', 'verify', '--json'], '', NEXT).ok, true);
  });

  test('beside a release that doesn’t only add no older program starts, and what is known of its schema is said', async () => {
    for (const node of serving) assert.deepEqual(await node.stop(), { code: 0, signal: null });
    assert.equal(json(hub, ['migrate', 'up', '--json'], '', AFTER_NEXT).applied, 1);
    const after = await Node.start(hub, [], AFTER_NEXT);
    assert.equal((await worker.get(after, '/hub')).status, 200);
    for (const older of [undefined, NEXT]) {
      await assert.rejects(Node.start(hub, [], older), /newer than this program \(9002_contracts\)/);
      const { ok, mend } = schemaOf(hub, older);
      assert.deepEqual([ok, /9002_contracts/.test(mend)], [false, true], mend);
      assert.throws(() => command(hub, ['enquiry', 'list'], '', older), (error) => /9002_contracts/.test(error.stderr));
    }
    assert.deepEqual(await after.stop(), { code: 0, signal: null });
  });
};
