// Interrupts forms in every way they are in a hub, and looks whether what was typed is still there: for drafts.test.js with
// fifty, for script/torture with as many as it is asked for. What happens to which form is drawn from a seed, so it can be
// played again.
'use strict';

const assert = require('node:assert/strict');

const { startServer } = require('./hub.js');

const WAIT_MS = 30_000;

// A draw that is the same for the same seed (mulberry32).
function draws(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

// One person at the JSON side, with a session of their own.
class Person {
  constructor(hub, who) {
    this.hub = hub;
    Object.assign(this, hub.server.people.find(({ email }) => email === who));
  }

  async signIn() {
    const answer = await fetch(`${this.hub.server.address}/api/v1/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: this.email, password: this.password }),
    });
    assert.equal(answer.status, 201);
    this.token = answer.headers.getSetCookie().map((one) => one.split(';')[0].split('=')).find(([name]) => name === 'fanlight_session')[1];
    this.csrf = (await answer.json()).csrf;
    return this;
  }

  headers(more = {}) {
    return { Cookie: `fanlight_session=${this.token}`, 'X-CSRF-Token': this.csrf, ...more };
  }

  async get(where) {
    const answer = await fetch(this.hub.server.address + where, { headers: this.headers() });
    assert.equal(answer.status, 200, `${where} answered ${answer.status}`);
    return answer.json();
  }

  post(where, what, more = {}) {
    return fetch(this.hub.server.address + where, {
      method: 'POST',
      headers: this.headers({ 'Content-Type': 'application/json', ...more }),
      body: JSON.stringify(what),
    });
  }

  // What a browser without a script sends: the form of a page, with these fields in it.
  async form(page, where, fields, csrf = this.csrf) {
    const html = await (await fetch(this.hub.server.address + page, { headers: this.headers() })).text();
    const hidden = {};
    for (const name of ['version', 'draft', 'draft_at', 'draft_title', 'idempotency_key']) {
      const found = html.match(new RegExp(`name="${name}" value="([^"]*)"`));
      if (found) hidden[name] = found[1].replace(/&amp;/g, '&').replace(/&#39;/g, "'").replace(/&#34;|&quot;/g, '"');
    }
    const send = () => fetch(this.hub.server.address + where, {
      method: 'POST',
      redirect: 'manual',
      headers: { Cookie: `fanlight_session=${this.token}`, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ csrf, ...hidden, ...fields }).toString(),
    });
    return send;
  }

  async drafts() {
    const { drafts } = await this.get('/api/v1/drafts');
    return Promise.all(drafts.map(({ id }) => this.get(`/api/v1/drafts/${id}`)));
  }

  // The draft with these very words, looked for until it is there.
  async finds(words) {
    for (const end = Date.now() + WAIT_MS; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
      const found = (await this.drafts()).find(({ fields }) => fields.some(({ value }) => value === words));
      if (found) return found;
      assert.ok(Date.now() < end, `no draft has the words ${words}`);
    }
  }

  async throwAll() {
    for (const { id } of (await this.get('/api/v1/drafts')).drafts) await this.post(`/api/v1/drafts/${id}/throw-away`, {});
  }
}

// The forms that are interrupted: where each is, and which box the words go into.
const FORMS = [
  { slug: 'advice', box: 'advice' },
  { slug: 'screen', box: 'rag_reason' },
  { slug: 'screen-out', box: 'reason' },
  { slug: 'strategy', box: 'reason' },
  { slug: null, box: 'summary' },
];

class Interruptions {
  constructor(browser, seed) {
    this.browser = browser;
    this.draw = draws(seed);
    this.counts = {};
  }

  async start() {
    this.server = await startServer();
    this.writer = await new Person(this, 'asha.rahman@example.org').signIn();
    this.other = await new Person(this, 'ciaran.byrne@example.org').signIn();
    this.context = await this.browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/London' });
    this.context.setDefaultTimeout(WAIT_MS);
    await this.carry();
    this.page = await this.context.newPage();
  }

