// Tests and their TAP: `test(name, body)` is one case, `everywhere(name, body)` two: at desk width with JavaScript and at phone
// width without, `bothWidths(name, body)` two with JavaScript. A body gets the case's own means and closes nothing itself.
'use strict';

const TEST_TIMEOUT_MS = 300_000;

const PLACES = [
  { width: 'desk', script: true },
  { width: 'phone', script: false },
];

const cases = [];
let told = 0;
let failed = 0;

function test(name, body, place = PLACES[0]) {
  cases.push({ name, body, place });
}

function everywhere(name, body) {
  for (const place of PLACES) {
    test(`${name} (${place.width}, ${place.script ? 'with' : 'without'} JavaScript)`, body, place);
  }
}

// Twice, with JavaScript: for what a page looks like, which a form's way through the server doesn't change.
function bothWidths(name, body) {
  for (const { width } of PLACES) test(`${name} (${width})`, body, { width, script: true });
}

function tell(good, name, why = '') {
  told += 1;
  if (!good) failed += 1;
  console.log(`${good ? 'ok' : 'not ok'} ${told} - ${name}`);
  for (const line of good ? [] : String(why).split('\n').slice(0, 40)) console.log(`# ${line}`);
}

function withTimeout(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${TEST_TIMEOUT_MS / 1000} s`)), TEST_TIMEOUT_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

// What was declared since the last call.
function declared() {
  return cases.splice(0);
}

// Runs them in order; `means(place)` makes what a body gets, with a `close` of its own.
async function runCases(file, given, means) {
  for (const { name, body, place } of given) {
    const by = means(place);
    let why = null;
    try {
      await withTimeout(body(by));
      await by.verify();
    } catch (error) {
      why = `${error.stack || error}\n${await by.describe().catch(() => '')}`;
    }
    await by.close().catch(() => {});
    tell(why === null, `${file}: ${name}`, why);
  }
}

function done() {
  console.log(`1..${told}`);
  return failed === 0;
}

module.exports = { test, everywhere, bothWidths, tell, declared, runCases, done };
