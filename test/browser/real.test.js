// A hub that is nobody's demonstration says nothing of one, and its first pages have nothing in them yet.
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { test } = require('./lib/tap.js');
const { run, startServer } = require('./lib/hub.js');

const PASSWORD = 'correct-horse-battery-staple-9';
const ROLES = ['social_worker', 'practice_manager', 'system_administrator', 'director'];

test('a real hub carries no mark of a demonstration, and an empty one says what to do', async (t) => {
  const folder = fs.mkdtempSync(path.join(t.server.folder, 'real-'));
  run(folder, 'init', '--authority', 'Testshire');
  for (const role of ROLES) {
    run.say(folder, PASSWORD, 'user', 'add', `${role}@hub.example`, '--name', `A ${role}`, '--role', role, '--team', 'MASH team', '--password-stdin');
  }
  const server = await startServer(folder);
  try {
    for (const role of ROLES) {
      const visit = await t.visit(server);
      await visit.goto('/sign-in');
      await visit.accessible();
      await visit.page.locator('input[name=email]').fill(`${role}@hub.example`);
      await visit.page.locator('input[name=password]').fill(PASSWORD);
      await visit.press('Sign in');
      const links = await visit.page.locator('.govuk-service-navigation a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
      for (const where of [new URL(visit.page.url()).pathname, ...links]) {
        await visit.goto(where);
        assert.doesNotMatch(await visit.page.innerText('body'), /Demonstration|invented/, `${where} says it is a demonstration`);
        await visit.accessible();
      }
    }
  } finally {
    await server.stop();
  }
});