  // The browser has the session that the writer has.
  carry() {
    return this.context.addCookies([{ name: 'fanlight_session', value: this.writer.token, url: this.server.address }]);
  }

  async stop() {
    await this.context.close();
    await this.server.stop();
  }

  async fresh() {
    const answer = await this.writer.post('/api/v1/enquiries', {
      channel: 'phone', source_code: '2A', concern: ['neglect'], summary: 'A teacher rang.', consent: 'not_sought',
      children: [{ given_name: 'Ada', family_name: `Quill${this.draw(1e6)}` }],
    }, { 'Idempotency-Key': `interrupt-${this.draw(2 ** 31)}-${this.draw(2 ** 31)}` });
    assert.equal(answer.status, 201);
    return (await answer.json()).reference;
  }

  async form() {
    const chosen = FORMS[this.draw(FORMS.length)];
    const where = chosen.slug ? `/enquiries/${await this.fresh()}/${chosen.slug}` : '/enquiries/new';
    return { ...chosen, where };
  }

  words(n) {
    return `Words ${n}: <b>"it's" & he said</b>\nsecond line ${this.draw(2 ** 31)} \u2019\u00e9`;
  }

  async type(page, form, words) {
    const shown = await page.goto(this.server.address + form.where);
    assert.equal(shown.status(), 200, `${form.where} answered ${shown.status()}`);
    await page.locator(`#${form.box}`).fill(words);
  }

  async saved(page) {
    await page.locator('.fanlight-draft-said', { hasText: /Draft saved \d\d:\d\d/ }).waitFor();
  }

  async stands(page, form, words) {
    assert.equal(await page.locator(`#${form.box}`).inputValue(), words, 'the form has other words');
    assert.match(await page.locator('.fanlight-draft').innerText(), /You were writing this|kept as a draft/);
  }

  async reopen(form, words) {
    await this.page.goto(this.server.address + form.where);
    await this.stands(this.page, form, words);
  }

  async signInAgain() {
    await this.page.locator('input[name=email]').fill(this.writer.email);
    await this.page.locator('input[name=password]').fill(this.writer.password);
    await Promise.all([this.page.waitForEvent('load'), this.page.locator('form:has(input[name=password]) button[type=submit]').click()]);
    await this.writer.signIn();
    await this.carry();
  }

  // The ways.

  // The session ends on the server while somebody types; they press the button and are asked to sign in.
  async session(n) {
    const form = await this.form();
    const words = this.words(n);
    await this.type(this.page, form, words);
    await this.writer.post('/api/v1/sign-out', {});
    await Promise.all([this.page.waitForURL(/\/sign-in\?/), this.page.locator(`form:has(#${form.box}) button[type=submit]`).last().click()]);
    assert.match(await this.page.locator('main').innerText(), /What you typed is kept/);
    await this.signInAgain();
    await this.stands(this.page, form, words);
    await this.writer.finds(words);
  }

  async back(n) {
    const form = await this.form();
    const words = this.words(n);
    await this.type(this.page, form, words);
    if (this.draw(2)) await this.saved(this.page);
    await this.page.goto(`${this.server.address}/account`);
    await this.writer.finds(words);
    await this.page.goBack();
    assert.equal(await this.page.locator(`#${form.box}`).inputValue(), words);
  }

  // Sent twice at once: the record has it once, and both answers lead to the same place.
  async double(n) {
    const reference = await this.fresh();
    const words = this.words(n).replace(/\n/g, ' ');
    const send = await this.writer.form(`/enquiries/${reference}/advice`, `/enquiries/${reference}/advice`, { advice_to: 'family', advice: words });
    const answers = await Promise.all([send(), send()]);
    assert.deepEqual(answers.map(({ status }) => status), [303, 303]);
    assert.equal(answers.filter(({ headers }) => /again=yes/.test(headers.get('location'))).length, 1, 'neither says that it was done once');
    const { advice } = await this.writer.get(`/api/v1/enquiries/${reference}`);
    assert.deepEqual(advice.map((one) => one.advice), [words]);
    assert.equal((await this.writer.drafts()).filter(({ fields }) => fields.some(({ value }) => value === words)).length, 0, 'a draft of what was sent is left');
  }

