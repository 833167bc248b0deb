// The pages that say why not.
'use strict';

const assert = require('node:assert/strict');
const { everywhere } = require('./lib/tap.js');

everywhere('a page that is not there, and one that is not theirs, say so calmly and lead on', async (t) => {
  const visit = await t.signIn('administrator');
  const { page } = visit;
  await visit.goto('/nowhere', 404);
  assert.equal(await visit.heading(), 'Page not found');
  await visit.accessible();
  await visit.screenshot('error-404');
  await visit.goto('/users', 403);
  await visit.accessible();
  await visit.press('Go to the first page');
  assert.equal(new URL(page.url()).pathname, '/hub');
  await visit.goto('/returns/2016-01-01', 409);
  await visit.accessible();
});
