// A page that follows what others do: asks whether anything is newer, then for itself, and takes over what differs. Whoever
// reads or types is not disturbed: what stays the same stays the same element, so the keyboard, the caret, what is
// unfolded and the chosen row stay; what they look at stays where it is on the screen; a form being filled in is left alone.
'use strict'

const ASK_MS = 1300 // with the way there and back and the page itself: within two seconds
const ASK_SLOWEST_MS = 24000
const AWAY_AFTER = 2 // failures in a row; one may be a server that is just being restarted
const MARKED_MS = 60000
const ALL_MS = 60000 // after which it asks whether anything at all was changed, not only what it follows

// What stands for the same thing in the page as it is and as it comes.
function identity (node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return null
  if (node.id) return `#${node.id}`
  if (node.matches('[aria-labelledby]')) return `by ${node.getAttribute('aria-labelledby')}`
  const link = node.matches('tr, li') && node.querySelector('a[href]')
  return link ? `${node.nodeName} ${link.getAttribute('href')}` : null
}

const alike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && identity(a) === identity(b)

// What it says, less how long is left: that changes by itself.
function saying (element) {
  const copy = element.cloneNode(true)
  copy.querySelectorAll('time, .fanlight-due').forEach((part) => part.remove())
  return copy.textContent.replace(/\s+/g, ' ').trim()
}

// Whoever is in a form, or has changed anything in it, keeps it.
function inUse (form) {
  if (form.contains(document.activeElement)) return true
  return [...form.elements].some((control) => {
    if (control.type === 'hidden' || control.type === 'submit') return false
    if (control.matches('option, select')) return [...(control.options || [])].some((option) => option.selected !== option.defaultSelected)
    return control.checked !== control.defaultChecked || control.value !== control.defaultValue
  })
}

// Of what the script or its reader gave an element, and the server knows nothing of.
const THEIRS = { DETAILS: ['open'], TR: ['aria-current'], DIALOG: ['open'], INPUT: ['value', 'checked'], BUTTON: ['hidden'] }

function takeAttributes (old, fresh) {
  const theirs = THEIRS[old.nodeName] || []
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !theirs.includes(name) && name !== 'tabindex') old.removeAttribute(name)
  }
  for (const { name, value } of fresh.attributes) {
    if (!theirs.includes(name) && old.getAttribute(name) !== value) old.setAttribute(name, value)
  }
}

class Taking {
  constructor () {
    this.changed = []
  }

  mark (element, before) {
    if (!element.matches('tr, li') || element.closest('[data-live-news]') || saying(element) === before) return
    element.classList.add('fanlight-fresh')
    element.dataset.fresh = String(Date.now())
    this.changed.push(element)
  }

  // The old element comes to say what the fresh one says.
  element (old, fresh) {
    if (old.isEqualNode(fresh)) return
    if (old.nodeName === 'FORM' && inUse(old)) return
    const rows = old.matches('tr, li')
    const before = rows ? saying(old) : ''
    const marked = old.classList.contains('fanlight-fresh')
    takeAttributes(old, fresh)
    if (marked) old.classList.add('fanlight-fresh')
    this.children(old, fresh)
    if (rows) this.mark(old, before)
  }

  node (old, fresh) {
    if (old.nodeType === Node.ELEMENT_NODE) this.element(old, fresh)
    else if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue
  }

  children (parent, fresh) {
    let at = parent.firstChild
    for (const wanted of [...fresh.childNodes]) {
      const same = this.find(at, wanted)
      if (!same) {
        const made = document.importNode(wanted, true)
        parent.insertBefore(made, at)
        if (made.nodeType === Node.ELEMENT_NODE) this.mark(made, null)
        continue
      }
      if (same !== at) parent.insertBefore(same, at)
      else at = at.nextSibling
      this.node(same, wanted)
    }
    while (at) {
      const gone = at
      at = at.nextSibling
      gone.remove()
    }
  }

  // Among what isn't placed yet: by its identity wherever it stands, else only where it is the next.
  find (at, wanted) {
    const name = identity(wanted)
    if (!name) return at && alike(at, wanted) ? at : null
    for (let node = at; node; node = node.nextSibling) if (alike(node, wanted)) return node
    return null
  }
}

// What is looked at stays where it is on the screen, whatever is put in above it.
function holdStill (main, act) {
  const focused = document.activeElement
  const onScreen = (part) => part.getBoundingClientRect().top >= 0 && part.getBoundingClientRect().top < window.innerHeight
  const held = main.contains(focused) && focused !== main && onScreen(focused)
  const seen = held ? focused : [...main.querySelectorAll('tr, li, h2, p, section')].find(onScreen)
  const top = seen ? seen.getBoundingClientRect().top : 0
  act()
  if (seen && seen.isConnected && (held || window.scrollY > 0)) window.scrollBy({ top: seen.getBoundingClientRect().top - top, behavior: 'instant' })
  if (focused.isConnected && document.activeElement !== focused) focused.focus({ preventScroll: true })
  if (!focused.isConnected) {
    main.setAttribute('tabindex', '-1')
    main.focus({ preventScroll: true })
  }
}

function forgetMarks (main) {
  main.querySelectorAll('.fanlight-fresh').forEach((part) => {
    if (Date.now() - Number(part.dataset.fresh || 0) < MARKED_MS) return
    part.classList.remove('fanlight-fresh')
    delete part.dataset.fresh
  })
}

