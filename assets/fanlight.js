// What gets better with a script; every page works without it. Runs under a strict Content-Security-Policy with
// Trusted Types: no markup is made from strings, no handler stands in the page.
'use strict'

const each = (selector, act, root = document) => root.querySelectorAll(selector).forEach(act)

// Errors and what was just done are read out and come under the keyboard first.
function focusMessage () {
  const message = document.querySelector('.govuk-error-summary, .govuk-notification-banner--success')
  if (!message) return
  message.setAttribute('tabindex', '-1')
  message.addEventListener('blur', () => message.removeAttribute('tabindex'), { once: true })
  message.focus()
}

// A browser focuses `autofocus` with its next picture, and a letter typed before that would go past the box.
function focusFirstBox () {
  if (document.activeElement !== document.body) return
  document.querySelector('input[autofocus]')?.focus()
}

// A link of the error summary goes to the control, and its label comes into view with it.
function linkErrors () {
  each('.govuk-error-summary a[href^="#"]', (link) => link.addEventListener('click', (event) => {
    const control = document.getElementById(link.hash.slice(1))
    const input = control && (control.matches('input, select, textarea') ? control : control.querySelector('input, select, textarea'))
    if (!input) return
    event.preventDefault()
    const above = input.closest('fieldset') || document.querySelector(`label[for="${CSS.escape(input.id)}"]`) || input
    above.scrollIntoView()
    input.focus({ preventScroll: true })
  }))
}

// The skip link moves the keyboard too.
function skipToMain () {
  const link = document.querySelector('.govuk-skip-link')
  const main = link && document.getElementById(link.hash.slice(1))
  if (!main) return
  link.addEventListener('click', () => {
    main.setAttribute('tabindex', '-1')
    main.addEventListener('blur', () => main.removeAttribute('tabindex'), { once: true })
    main.focus()
  })
}

// The navigation folds up behind a button where the window is narrow.
function foldNavigation () {
  const button = document.querySelector('.govuk-js-service-navigation-toggle')
  const list = button && document.getElementById(button.getAttribute('aria-controls'))
  if (!list) return
  const wide = window.matchMedia('(min-width: 40.0625em)')
  const show = (open) => {
    list.hidden = !open && !wide.matches
    button.hidden = wide.matches
    button.setAttribute('aria-expanded', String(open))
    if (wide.matches) button.setAttribute('aria-hidden', 'true')
    else button.removeAttribute('aria-hidden')
  }
  button.addEventListener('click', () => show(button.getAttribute('aria-expanded') !== 'true'))
  wide.addEventListener('change', () => show(false))
  show(false)
}

// What belongs to a choice is shown while it is chosen.
function revealConditionals () {
  each('[data-module="govuk-radios"], [data-module="govuk-checkboxes"]', (group) => {
    const inputs = [...group.querySelectorAll('input[data-aria-controls]')]
    if (!inputs.length && !group.querySelector('[data-behaviour="exclusive"]')) return
    const sync = () => inputs.forEach((input) => {
      const part = document.getElementById(input.dataset.ariaControls)
      if (!part) return
      const kind = input.type === 'radio' ? 'radios' : 'checkboxes'
      part.classList.toggle(`govuk-${kind}__conditional--hidden`, !input.checked)
      input.setAttribute('aria-controls', part.id)
      input.setAttribute('aria-expanded', String(input.checked))
    })
    group.addEventListener('change', (event) => {
      clearExclusive(group, event.target)
      sync()
    })
    sync()
  })
}

// "None of these" clears the others, and any other clears it.
function clearExclusive (group, chosen) {
  if (chosen.type !== 'checkbox' || !chosen.checked) return
  const alone = chosen.dataset.behaviour === 'exclusive'
  each('input[type="checkbox"]', (other) => {
    if (other !== chosen && (alone || other.dataset.behaviour === 'exclusive')) other.checked = false
  }, group)
}

// One press sends once.
function guardForms () {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (form.dataset.sent === 'yes') event.preventDefault()
    else form.dataset.sent = 'yes'
  })
  window.addEventListener('pageshow', () => each('form[data-sent]', (form) => delete form.dataset.sent))
}

const SAVE_AFTER_MS = 700
const SAVE_AGAIN_MS = 3000
const KEEPALIVE_BYTES = 60000

// What is typed into a form is kept on the server while it is typed, and how that stands is said beside its buttons.
class Draft {
  constructor (form) {
    this.form = form
    this.changed = false
    this.saving = false
    this.timer = null
    this.said = document.createElement('p')
    this.said.className = 'fanlight-draft-said fanlight-screen-only'
    this.said.setAttribute('role', 'status')
    form.append(this.said)
    const typed = (event) => { if (event.target.type !== 'password') this.touch() }
    form.addEventListener('input', typed)
    form.addEventListener('change', typed)
    form.addEventListener('focusout', () => this.save())
    form.addEventListener('submit', () => this.rest())
  }

