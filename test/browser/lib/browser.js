// The browser and what a test does in it. A visit is one person's window: its own cookies, a width, JavaScript or none.
'use strict';

const assert = require('node:assert/strict');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { chromium } = require('playwright-core');
const axe = require('axe-core/axe.min.js');

const { ROOT } = require('./hub.js');
const { keep } = require('./validate.js');

const WIDTHS = { desk: { width: 1280, height: 800 }, phone: { width: 375, height: 812 } };
const PAGE_BYTES_MOST = 300 * 1024;
const PICTURES = path.join(ROOT, 'test/out/screenshots');

// Nothing here takes this long but on a machine that does much else: a test waits for what is to come, not for a time.
const PATIENCE_MS = 30_000;

const looked = new Set();

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function launch() {
  fs.mkdirSync(PICTURES, { recursive: true });
  return chromium.launch({ executablePath: '/usr/bin/chromium-headless-shell', headless: true, args: FLAGS });
}

class Visit {
  constructor(server, context, page, place) {
    Object.assign(this, { server, context, page, place });
    this.complaints = [];
    this.inspections = [];
    page.on('console', (message) => message.type() === 'error' && this.complain(message));
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('response', (response) => {
      this.inspections.push(this.inspect(response).catch((error) => this.complaints.push(String(error))));
    });
  }

  // The browser says of every answer that is an error that it could not load; whether it should have is the test's to say.
  complain(message) {
    if (!/Failed to load resource/.test(message.text())) this.complaints.push(`console: ${message.text()}`);
  }

  // What holds of every page, whichever test came by.
  async inspect(response) {
    const type = response.headers()['content-type'] || '';
    if (!type.startsWith('text/html')) return;
    const where = new URL(response.url()).pathname;
    assert.match(response.headers()['content-security-policy'] || '', /default-src/, `${where} has no policy`);
    if (response.status() >= 300 && response.status() < 400) return;
    const html = await response.text().catch(() => null);
    if (html === null) return;
    assert.ok(html.length <= PAGE_BYTES_MOST, `${where} is ${html.length} bytes long`);
    keep(response.url(), html);
  }

  async goto(where, status = 200) {
    const response = await this.page.goto(this.server.address + where);
    assert.equal(response.status(), status, `${where} answered ${response.status()}`);
    return response;
  }

  // Presses the button or follows the link with these words, and waits for the page that comes.
  async press(words) {
    const target = this.page.getByRole('button', { name: words }).or(this.page.getByRole('link', { name: words })).first();
    await Promise.all([this.page.waitForEvent('load'), target.click()]);
  }

  heading() {
    return this.page.locator('h1').first().innerText();
  }

  // No violation of WCAG 2.2 AA or of axe's best practices in the page as it stands, and nothing wider than the window.
  async accessible() {
    if (await this.sameAsBefore()) return;
    // A page that runs no script cannot run axe's timers either, so its markup is put into one that can.
    const page = this.place.script ? this.page : await this.scripted();
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    const told = violations.map((found) => `${found.id}: ${found.help}\n  ${found.nodes.slice(0, 3).map((node) => node.html).join('\n  ')}`);
    assert.deepEqual(told, [], `${this.page.url()} has ${told.length} violations`);
    assert.ok(wide <= 0, `${this.page.url()} is ${wide} pixels wider than the window`);
  }

  // Whether this very page was found accessible at this width before, whoever is signed in; looking is what takes time.
  async sameAsBefore() {
    const html = await this.page.content();
    const plain = html.replace(/ value="[^"]{20,}"/g, '').replace(/<footer[\s\S]*?<\/footer>/, '').replace(/<div class="fanlight-header__person">[\s\S]*?<\/div>/, '');
    const same = createHash('sha256').update(this.place.width).update(plain).digest('hex');
    const before = looked.has(same);
    looked.add(same);
    return before;
  }

  // The page as it stands in a window that runs scripts, but none of its own.
  async scripted() {
    const html = await this.page.content();
    const address = this.page.url();
    if (!this.beside) {
      this.besideContext = await this.context.browser().newContext({ viewport: WIDTHS[this.place.width] });
      this.beside = await this.besideContext.newPage();
    }
    await this.beside.unroute('**/*');
    await this.beside.route('**/*', (route) => {
      const request = route.request();
      if (request.url() === address && request.isNavigationRequest()) return route.fulfill({ contentType: 'text/html', body: html });
      return request.resourceType() === 'script' ? route.abort() : route.continue();
    });
    await this.beside.goto(address);
    return this.beside;
  }

  async close() {
    if (this.besideContext) await this.besideContext.close();
    await this.context.close();
  }

  // For whoever wants to look at the pages, and asked for it with PICTURES=yes.
  async screenshot(name) {
    if (process.env.PICTURES) await this.picture(name);
  }

  async picture(name) {
    const file = path.join(PICTURES, `${name}-${this.place.width}${this.place.script ? '' : '-no-script'}.png`);
    await this.page.screenshot({ path: file, fullPage: false });
    return file;
  }
}

// What a test's body gets: `t.visit()` opens a window (`t.visit(another)` on another server), `t.signIn(WHO)` one in which somebody is signed in, WHO a role of the
// demonstration or an address.
function meansFor(browser, server) {
  return (place) => {
    const visits = [];
    const visit = async (at = server) => {
      const context = await browser.newContext({
        viewport: WIDTHS[place.width],
        javaScriptEnabled: place.script,
        locale: 'en-GB',
        timezoneId: 'Europe/London',
      });
      context.setDefaultTimeout(PATIENCE_MS);
      const opened = new Visit(at, context, await context.newPage(), place);
      visits.push(opened);
      return opened;
    };
    const signIn = async (who) => {
      const person = server.people.find(({ email, line }) => email === who || line.includes(who));
      assert.ok(person, `the demonstration has no ${who}`);
      const opened = await visit();
      await opened.goto('/sign-in');
      await opened.page.locator('input[name=email]').fill(person.email);
      await opened.page.locator('input[name=password]').fill(person.password);
      await Promise.all([
        opened.page.waitForEvent('load'),
        opened.page.locator('form:has(input[name=password]) button[type=submit]').click(),
      ]);
      assert.notEqual(new URL(opened.page.url()).pathname, '/sign-in', `${who} could not sign in`);
      return opened;
    };
    return {
      place,
      server,
      visit,
      signIn,
      verify: async () => {
        await Promise.all(visits.flatMap(({ inspections }) => inspections));
        assert.deepEqual(visits.flatMap(({ complaints }) => complaints), [], 'the browser complained');
      },
      describe: async () => (await Promise.all(visits.map(async (one) => `at ${one.page.url()}, ${await one.picture('failed')}`))).join('\n'),
      close: () => Promise.all(visits.map((visit) => visit.close())),
    };
  };
}

module.exports = { launch, meansFor };
