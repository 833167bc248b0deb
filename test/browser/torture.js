// Interrupts as many forms as asked for, and tells each that lost a word: node test/browser/torture.js COUNT SEED
'use strict';

const { launch } = require('./lib/browser.js');
const { Interruptions } = require('./lib/interrupt.js');

const FAILURES_MOST = 20;

async function main() {
  const [count, seed] = process.argv.slice(2).map(Number);
  const browser = await launch();
  const interruptions = new Interruptions(browser, seed);
  const began = Date.now();
  let failed = 0;
  await interruptions.start();
  for (let n = 0; n < count && failed < FAILURES_MOST; n += 1) {
    try {
      await interruptions.one(n);
    } catch (error) {
      failed += 1;
      console.error(error.message);
    }
    if ((n + 1) % 100 === 0) console.error(`${n + 1} of ${count}, ${failed} failed, ${Math.round((Date.now() - began) / 1000)} s`);
  }
  await interruptions.stop();
  await browser.close();
  for (const [way, done] of Object.entries(interruptions.counts)) console.log(`${way.padEnd(10)} ${done}`);
  console.log(`${count} forms interrupted, seed ${seed}, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}

main();