  async closed(n) {
    const form = await this.form();
    const words = this.words(n);
    const page = await this.context.newPage();
    page.on('dialog', (dialog) => dialog.accept());
    await this.type(page, form, words);
    await page.waitForTimeout(this.draw(900));
    await page.close({ runBeforeUnload: true });
    await this.writer.finds(words);
    await this.reopen(form, words);
  }

  // Somebody else saves first: the words come back in the form and are a draft.
  async conflict(n) {
    const reference = await this.fresh();
    const form = { where: `/enquiries/${reference}/screen`, box: 'rag_reason' };
    const words = this.words(n);
    await this.type(this.page, form, words);
    await this.page.locator('input[name="rag"][value="amber"]').check();
    const { version } = await this.other.get(`/api/v1/enquiries/${reference}`);
    assert.equal((await this.other.post(`/api/v1/enquiries/${reference}/screen`, { rag: 'green', rag_reason: 'First.' }, { 'If-Match': `"${version}"` })).status, 200);
    const [answer] = await Promise.all([
      this.page.waitForResponse((one) => one.url().endsWith('/screen') && one.request().method() === 'POST'),
      this.page.waitForEvent('load'),
      this.page.locator(`form:has(#rag_reason) button[type=submit]`).last().click(),
    ]);
    assert.equal(answer.status(), 409);
    assert.equal(await this.page.locator('#rag_reason').inputValue(), words);
    await this.writer.finds(words);
  }

  // What was acknowledged is there after a power cut; what could not be saved is saved once the hub is back.
  async killed(n) {
    const form = await this.form();
    const words = this.words(n);
    await this.type(this.page, form, words);
    await this.saved(this.page);
    await this.server.kill();
    const more = `${words} and more`;
    await this.page.locator(`#${form.box}`).fill(more);
    if (this.draw(2)) await this.page.locator('.fanlight-draft-said', { hasText: 'Trying again' }).waitFor();
    this.server = await startServer(this.server.folder, this.server.address);
    assert.ok((await this.writer.drafts()).some(({ fields }) => fields.some(({ value }) => value === words || value === more)), 'what was acknowledged is gone');
    await this.writer.finds(more);
    await this.reopen(form, more);
  }

  // The same form in two tabs: neither text goes over the other.
  async twoTabs(n) {
    const form = await this.form();
    const [first, second] = [this.words(n), this.words(n)];
    const page = await this.context.newPage();
    await this.type(this.page, form, first);
    await page.goto(this.server.address + form.where);
    await this.saved(this.page);
    await page.locator(`#${form.box}`).fill(second);
    await this.saved(page);
    await this.page.locator(`#${form.box}`).fill(`${first} to the end`);
    await this.writer.finds(`${first} to the end`);
    await this.writer.finds(second);
    await page.close();
  }

  // Without a script: what a refused sending held is a draft.
  async refused(n) {
    const reference = await this.fresh();
    const words = this.words(n);
    const send = await this.writer.form(`/enquiries/${reference}/screen`, `/enquiries/${reference}/screen`, { rag_reason: words.replace(/\n/g, '\r\n') });
    assert.equal((await send()).status, 422);
    await this.writer.finds(words);
    await this.reopen({ where: `/enquiries/${reference}/screen`, box: 'rag_reason' }, words);
  }

  // The n'th form, interrupted in one of the ways; every way comes up in turn, the form and the moment by chance.
  async one(n) {
    const way = WAYS[n % WAYS.length];
    try {
      await this[way](n);
    } catch (error) {
      error.message = `form ${n}, ${way}: ${error.message}`;
      throw error;
    }
    this.counts[way] = (this.counts[way] || 0) + 1;
    if (n % 10 === 9) await this.writer.throwAll();
  }
}

const WAYS = ['session', 'back', 'double', 'closed', 'conflict', 'killed', 'twoTabs', 'refused'];

module.exports = { Interruptions, Person, WAYS };