  say (words, alone) {
    this.said.textContent = words
    this.said.classList.toggle('fanlight-draft-said--alone', Boolean(alone))
  }

  touch () {
    this.changed = true
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), SAVE_AFTER_MS)
  }

  // The form is being sent: what it holds goes with it.
  rest () {
    clearTimeout(this.timer)
    this.resting = true
  }

  // Shown again from the browser's memory after it was sent: what is typed now is another draft.
  wake () {
    if (!this.resting) return
    this.resting = false
    const bytes = crypto.getRandomValues(new Uint8Array(32))
    const words = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    this.form.elements.draft.value = `${words.slice(0, 32)}-${words.slice(32)}-0`
  }

  body () {
    const data = new FormData(this.form)
    each('input[type="password"]', (input) => data.delete(input.name), this.form)
    return new URLSearchParams(data).toString()
  }

  async save () {
    if (!this.changed || this.saving || this.resting) return
    clearTimeout(this.timer)
    this.changed = false
    this.saving = true
    const again = await this.send(this.body())
    this.saving = false
    if (again) this.changed = true
    if (this.changed) this.timer = setTimeout(() => this.save(), again ? SAVE_AGAIN_MS : SAVE_AFTER_MS)
  }

  // True where it is to be sent again.
  async send (body) {
    try {
      const answer = await fetch('/drafts', {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
        body,
        redirect: 'manual',
        keepalive: body.length < KEEPALIVE_BYTES
      })
      return await this.told(answer)
    } catch {
      this.say('Not saved: the hub can\u2019t be reached. Trying again.', true)
      return true
    }
  }

  async told (answer) {
    if (answer.type === 'opaqueredirect') {
      this.say('Your session has ended. What you typed is kept: sign in again to go on.', true)
      return false
    }
    if (answer.status === 503) {
      this.say('Not saved yet: the hub is busy. Trying again.', true)
      return true
    }
    if (answer.status !== 200) {
      this.say(answer.status === 413 ? 'Not saved: this is too long for a draft.' : 'This draft can\u2019t be saved. Copy what you typed before you leave.', true)
      return false
    }
    const { draft, time, beside, sent } = await answer.json()
    if (sent) return false
    this.form.elements.draft.value = draft
    this.say(beside ? `Draft saved ${time}, beside the one from another tab` : `Draft saved ${time}`, beside)
    return false
  }

  // The page goes away: what isn't on its way yet is sent on after it.
  leave () {
    if (!this.changed || this.resting) return
    const body = this.body()
    this.changed = false
    fetch('/drafts', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body,
      redirect: 'manual',
      keepalive: body.length < KEEPALIVE_BYTES
    }).catch(() => { this.changed = true })
  }
}

function keepDrafts () {
  const drafts = [...document.querySelectorAll('form[data-draft]')].map((form) => new Draft(form))
  if (!drafts.length) return
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') drafts.forEach((draft) => draft.leave()) })
  window.addEventListener('pagehide', () => drafts.forEach((draft) => draft.leave()))
  window.addEventListener('pageshow', (event) => { if (event.persisted) drafts.forEach((draft) => draft.wake()) })
  window.addEventListener('beforeunload', (event) => {
    if (drafts.some((draft) => draft.changed && draft.body().length >= KEEPALIVE_BYTES && !draft.resting)) event.preventDefault()
  })
}

// In a list j and k go down and up, Enter opens; where one is shown after another they go on and back; everywhere / finds.
function walkLists () {
  const skip = document.querySelector('a[data-skip]')
  const rows = () => [...document.querySelectorAll('.fanlight-list tbody tr')].filter((row) => row.querySelector('a[href]'))
  const current = () => rows().findIndex((row) => row.getAttribute('aria-current') === 'true')
  const go = (to) => {
    const all = rows()
    if (!all.length) return
    const at = Math.max(0, Math.min(all.length - 1, to))
    all.forEach((row, i) => i === at ? row.setAttribute('aria-current', 'true') : row.removeAttribute('aria-current'))
    const link = all[at].querySelector('a[data-open]') || all[at].querySelector('a[href]')
    link.focus()
    all[at].scrollIntoView({ block: 'nearest' })
  }
  const keys = {
    j: () => skip ? skip.click() : go(current() + 1),
    k: () => skip ? history.back() : go(current() - 1),
    '/': () => {
      const box = document.querySelector('[data-find]')
      if (box && box.matches('input')) box.focus()
      else if (box) box.click()
    }
  }
  keys['?'] = keyHelp()
  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest('input, textarea, select, [contenteditable], dialog')
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key] || !keysAreOn()) return
    event.preventDefault()
    keys[event.key]()
  })
}

const KEYS = [
  ['j', 'Down a list; the next one, where they are shown one after another'],
  ['k', 'Up a list; the one before'],
  ['Enter', 'Open what is chosen'],
  ['/', 'Find'],
  ['?', 'These keys']
]

