// Nodes: real servers over one PostgreSQL, and people who are signed in and ask any of them.
'use strict';

const { spawn, execFileSync } = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '../..');
const PROGRAM = path.resolve(ROOT, process.env.FANLIGHT_PROGRAM || 'build/fanlight');
const RELEASES = path.resolve(ROOT, process.env.NODES_RELEASES || 'build/test/nodes');
const NEXT = path.join(RELEASES, 'fanlight-next'); // one more migration, that only adds
const AFTER_NEXT = path.join(RELEASES, 'fanlight-after-next'); // and another, that doesn't
const PATIENCE_MS = 60_000; // for what is to come, on a machine that does much else
const PASSWORD = 'a long enough password';

// Each connection plans its statements anew, which here is most of the time: a few are enough to race.
process.env.FANLIGHT_WORKERS ||= '2';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'fanlight-nodes-'));
const running = new Set();

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Until `what` gives something; false, null, undefined and a failure are asked again.
async function comes(name, what) {
  let why = '';
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(20)) {
    try {
      const got = await what();
      if (got) return got;
    } catch (error) {
      why = `: ${error.message}`;
    }
  }
  throw new Error(`${name} did not come in ${PATIENCE_MS / 1000} s${why}`);
}

const url = (database) => `postgresql:///${database}?host=${process.env.PGHOST}&user=${process.env.PGUSER}`;

function command(database, words, input = '', program = PROGRAM) {
  return execFileSync(program, ['--db', url(database), ...words], { cwd: ROOT, encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'pipe'] });
}

function sql(database, text) {
  return execFileSync('psql', ['-X', '-At', '-v', 'ON_ERROR_STOP=1', '-d', database, '-c', text], { encoding: 'utf8' }).trim();
}

// One answer: { status, headers, text }, and `json` where it is that.
function ask(port, method, target, headers = {}, body = null, agent = undefined) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, method, path: target, headers, agent, timeout: PATIENCE_MS }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString();
        const json = /json/.test(answer.headers['content-type'] || '') ? JSON.parse(text) : null;
        resolve({ status: answer.statusCode, headers: answer.headers, text, json });
      });
    });
    request.on('error', reject);
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.end(body);
  });
}

class Node {
  static async start(database, words = [], program = PROGRAM) {
    const node = new Node();
    const log = path.join(scratch, `log-${running.size}-${Date.now()}`);
    const said = fs.openSync(log, 'a');
    node.process = spawn(program, ['--db', url(database), 'serve', '--listen', '127.0.0.1:0', ...words], { cwd: ROOT, stdio: ['ignore', said, said] });
    fs.closeSync(said);
    node.log = log;
    node.ended = new Promise((resolve) => node.process.on('exit', (code, signal) => resolve({ code, signal })));
    running.add(node);
    node.ended.then(() => running.delete(node));
    const told = await comes('a node', () => node.process.exitCode !== null || fs.readFileSync(log, 'utf8').match(/\(port (\d+)\)/));
    if (told === true) throw new Error(fs.readFileSync(log, 'utf8').slice(-500));
    node.port = Number(told[1]);
    return node;
  }

  ask(method, target, headers, body) {
    return ask(this.port, method, target, headers, body);
  }

  stop() {
    this.process.kill('SIGTERM');
    return this.ended;
  }
}

class Person {
  constructor(email) {
    this.email = email;
  }

  async signIn(node, password = PASSWORD) {
    const answer = await node.ask('POST', '/api/v1/session', { 'Content-Type': 'application/json' }, JSON.stringify({ email: this.email, password }));
    if (answer.status < 300) {
      this.cookie = answer.headers['set-cookie'].find((cookie) => cookie.startsWith('fanlight_session=')).split(';')[0];
      this.csrf = answer.json.csrf;
    }
    return answer.status;
  }

  get(node, target, headers = {}) {
    return node.ask('GET', target, { Cookie: this.cookie, ...headers });
  }

  headers(more = {}) {
    return { Cookie: this.cookie, 'X-CSRF-Token': this.csrf, 'Content-Type': 'application/json', ...more };
  }

  post(node, target, body, headers = {}) {
    return node.ask('POST', target, this.headers(headers), JSON.stringify(body));
  }
}

async function end() {
  for (const node of running) node.process.kill('SIGKILL');
  await Promise.all([...running].map((node) => node.ended));
  fs.rmSync(scratch, { recursive: true, force: true });
}

module.exports = { Node, Person, NEXT, AFTER_NEXT, command, sql, ask, comes, pause, end, scratch, PASSWORD };
