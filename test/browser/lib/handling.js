// How long a task takes the hand, by the keystroke-level model: what is really pressed, pointed at and typed is counted while it is
// done in the browser. Thinking, talking, reading and the server's answer aren't counted.
//
// Source: S. K. Card, T. P. Moran and A. Newell, "The keystroke-level model for user performance time with interactive
// systems", Communications of the ACM 23(7), 1980: a key by somebody who types 40 words a minute, pointing, pressing or
// releasing the mouse's button, moving the hand between keyboard and mouse.
'use strict';

const assert = require('node:assert/strict');

const SECONDS = { key: 0.28, point: 1.1, button: 0.1, hand: 0.4 };
const TABS_MOST = 150;

class Hand {
  // `way` is 'mouse', with the keyboard for what is typed, or 'keyboard', alone.
  constructor(visit, way) {
    Object.assign(this, { visit, page: visit.page, way, on: 'keyboard', counted: { key: 0, point: 0, button: 0, hand: 0 } });
  }

  seconds() {
    return Object.entries(this.counted).reduce((sum, [what, times]) => sum + times * SECONDS[what], 0);
  }

  reach(device) {
    if (this.on !== device) this.counted.hand += 1;
    this.on = device;
  }

  async key(name) {
    this.reach('keyboard');
    this.counted.key += 1;
    await this.page.keyboard.press(name);
  }

  async click(target) {
    this.reach('mouse');
    this.counted.point += 1;
    this.counted.button += 2;
    await target.click();
  }

  // Tab by Tab, from wherever the keyboard stands, until it stands on one of these.
  async tabTo(target) {
    const reached = () => target.evaluateAll((all) => all.includes(document.activeElement));
    for (let tabs = 0; !(await reached()); tabs += 1) {
      assert.ok(tabs < TABS_MOST, `the keyboard does not come to ${target}`);
      await this.key('Tab');
    }
  }

  async type(target, words) {
    if (this.way === 'mouse') await this.click(target);
    else await this.tabTo(target);
    this.reach('keyboard');
    this.counted.key += words.length;
    await this.page.keyboard.type(words);
    assert.equal(await target.inputValue(), words);
  }

  // A radio button: by keyboard Tab comes to its group, then arrows.
  async choose(name, value) {
    const group = this.page.locator(`input[name="${name}"]`);
    const wanted = this.page.locator(`input[name="${name}"][value="${value}"]`);
    if (this.way === 'mouse') await this.click(this.page.locator(`label[for="${await wanted.getAttribute('id')}"]`));
    else {
      await this.tabTo(group);
      await this.key(' ');
      for (let steps = await group.count(); !(await wanted.isChecked()) && steps > 0; steps -= 1) await this.key('ArrowDown');
    }
    assert.ok(await wanted.isChecked(), `${name} is not ${value}`);
  }

  async tick(target) {
    if (this.way === 'mouse') await this.click(target);
    else {
      await this.tabTo(target);
      await this.key(' ');
    }
    assert.ok(await target.isChecked());
  }

  // A list to select from: opened or come to, then the first letters of what is wanted.
  async select(target, words) {
    if (this.way === 'mouse') {
      this.reach('mouse');
      this.counted.point += 1;
      this.counted.button += 2;
      await target.focus();
    } else await this.tabTo(target);
    this.reach('keyboard');
    this.counted.key += words.length;
    await this.page.keyboard.type(words);
    assert.match(await target.evaluate((list) => list.selectedOptions[0].textContent), new RegExp(`^${words}`, 'i'));
  }

  // A button or a link that leads to another page.
  async go(target) {
    if (this.way === 'keyboard') await this.tabTo(target);
    await Promise.all([this.page.waitForEvent('load'), this.way === 'mouse' ? this.click(target.first()) : this.key('Enter')]);
  }

  // A key that leads to another page.
  async goByKey(name) {
    await Promise.all([this.page.waitForEvent('load'), this.key(name)]);
  }
}

module.exports = { Hand, SECONDS };
