/**
 * Completion for the explorer's text of steps. The page works without it. The knowledge is the server's: this file asks what may stand at
 * the cursor, shows the list, and puts in what was chosen. Arrows move, Enter or Tab takes, Escape closes, Ctrl+Space asks.
 */
const field = document.querySelector('#text')
const list = document.createElement('ul')
list.id = 'completions'
list.className = 'completions'
list.setAttribute('role', 'listbox')
list.setAttribute('aria-label', 'What may stand here')
list.hidden = true
field.after(list)
field.setAttribute('aria-autocomplete', 'list')
field.setAttribute('aria-controls', list.id)

let found = []
let chosen = 0
let asked = 0
let timer

function close() {
  list.hidden = true
  field.removeAttribute('aria-activedescendant')
}

function mark(at) {
  chosen = (at + found.length) % found.length
  for (const [index, item] of [...list.children].entries()) item.setAttribute('aria-selected', String(index === chosen))
  field.setAttribute('aria-activedescendant', `completion-${chosen}`)
  list.children[chosen].scrollIntoView({ block: 'nearest' })
}

function take() {
  const { text, start, end } = found[chosen]
  field.setRangeText(text, start, end, 'end')
  close()
  field.focus()
}

function show() {
  list.replaceChildren(
    ...found.map(({ label, detail }, at) => {
      const item = document.createElement('li')
      item.id = `completion-${at}`
      item.setAttribute('role', 'option')
      const name = document.createElement('b')
      name.textContent = label
      const about = document.createElement('span')
      about.textContent = detail
      item.append(name, about)
      item.addEventListener('mousedown', (event) => {
        event.preventDefault()
        chosen = at
        take()
      })
      return item
    }),
  )
  list.hidden = found.length === 0
  if (found.length > 0) mark(0)
}

async function ask() {
  const turn = ++asked
  const body = JSON.stringify({ exploration: field.value, offset: field.selectionStart })
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch('/v1/explorations/complete', { method: 'POST', headers, body }).catch(() => undefined)
  if (turn !== asked || !answer?.ok) return
  found = (await answer.json()).completions.filter(({ text, start, end }) => text !== field.value.slice(start, end))
  show()
}

field.addEventListener('input', () => {
  clearTimeout(timer)
  const before = field.value.slice(0, field.selectionStart)
  if (/[\p{L}\p{N}_.`"]$/u.test(before)) timer = setTimeout(() => void ask(), 120)
  else close()
})

field.addEventListener('keydown', (event) => {
  if (event.key === ' ' && event.ctrlKey) {
    event.preventDefault()
    void ask()
    return
  }
  if (list.hidden) return
  const act = {
    ArrowDown: () => mark(chosen + 1),
    ArrowUp: () => mark(chosen - 1),
    Enter: take,
    Tab: take,
    Escape: close,
  }[event.key]
  if (!act) return
  event.preventDefault()
  act()
})

field.addEventListener('blur', close)
