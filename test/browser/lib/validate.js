// The HTML of every page that a test looked at, put to the Nu HTML checker in one run, since starting it is what takes time.
'use strict';

const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const { ROOT } = require('./hub.js');

const JAR = path.join(ROOT, 'node_modules/vnu-jar/build/dist/vnu.jar');
const FOLDER = path.join(ROOT, 'test/out/pages');
const pages = new Map();

fs.rmSync(FOLDER, { recursive: true, force: true });
fs.mkdirSync(FOLDER, { recursive: true });

// Keeps a page as the server sent it; the same page again is kept once. Tokens differ each time and are no difference.
function keep(address, html) {
  const same = createHash('sha256').update(html.replace(/name="csrf" value="[^"]*"/g, '')).digest('hex').slice(0, 16);
  if (pages.has(same)) return;
  const file = path.join(FOLDER, `${same}.html`);
  fs.writeFileSync(file, html);
  pages.set(same, { file, name: new URL(address).pathname });
}

// One verdict a kept page: { name, problems }.
function validate() {
  if (pages.size === 0) return [];
  const ran = spawnSync('java', ['-jar', JAR, '--format', 'json', '--exit-zero-always', FOLDER], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (ran.status !== 0) return [{ name: 'the checker runs', problems: [ran.stderr || String(ran.error)] }];
  const { messages } = JSON.parse(ran.stderr);
  return [...pages.values()].map(({ file, name }) => ({
    name,
    problems: messages
      .filter((message) => message.type === 'error' && message.url.endsWith(path.basename(file)))
      .map((message) => `${file}:${message.lastLine}: ${message.message}`),
  }));
}

module.exports = { keep, validate };
