// Handling times: each task done in the browser, by mouse and keyboard and by keyboard alone, counted and held to
// handling_times.json (pages.md, "Handling time"). What is typed has the length such a note has.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('./lib/tap.js');
const { Hand } = require('./lib/handling.js');
const budget = require('./handling_times.json');

const SAID =
  'Neighbour hears shouting most nights since Easter, and last night a child crying for an hour. The mother was seen this morning with a swollen eye. Two boys live there; the younger was not at school today. The father has been told to leave before. She asks that nobody is told who rang.';
const RISK = 'Shouting every night, an injured mother and a child who was not at school today.';
const ANALYSIS = 'Third report in a year, each worse. The mother minimises. School sees him tired and hungry. We do not know who else lives there.';
const BECAUSE = 'His needs are not met at home.';

const WAYS = ['mouse', 'keyboard'];

// Does the task both ways; `start` brings the person to where the work begins, which is not counted.
function within(task, who, start, act) {
  for (const way of WAYS) {
    const most = budget.seconds[task] * (way === 'keyboard' ? budget.keyboard_alone_most : 1);
    test(`${task}: at most ${most} s by ${way === 'keyboard' ? 'keyboard alone' : 'mouse and keyboard'}`, async (t) => {
      const visit = await t.signIn(who);
      const place = await start(visit);
      const hand = new Hand(visit, way);
      await act(hand, place);
      const took = hand.seconds();
      console.log(`# ${task}, ${way}: ${took.toFixed(1)} of ${most} s, ${JSON.stringify(hand.counted)}`);
      assert.ok(took <= most, `${took.toFixed(1)} s: ${JSON.stringify(hand.counted)}`);
    });
  }
}

const main = (page) => page.locator('main').innerText();
// The button on the enquiry's page that leads to a step.
const step = (page, words) => page.locator('.fanlight-steps a', { hasText: new RegExp(`^\\s*${words}\\s*$`) });
const at = (path) => (visit) => visit.goto(path);

// The first of a list that `good` holds for: its reference.
async function find(visit, path, good) {
  const answer = await visit.page.request.get(`${visit.server.address}/api/v1${path}`);
  assert.equal(answer.status(), 200);
  const list = Object.values(await answer.json()).find((value) => Array.isArray(value) && value.length && value[0].reference);
  const row = list && list.find(good);
  assert.ok(row, `nothing of ${path} fits`);
  return row.reference;
}

// To the page of the first that fits, where the work on it begins.
const atFirst = (path, good) => async (visit) => {
  const reference = await find(visit, path, good);
  await visit.goto(`/enquiries/${reference}`);
  return reference;
};

within('record an enquiry by telephone', 'administrator', at('/caseload'), async (hand) => {
  const { page } = hand;
  const child = async (index, given, day) => {
    await hand.type(page.locator(`#children-${index}-given_name`), given);
    await hand.type(page.locator(`#children-${index}-family_name`), 'Wexcombe');
    const [d, m, y] = day;
    await hand.type(page.locator(`#children-${index}-date_of_birth-day`), d);
    await hand.type(page.locator(`#children-${index}-date_of_birth-month`), m);
    await hand.type(page.locator(`#children-${index}-date_of_birth-year`), y);
  };
  await hand.go(page.getByRole('link', { name: 'Record an enquiry' }));
  await hand.choose('channel', 'phone');
  await hand.select(page.locator('#source_code'), 'Acq');
  await hand.type(page.locator('#referrer_name'), 'Mrs Joan Tolley');
  await hand.type(page.locator('#referrer_role'), 'Neighbour');
  await hand.type(page.locator('#referrer_phone'), '01865 496 0123');
  await hand.type(page.locator('#summary'), SAID);
  await hand.select(page.locator('#main_concern'), 'Domestic');
  await child(0, 'Imogen', ['13', '7', '2009']);
  await hand.type(page.locator('#children-0-address'), '4 Mill Lane, Didcot');
  await hand.type(page.locator('#children-0-postcode'), 'OX11 7RJ');
  await hand.go(page.getByRole('button', { name: 'Add another child' }));
  await child(1, 'Rafe', ['2', '11', '2012']);
  await hand.go(page.getByRole('button', { name: 'Continue', exact: true }).and(page.locator(':not([tabindex="-1"])')));
  await hand.go(page.getByRole('button', { name: 'Record this enquiry' }));
  assert.match(await main(page), /The enquiry is recorded/);
});

within('screen', 'asha.rahman@example.org', at('/hub'), async (hand) => {
  const { page } = hand;
  if (hand.way === 'mouse') await hand.go(page.getByRole('link', { name: 'Screen the next' }).or(page.locator('main a[href$="/screen"]')));
  else {
    await hand.key('j');
    await hand.goByKey('Enter');
  }
  await hand.choose('rag', 'amber');
  await hand.type(page.locator('#rag_reason'), RISK);
  await hand.go(page.locator('main form button.govuk-button').first());
  assert.match(await main(page), /Amber|Screen/);
});

within(
  'allocate',
  'priya.nair@example.org',
  atFirst('/hub/unallocated', () => true),
  async (hand) => {
    const { page } = hand;
    await hand.go(step(page, 'Allocate'));
    const first = page.locator('input[name=worker]').first();
    await hand.choose('worker', await first.getAttribute('value'));
    await hand.go(page.getByRole('button', { name: 'Allocate' }));
    assert.match(await main(page), /Allocated/);
  },
);

within(
  'recommend one child',
  'joan.tully@example.org',
  atFirst('/caseload', (row) => row.state === 'allocated' && row.child_count === 1),
  async (hand) => {
    const { page } = hand;
    await hand.go(step(page, 'Recommend'));
    await hand.type(page.locator('#analysis'), ANALYSIS);
    await hand.choose('children-0-outcome', 'assessment');
    await hand.choose('children-0-threshold_level', '3');
    await hand.type(page.locator('#children-0-reason'), BECAUSE);
    await hand.go(page.getByRole('button', { name: 'Recommend' }));
    assert.match(await main(page), /waiting for a second person/);
  },
);

within(
  'authorise',
  'priya.nair@example.org',
  atFirst('/hub/awaiting', (row) => row.pending === 'outcome'),
  async (hand) => {
    const { page } = hand;
    await hand.go(step(page, 'Authorise'));
    await hand.choose('necessary', 'yes');
    await hand.select(page.locator('#necessary_reason'), 'At or');
    await hand.go(page.getByRole('button', { name: 'Authorise' }));
    assert.match(await main(page), /Decided/);
  },
);

within(
  'find a child',
  'asha.rahman@example.org',
  async (visit) => {
    const reference = await find(visit, '/caseload', () => true);
    const shown = await (await visit.page.request.get(`${visit.server.address}/api/v1/enquiries/${reference}`)).json();
    await visit.goto('/hub');
    return shown.children[0];
  },
  async (hand, child) => {
    const { page } = hand;
    await hand.goByKey('/');
    await hand.type(page.locator('#query'), child.name || child.family_name);
    await hand.goByKey('Enter');
    assert.match(await main(page), new RegExp(child.name || child.family_name));
  },
);

within('read the return', 'director', at('/returns'), async (hand) => {
  const { page } = hand;
  await hand.go(page.locator('main a[href^="/returns/2015"]'));
  assert.match(await main(page), /In time/);
});
