// Hubs and servers: the demonstration is made once a run; each test file plays on a copy of it, with a server of its own.
'use strict';

const { execFileSync, spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '../../..');
const PROGRAM = path.resolve(ROOT, process.env.FANLIGHT_PROGRAM || 'build/fanlight');
delete process.env.FANLIGHT_PROGRAM; // the program would take it for a setting
const UNTIL = '2015-07-13T09:20:00+01:00';
const SERVER_WAITS_MS = 60_000;

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'fanlight-browser-'));
let made = null;

function run(folder, ...words) {
  return execFileSync(PROGRAM, ['--db', `sqlite:${path.join(folder, 'hub.db')}`, ...words], { cwd: ROOT, encoding: 'utf8' });
}

// The same for a command that reads a password.
run.say = (folder, said, ...words) =>
  execFileSync(PROGRAM, ['--db', `sqlite:${path.join(folder, 'hub.db')}`, ...words], { cwd: ROOT, encoding: 'utf8', input: `${said}\n` });

// What `demo` prints has a line a person: somewhere the address and the role, the password last.
function readPeople(printed) {
  return printed
    .split('\n')
    .filter((line) => line.includes('@'))
    .map((line) => {
      const words = line.trim().split(/\s+/);
      return { email: words.find((word) => word.includes('@')), password: words.at(-1), line: line.toLowerCase().replace(/ /g, '_') };
    });
}

function demonstration() {
  if (!made) {
    const folder = path.join(scratch, 'demonstration');
    fs.mkdirSync(folder);
    made = { folder, people: readPeople(run(folder, 'demo', 'data/oxfordshire-2015', '--until', UNTIL)) };
  }
  return made;
}

async function answers(address) {
  try {
    return (await fetch(`${address}/healthz`)).ok;
  } catch {
    return false;
  }
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// One start. The port it listens on is what the server says it is: one looked for beforehand may be somebody else's by then.
async function start(own, listen, words) {
  const log = path.join(own, 'log');
  const said = fs.openSync(log, 'a');
  const before = fs.fstatSync(said).size;
  const server = spawn(PROGRAM, ['--db', `sqlite:${path.join(own, 'hub.db')}`, 'serve', '--listen', listen, ...words], {
    cwd: ROOT,
    stdio: ['ignore', said, said],
  });
  fs.closeSync(said);
  let wrong = null;
  server.on('error', (error) => (wrong = error));
  const told = () => fs.readFileSync(log).subarray(before).toString();
  for (const end = Date.now() + SERVER_WAITS_MS; ; await pause(20)) {
    const port = told().match(/\(port (\d+)\)/);
    const address = port && `http://127.0.0.1:${port[1]}`;
    if (address && (await answers(address))) return { server, address };
    if (!wrong && server.exitCode === null && Date.now() < end) continue;
    server.kill('SIGKILL');
    throw new Error(`the server does not answer: ${wrong || ''}\n${told().slice(-1000)}`);
  }
}

// A server on a copy of the demonstration (or on the folder given), its time running on from the latest instant in it; at the
// address given, where it is one that was there before: then a connection out may have its port for a moment.
async function startServer(folder = null, before = null, words = []) {
  const { folder: original, people } = demonstration();
  const own = folder || fs.mkdtempSync(path.join(scratch, 'hub-'));
  if (!folder) fs.cpSync(original, own, { recursive: true });
  for (const end = Date.now() + SERVER_WAITS_MS; ; await pause(200)) {
    try {
      const { server, address } = await start(own, before ? before.slice(7) : '127.0.0.1:0', words);
      return { address, people, folder: own, stop: () => stopServer(server), kill: () => killServer(server) };
    } catch (error) {
      if (!before || Date.now() > end || !/in use/i.test(error.message)) throw error;
    }
  }
}

// As a power cut would: nothing is told, nothing is flushed.
function killServer(server) {
  return new Promise((resolve) => {
    server.on('exit', resolve);
    server.kill('SIGKILL');
  });
}

function stopServer(server) {
  if (server.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const late = setTimeout(() => server.kill('SIGKILL'), SERVER_WAITS_MS);
    server.on('exit', () => {
      clearTimeout(late);
      resolve();
    });
    server.kill('SIGTERM');
  });
}

process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));

module.exports = { startServer, run, ROOT };
