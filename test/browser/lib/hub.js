// Hubs and servers: the demonstration is made once a run; each test file plays on a copy of it, with a server of its own.
'use strict';

const { execFileSync, spawn } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '../../..');
const PROGRAM = path.resolve(ROOT, process.env.FANLIGHT_PROGRAM || 'build/fanlight');
const UNTIL = '2015-07-13T09:20:00+01:00';
const SERVER_WAITS_MS = 20_000;

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

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function answers(address) {
  try {
    return (await fetch(`${address}/healthz`)).ok;
  } catch {
    return false;
  }
}

// A server on a copy of the demonstration (or on the folder given), its time running on from the latest instant in it; at the
// address given, where it is one that was there before.
async function startServer(folder = null, before = null, words = []) {
  const { folder: original, people } = demonstration();
  const own = folder || fs.mkdtempSync(path.join(scratch, 'hub-'));
  if (!folder) fs.cpSync(original, own, { recursive: true });
  const address = before || `http://127.0.0.1:${await freePort()}`;
  const log = fs.openSync(path.join(own, 'log'), 'a');
  const server = spawn(PROGRAM, ['--db', `sqlite:${path.join(own, 'hub.db')}`, 'serve', '--listen', address.slice(7), ...words], {
    cwd: ROOT,
    stdio: ['ignore', log, log],
  });
  fs.closeSync(log);
  for (const end = Date.now() + SERVER_WAITS_MS; !(await answers(address)); ) {
    if (server.exitCode !== null || Date.now() > end) {
      server.kill('SIGKILL');
      throw new Error(`the server does not answer:\n${fs.readFileSync(path.join(own, 'log'), 'utf8').slice(-1000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { address, people, folder: own, stop: () => stopServer(server), kill: () => killServer(server) };
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