// The page as it is now, as a document: parsed by the browser, without its scripts. No markup is made from strings.
function fetchPage (address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('GET', address)
    request.responseType = 'document'
    request.timeout = 10000
    request.setRequestHeader('Fanlight-Refresh', 'yes')
    request.onload = () => resolve({ status: request.status, page: request.response, address: request.responseURL })
    request.onerror = request.ontimeout = () => reject(new Error('the hub can\u2019t be reached'))
    request.send()
  })
}

class Live {
  constructor (main) {
    this.main = main
    this.state = main.querySelector('[data-live-state]')
    this.away = main.querySelector('[data-live-away]')
    this.news = main.querySelector('[data-live-news]')
    this.made = main.dataset.made
    this.clock = this.clockNow()
    this.fresh = Date.now()
    this.failures = 0
    this.timer = null
    this.asking = false
    this.over = false
    document.addEventListener('visibilitychange', () => this.wake())
    window.addEventListener('pageshow', (event) => { if (event.persisted) this.wake() })
    window.addEventListener('online', () => this.wake())
    this.say('')
    this.wait(ASK_MS)
  }

  // The hub's own time, as the page says it; it is another than the machine's in a demonstration.
  clockNow () {
    const [, clock] = this.state.textContent.match(/(\d\d?:\d\d)/) || []
    return clock || new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  }

  // Only what is wrong is read out; the time it is from just stands there.
  say (words) {
    const standing = this.main.hasAttribute('data-form') ? '' : `Follows what others do. As it was at ${this.clock}.`
    this.state.textContent = words ? '' : standing
    if (this.away.textContent !== words) this.away.textContent = words
  }

  wake () {
    if (document.visibilityState !== 'visible' || this.over) return
    this.wait(0)
  }

  wait (ms) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.ask(), ms)
  }

  async ask () {
    if (this.asking || this.over || document.visibilityState !== 'visible') return
    this.asking = true
    try {
      await this.follow()
      if (this.failures) this.say('')
      this.failures = 0
    } catch {
      this.failures++
      if (this.failures >= AWAY_AFTER) this.say(`Not connected. What you see is from ${this.clock}.`)
    }
    this.asking = false
    if (!this.over) this.wait(Math.min(ASK_MS * 2 ** this.failures, ASK_SLOWEST_MS))
  }

  // A page that wasn't made anew for a while asks about everything: should what it follows ever be too little, it is not for long.
  question () {
    const asks = new URL(this.main.dataset.changes, location.href)
    if (Date.now() - this.fresh > ALL_MS) asks.searchParams.delete('enquiry')
    return asks.href
  }

  async follow () {
    const answer = await fetch(this.question(), { headers: { Accept: 'application/json' }, redirect: 'manual', signal: AbortSignal.timeout(10000) })
    if (answer.status === 304) return
    if (answer.type === 'opaqueredirect' || answer.status === 401) return this.end()
    if (answer.status !== 200) throw new Error(String(answer.status))
    await this.refresh((await answer.json()).number)
  }

  // Signed out, here or elsewhere: what is asked from here on nobody answers.
  end () {
    this.over = true
    this.say('Your session has ended. Sign in again to go on.')
  }

  address () {
    const address = new URL(location.href)
    address.hash = ''
    address.searchParams.set('since', this.made)
    return address.href
  }

  async refresh (number) {
    const wanted = this.address()
    const { status, page, address } = await fetchPage(wanted)
    if (address && new URL(address).pathname !== new URL(wanted).pathname) return this.end()
    if (status === 404 || status === 403) return location.reload() // what may no longer be seen goes
    const fresh = page && page.querySelector('main[data-changes]')
    if (this.main.hasAttribute('data-form')) return this.tell(status === 200 && fresh, number)
    if (status !== 200 || !fresh) throw new Error(String(status))
    this.take(fresh)
  }

  // Somebody types here: what changed is said, and the rest is left as it is.
  tell (fresh, number) {
    this.main.dataset.changes = this.main.dataset.changes.replace(/since=\d+/, `since=${number}`)
    this.fresh = Date.now()
    if (fresh) {
      this.main.dataset.changes = fresh.dataset.changes
      holdStill(this.main, () => new Taking().element(this.news, fresh.querySelector('[data-live-news]')))
    } else if (!this.news.textContent.trim()) {
      const line = document.createElement('p')
      line.className = 'fanlight-changed'
      line.textContent = 'This was changed meanwhile. What you typed is as you left it.'
      this.news.append(line)
    }
  }

  take (fresh) {
    const [, clock] = fresh.querySelector('[data-live-state]').textContent.match(/(\d\d?:\d\d)/) || []
    const taking = new Taking()
    fresh.querySelector('[data-live-state]').textContent = this.state.textContent
    fresh.querySelector('[data-live-away]').textContent = this.away.textContent
    holdStill(this.main, () => {
      forgetMarks(this.main)
      taking.children(this.main, fresh)
    })
    this.main.dataset.changes = fresh.dataset.changes
    this.fresh = Date.now()
    this.clock = clock || this.clock
    this.say('')
  }
}

const followed = document.querySelector('main[data-changes]')
if (followed) followed.live = new Live(followed)