// Single keys can be switched off in this browser (WCAG 2.1.4): speech input and unsteady hands press them unmeant.
const keysAreOn = () => localStorage.getItem('fanlight-keys') !== 'off'

function element (name, words, ...inside) {
  const made = document.createElement(name)
  if (words) made.textContent = words
  made.append(...inside)
  return made
}

function keyDialog () {
  const title = element('h2', 'Keys')
  const list = element('dl', '', ...KEYS.flatMap(([key, does]) => [element('dt', '', element('kbd', key)), element('dd', does)]))
  const more = element('a', 'Switch them off')
  const close = element('button', 'Close')
  const dialog = element('dialog', '', title, list, element('p', 'They do nothing while you type in a box.'), element('div', '', close, more))
  title.id = 'keys-title'
  title.className = 'govuk-heading-m'
  more.href = '/keys'
  more.className = 'govuk-link'
  close.className = 'govuk-button'
  close.type = 'button'
  dialog.className = 'fanlight-keys govuk-body'
  dialog.lastChild.className = 'govuk-button-group'
  dialog.setAttribute('aria-labelledby', title.id)
  close.addEventListener('click', () => dialog.close())
  document.body.append(dialog)
  return dialog
}

function keyHelp () {
  let dialog = null
  return () => {
    dialog = dialog || keyDialog()
    dialog.showModal()
  }
}

// The page of the keys switches them off and on again.
function switchKeys () {
  const box = document.querySelector('[data-keys]')
  if (!box) return
  const button = box.querySelector('button')
  const state = box.querySelector('[role="status"]')
  const show = () => {
    state.textContent = keysAreOn() ? 'They are on in this browser.' : 'They are off in this browser.'
    button.textContent = keysAreOn() ? 'Switch them off' : 'Switch them on'
  }
  button.addEventListener('click', () => {
    localStorage.setItem('fanlight-keys', keysAreOn() ? 'off' : 'on')
    show()
  })
  box.hidden = false
  show()
}

// Two short tones, made here: no file is fetched, and none plays before the page was touched (browsers see to that).
function makeSound () {
  let context
  return () => {
    context = context || new AudioContext()
    if (context.state === 'suspended') context.resume().catch(() => {})
    const starts = context.currentTime;
    [[0, 880], [0.25, 660]].forEach(([after, pitch]) => {
      const tone = context.createOscillator()
      const loud = context.createGain()
      tone.frequency.value = pitch
      loud.gain.setValueAtTime(0.2, starts + after)
      loud.gain.exponentialRampToValueAtTime(0.001, starts + after + 0.2)
      tone.connect(loud).connect(context.destination)
      tone.start(starts + after)
      tone.stop(starts + after + 0.2)
    })
  }
}

// What rose since the page was made, in words with a link; the rest of the page stays where it is.
function tellAlarms (place, alarms) {
  alarms.forEach((alarm) => {
    const line = document.createElement('p')
    const link = document.createElement('a')
    line.className = 'govuk-body'
    link.className = 'govuk-link'
    link.href = alarm.reference ? `/enquiries/${encodeURIComponent(alarm.reference)}` : '/alarms'
    link.textContent = alarm.reference || 'See it'
    line.append(`New alarm: ${alarm.words}, `, link)
    place.prepend(line)
  })
}

// Alarms arrive by themselves while the page can be seen, and are heard until they are answered.
function watchAlarms () {
  const place = document.querySelector('[data-alarms]')
  if (!place) return
  const sound = makeSound()
  let since = Number(place.dataset.alarms)
  let asks = 0
  const hear = (waiting, rose, wanted) => { if (wanted && waiting > 0 && (rose || asks % 6 === 0)) sound() }
  const ask = async () => {
    if (document.visibilityState !== 'visible') return
    try {
      const answer = await fetch(`/api/v1/alarms/standing?since=${since}`, { headers: { Accept: 'application/json' } })
      if (answer.status !== 200) return
      const news = await answer.json()
      asks++
      tellAlarms(place, news.alarms)
      hear(news.unacknowledged, news.latest > since, news.sound)
      since = Math.max(since, news.latest)
    } catch { /* the next ask may reach it */ }
  }
  hear(Number(place.dataset.waiting), true, place.dataset.sound === 'yes')
  setInterval(ask, 10000)
}

// On paper nothing is folded away.
function unfoldForPrint () {
  const opened = []
  window.addEventListener('beforeprint', () => each('details:not([open])', (part) => {
    part.open = true
    opened.push(part)
  }))
  window.addEventListener('afterprint', () => opened.splice(0).forEach((part) => { part.open = false }))
}

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
focusFirstBox()
focusMessage()
linkErrors()
skipToMain()
foldNavigation()
revealConditionals()
guardForms()
keepDrafts()
walkLists()
switchKeys()
watchAlarms()
unfoldForPrint()
