// Runs the browser tests named (all of them, otherwise) and prints TAP: node test/browser/run.js [FILE...]
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const { startServer } = require('./lib/hub.js');
const { launch, meansFor } = require('./lib/browser.js');
const { validate } = require('./lib/validate.js');
const { tell, declared, runCases, done } = require('./lib/tap.js');

// A file is one after the other and waits for its server now and then: three keep two processors at work. Those that take
// longest begin.
const SIDE_BY_SIDE = 3;
const LONG = ['pages', 'records', 'reach', 'drafts'];

function place(file) {
  const long = LONG.indexOf(path.basename(file, '.test.js'));
  return long < 0 ? LONG.length : long;
}

function testFiles() {
  const named = process.argv.slice(2);
  if (named.length > 0) return named.map((file) => path.resolve(file));
  return fs
    .readdirSync(__dirname)
    .filter((file) => file.endsWith('.test.js'))
    .sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
    .map((file) => path.join(__dirname, file));
}

async function runFile(browser, file) {
  const name = path.basename(file, '.test.js');
  let server;
  try {
    require(file);
    const cases = declared();
    server = await startServer();
    await runCases(name, cases, meansFor(browser, server));
  } catch (error) {
    tell(false, `${name} could be run`, error.stack);
  } finally {
    if (server) await server.stop();
  }
}

// Each file has a hub and a server of its own, so files run side by side: the next one as soon as one is done.
async function runFiles(browser, files) {
  const line = async () => {
    for (let file = files.shift(); file; file = files.shift()) await runFile(browser, file);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, line));
}

async function main() {
  const browser = await launch();
  try {
    await runFiles(browser, testFiles());
  } finally {
    await browser.close();
  }
  for (const { name, problems } of validate()) tell(problems.length === 0, `the HTML of ${name} is valid`, problems.join('\n'));
  process.exitCode = done() ? 0 : 1;
}

main();
