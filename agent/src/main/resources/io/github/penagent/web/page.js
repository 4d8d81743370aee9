// The status page. Whatever comes from outside becomes text, by textContent and attributes, never markup.
'use strict';

const $ = id => document.getElementById(id);
const POINTS = 60;
const SILENCE = 13_000; // Without a word for so long, with a beat due every five seconds, the line is dead.

// ---------------------------------------------------------------- words and numbers

const STATES = { // of a backend: how bad, in which colour
  failing: [6, 'bad'], ejected: [5, 'warn'], blacklisted: [4, 'odd'], full: [3, 'info'], suspect: [2, 'warn'], idle: [1, 'mute'], serving: [0, 'ok'],
};
const PEN_STATES = { down: [8, 'bad'], stuck: [7, 'bad'], up: [0, 'ok'], unasked: [0, 'mute'] };
const PEN_WORDS = { down: 'down', stuck: 'stuck', up: 'up', unasked: 'not asked yet' };
const rankOf = state => (STATES[state] || [0])[0];
const levelOf = state => (STATES[state] || [0, 'mute'])[1];

const whole = new Intl.NumberFormat('en');
const count = n => whole.format(n).replaceAll(',', '\u202f');
function bytes(n) {
  if (n === undefined || n === null || Number.isNaN(n)) return '';
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let unit = 0;
  while (n >= 999.5 && unit < units.length - 1) { n /= 1000; unit++; }
  return (unit === 0 || n >= 99.5 ? Math.round(n) : n.toFixed(1)) + '\u00a0' + units[unit];
}
const rate = n => n === undefined ? '' : bytes(n) + '/s';
function span(ms) {
  const s = Math.max(0, ms) / 1000;
  if (s < 10) return s.toFixed(1) + ' s';
  if (s < 100) return Math.round(s) + ' s';
  if (s < 5400) return Math.round(s / 60) + ' min';
  if (s < 36 * 3600) return (s / 3600).toFixed(1) + ' h';
  return Math.round(s / 86400) + ' d';
}
const left = until => { const s = Math.ceil((Date.parse(until) - now()) / 1000); return s > 0 ? (s < 120 ? s + ' s' : span(s * 1000)) + ' left' : 'ending'; };
const ago = (time, whatIs = now()) => span(whatIs - Date.parse(time)) + ' ago';
const naturally = text => text.replace(/\d{1,9}/g, d => d.padStart(9, '0'));
const clock = time => new Date(time).toLocaleTimeString([], { hour12: false });

// ---------------------------------------------------------------- what is known

const pens = new Map();      // name -> pen
const decisions = new Map(); // id -> decision
let order = [];              // the pens' names in their order
let backends = [];           // of all pens, in that order
let offset = 0;              // the agent's clock less ours, in ms
let hello = {};
let generation = 0;
let complete = false;
let structureChanged = false; // pens came or went, or have other backends
const now = () => Date.now() + offset;

function takeClock(time) { offset = Date.parse(time) - Date.now(); }

// A backend stays the same object for as long as it has its slot, so that whoever holds it sees what is new.
function renew(b, fresh) {
  b.server = fresh.server; b.address = fresh.address; b.state = fresh.state; b.checks = fresh.checks;
  b.connections = fresh.connections; b.softLimit = fresh.softLimit; b.hardLimit = fresh.hardLimit; b.weight = fresh.weight; b.priority = fresh.priority;
  b.sentBytes = fresh.sentBytes; b.receivedBytes = fresh.receivedBytes;
  b.sentBytesPerSecond = fresh.sentBytesPerSecond; b.receivedBytesPerSecond = fresh.receivedBytesPerSecond;
  b.reason = fresh.reason; b.stateUntil = fresh.stateUntil; b.since = fresh.since;
  b.refusedBy = fresh.refusedBy; b.wouldBeOut = fresh.wouldBeOut; b.hold = fresh.hold;
}

// The last rates of a pen and its backends, a row of them for each, the newest at its end; the pen's own row is the first. One piece of
// memory for each pen, as there may be a hundred thousand backends.
const row = (rings, place) => rings.subarray(place * POINTS, (place + 1) * POINTS);
function moved(rings, places) {
  const all = new Float32Array((places.length + 1) * POINTS).fill(NaN);
  if (rings) [0, ...places].forEach((from, to) => { if (from >= 0) all.set(row(rings, from), to * POINTS); });
  return all;
}
const ringOf = thing => thing.pen ? row(thing.pen.rings, thing.place) : row(thing.rings, 0);

function takePen(message) {
  const pen = message.pen;
  const before = pens.get(pen.name);
  pen.generation = generation;
  pen.points = message.points;
  pen.sortName = before ? before.sortName : naturally(pen.name);
  pen.backends = pen.backends || [];
  const grown = before ? Math.min(POINTS, Math.max(0, pen.points - before.points)) : 0;
  const known = new Map();
  if (before) for (const b of before.backends) known.set(b.server, b);
  let sent = 0, received = 0, connections = 0, worst = 0;
  const counts = {}, places = [];
  let others = !before || before.backends.length !== pen.backends.length;
  pen.backends = pen.backends.map((fresh, i) => {
    const was = known.get(fresh.server);
    const same = was !== undefined && was.address === fresh.address;
    const b = same ? was : { key: pen.name + ' ' + fresh.server, sortAddress: naturally(fresh.address) };
    if (!same || b.place !== i + 1) others = true;
    places.push(same ? b.place : -1);
    b.place = i + 1;
    const turned = complete && same && was.state !== fresh.state;
    renew(b, fresh);
    b.pen = pen;
    b.hay = null;
    b.rank = rankOf(b.state);
    worst = Math.max(worst, b.rank);
    counts[b.state] = (counts[b.state] || 0) + 1;
    sent += b.sentBytesPerSecond || 0;
    received += b.receivedBytesPerSecond || 0;
    connections += b.connections;
    if (turned) announce(`${pen.name}: ${b.address} is ${b.state}` + (b.reason ? ', ' + b.reason : ''));
    return b;
  });
  if (others) structureChanged = true;
  pen.rings = others ? moved(before && before.rings, places) : before.rings;
  Object.assign(pen, { sent, received, connections, counts, worst });
  if (pen.up) for (let i = 0; i < grown; i++) {
    pen.rings.copyWithin(0, 1);
    pen.rings[POINTS - 1] = sent + received;
    for (const b of pen.backends) pen.rings[(b.place + 1) * POINTS - 1] = (b.sentBytesPerSecond || 0) + (b.receivedBytesPerSecond || 0);
  }
  pen.rank = Math.max(PEN_STATES[pen.state][0], pen.panic ? 6.5 : 0, worst);
  pen.problems = problemsOf(pen);
  if (complete && before && before.state !== pen.state) announce(`pen ${pen.name} is ${PEN_WORDS[pen.state]}`);
  if (complete && before && !before.panic && pen.panic) announce(`pen ${pen.name}: panic, ${pen.panicReason || ''}`);
  pens.set(pen.name, pen);
}

const LEVELS = new Float32Array(128).fill(NaN);
Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/').forEach((letter, i) => { LEVELS[letter.charCodeAt(0)] = i / 63; });

function takeHistory(message) {
  const pen = pens.get(message.name);
  if (!pen) return;
  const bySlot = new Map(message.backends.map(told => [told[0], told]));
  const sum = row(pen.rings, 0).fill(NaN);
  for (const b of pen.backends) {
    const told = bySlot.get(b.server);
    if (!told || told[1] !== b.address) continue;
    const ring = ringOf(b).fill(NaN), first = POINTS - told[3].length;
    for (let i = Math.max(0, first); i < POINTS; i++) {
      const value = LEVELS[told[3].charCodeAt(i - first)] * told[2];
      ring[i] = value;
      sum[i] = (sum[i] || 0) + (value || 0);
    }
  }
}

function takeGone(name) {
  pens.delete(name);
  structureChanged = true;
  announce(`pen ${name} is no longer watched`);
}

// What a person should look at: [level, words, backend or nothing, reason, until].
function problemsOf(pen) {
  const all = [];
  const add = (rank, level, word, reason, backend) => all.push({ pen, rank, level, word, reason, backend, key: pen.name + ' ' + (backend ? backend.server : word) });
  if (pen.state === 'down') add(8, 'bad', 'down', pen.failure ? `${pen.failure.reason}: ${pen.failure.message}` : '');
  if (pen.state === 'stuck') add(7, 'bad', 'stuck', 'answers on its control port and forwards nothing');
  if (pen.panic) add(6.5, 'bad', 'panic', pen.panicReason || 'the agent suspects itself');
  if (pen.up && pen.connectionsLimit > 0 && pen.connections >= 0.9 * pen.connectionsLimit)
    add(5.5, 'warn', 'nearly full', `${count(pen.connections)} of ${count(pen.connectionsLimit)} connections`);
  if (pen.worst >= 2) for (const b of pen.backends) if (b.rank >= 2) add(b.rank, levelOf(b.state), b.state, reasonOf(b), b);
  return all;
}

function reasonOf(b) {
  const parts = [];
  if (b.reason) parts.push(b.reason);
  if (b.wouldBeOut) parts.push('would be ejected, but for the dry run');
  if (b.refusedBy && !b.wouldBeOut) parts.push('kept in by guard ' + b.refusedBy);
  return parts.join('; ');
}
const holdWords = hold => `${hold.kind} by ${hold.owner}: ${hold.reason}`;

// ---------------------------------------------------------------- small pieces of the page

function el(tag, classes, text) {
  const node = document.createElement(tag);
  if (classes) node.className = classes;
  if (text !== undefined) node.textContent = text;
  return node;
}
function link(text, href, classes) { const a = el('a', classes, text); a.setAttribute('href', href); return a; }
const put = (node, text) => { if (node.textContent !== text) node.textContent = text; };
const attr = (node, name, value) => { if (node.getAttribute(name) !== value) value === null ? node.removeAttribute(name) : node.setAttribute(name, value); };
const cls = (node, value) => { if (node.className !== value) node.className = value; };
const show = (node, yes) => { if (node.hidden === yes) node.hidden = !yes; };
const penLink = (name, slot) => '#/pens/' + encodeURIComponent(name) + (slot === undefined ? '' : '/' + slot);

const SVG = 'http://www.w3.org/2000/svg';
function spark() {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${POINTS - 1} 20`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  for (const name of ['area', 'path']) { const p = document.createElementNS(SVG, 'path'); p.setAttribute('class', name); svg.append(p); }
  return svg;
}
function drawSpark(svg, ring) {
  let most = 0;
  for (const value of ring) if (value > most) most = value;
  let line = '', area = '', start = -1;
  for (let i = 0; i <= ring.length; i++) {
    const there = i < ring.length && ring[i] >= 0;
    if (there) {
      const y = most > 0 ? 19 - 18 * ring[i] / most : 19;
      line += (start < 0 ? 'M' : 'L') + i + ' ' + y.toFixed(1);
      if (start < 0) { start = i; area += `M${i} 20`; }
      area += `L${i} ${y.toFixed(1)}`;
    } else if (start >= 0) { area += `L${i - 1} 20Z`; start = -1; }
  }
  if (svg.line !== line) { svg.line = line; svg.children[0].setAttribute('d', area); svg.children[1].setAttribute('d', line); }
}

function meter() {
  const root = el('div', 'meter');
  const track = el('span', 'track');
  track.setAttribute('aria-hidden', 'true');
  root.append(track, el('span', 'num'));
  return root;
}
// parts: [[share 0..1, colour]...]; mark: a share, or nothing.
function drawMeter(root, parts, text, mark) {
  const track = root.children[0];
  show(track, parts.length > 0 || mark !== undefined);
  const signature = JSON.stringify([parts, mark]);
  if (track.signature !== signature) {
    track.signature = signature;
    while (track.querySelectorAll('i').length < parts.length) track.prepend(el('i'));
    const bars = track.querySelectorAll('i');
    bars.forEach((bar, i) => {
      if (i >= parts.length) { bar.remove(); return; }
      bar.style.width = (100 * Math.min(1, parts[i][0])).toFixed(2) + '%';
      cls(bar, parts[i][1]);
    });
    let tick = track.querySelector('b');
    if (mark === undefined) { if (tick) tick.remove(); } else {
      if (!tick) { tick = el('b'); track.append(tick); }
      tick.style.left = (100 * mark).toFixed(2) + '%';
    }
  }
  put(root.children[1], text);
}
const heat = share => share >= 1 ? 'bad' : share >= 0.8 ? 'warn' : 'info';

// ---------------------------------------------------------------- tables of which only what is on screen exists

const chipCell = {
  make: td => { td.append(el('span', 'chip'), document.createTextNode(' '), el('span', 'dim')); },
};
const sparkCell = { make: td => td.append(spark()), draw: (td, thing) => drawSpark(td.firstChild, ringOf(thing)) };
const meterCell = { make: td => td.append(meter()) };
const number = (key, title, text, width, more) => ({ key, title, width, n: true, value: r => r[key] === undefined ? -1 : r[key], draw: (td, r) => put(td, text(r)), ...more });

const connectionsColumn = (limitOf, softOf) => ({
  key: 'connections', title: 'Connections', width: 13, value: r => r.connections, ...meterCell, desc: true,
  draw: (td, r) => {
    const limit = limitOf(r), soft = softOf(r);
    const most = limit || soft || 0;
    const share = most ? r.connections / most : 0;
    drawMeter(td.firstChild, most ? [[share, heat(soft ? r.connections / soft : share)]] : [], most ? `${count(r.connections)} / ${count(most)}` : count(r.connections),
      limit && soft && soft < limit ? soft / limit : undefined);
    attr(td, 'title', `${r.connections} connections` + (soft ? `, soft limit ${soft}` : '') + (limit ? `, limit ${limit}` : '') + (most ? '' : ', no limit'));
  },
});

const PEN_COLUMNS = [
  { key: 'name', title: 'Pen', width: 15, value: p => p.sortName,
    make: td => td.append(link('', '#/', 'name')), draw: (td, p) => { put(td.firstChild, p.name); attr(td.firstChild, 'href', penLink(p.name)); attr(td, 'title', p.listen || p.name); } },
  { key: 'state', title: 'State', width: 15, value: p => p.rank, desc: true, ...chipCell,
    draw: (td, p) => {
      const [chip, , more] = td.childNodes;
      const word = p.panic && p.up ? 'panic' : PEN_WORDS[p.state];
      cls(chip, 'chip ' + (p.panic && p.up ? 'bad' : PEN_STATES[p.state][1]));
      put(chip, word);
      const why = p.panic && p.up ? p.panicReason || '' : p.failure ? `${p.failure.reason}: ${p.failure.message}` : p.up && p.forwards === true ? 'forwards' : '';
      put(more, why); attr(td, 'title', why || null);
    } },
  { key: 'mode', title: 'Acts', width: 9, value: p => ['off', 'observe', 'dry-run', 'enforce'].indexOf(p.remediationMode),
    draw: (td, p) => { put(td, (p.remediationMode || '') + (p.restraint ? ' \u26a0' : '')); attr(td, 'title', p.restraint || null); } },
  { key: 'backends', title: 'Backends', width: 19, value: p => p.backends.length, desc: true, ...meterCell,
    draw: (td, p) => {
      const order = Object.keys(STATES).reverse().filter(s => p.counts[s]);
      drawMeter(td.firstChild, order.map(s => [p.counts[s] / p.backends.length, levelOf(s)]), stateCounts(p.counts, p.backends.length));
      attr(td, 'title', order.map(s => `${p.counts[s]} ${s}`).join(', ') || null);
    } },
  connectionsColumn(p => p.connectionsLimit, () => undefined),
  number('sent', 'To', p => p.up ? rate(p.sent) : '', 8, { desc: true, hint: 'Bytes to backends per second' }),
  number('received', 'From', p => p.up ? rate(p.received) : '', 8, { desc: true, hint: 'Bytes from backends per second' }),
  { key: 'spark', title: 'Traffic', width: 10, fixed: true, ...sparkCell },
  number('polled', 'Polled', p => p.lastSuccess ? ago(p.lastSuccess) : '', 8, { value: p => p.lastSuccess ? now() - Date.parse(p.lastSuccess) : Infinity, desc: true }),
];

function stateCounts(counts, all) {
  if (!all) return '';
  const odd = Object.keys(STATES).filter(s => s !== 'serving' && counts[s]).slice(0, 2).map(s => `${count(counts[s])} ${s}`);
  return odd.length ? `${count(counts.serving || 0)}/${count(all)} \u00b7 ${odd.join(', ')}` : count(all);
}

const BACKEND_COLUMNS = [
  { key: 'pen', title: 'Pen', width: 10, value: b => b.pen.sortName, make: td => td.append(link('', '#/')), draw: (td, b) => { put(td.firstChild, b.pen.name); attr(td.firstChild, 'href', penLink(b.pen.name)); } },
  number('server', 'Slot', b => String(b.server), 5),
  { key: 'address', title: 'Address', width: 15, value: b => b.sortAddress, make: td => { td.append(el('bdi', 'name')); }, draw: (td, b) => { put(td.firstChild, b.address); attr(td, 'title', b.address); } },
  { key: 'state', title: 'State', width: 25, value: b => b.rank, desc: true,
    make: td => td.append(el('span', 'chip'), document.createTextNode(' '), el('span', 'chip info'), document.createTextNode(' '), el('bdi', 'dim')),
    draw: (td, b) => {
      const [chip, , hold, , why] = td.childNodes;
      put(chip, b.state + (b.stateUntil ? ', ' + left(b.stateUntil) : '')); cls(chip, 'chip ' + levelOf(b.state));
      show(hold, Boolean(b.hold)); if (b.hold) put(hold, `held ${b.hold.kind}, ${left(b.hold.until)}`);
      const words = [b.hold ? holdWords(b.hold) : '', reasonOf(b)].filter(Boolean).join('; ');
      put(why, words); attr(td, 'title', words || null);
    } },
  connectionsColumn(b => b.hardLimit, b => b.softLimit),
  number('weight', 'Wt', b => b.weight === undefined ? '' : String(b.weight), 4, { hint: 'Weight' }),
  number('priority', 'Prio', b => b.priority === undefined ? '' : String(b.priority), 4.6, { hint: 'Priority' }),
  number('sent', 'To', b => rate(b.sentBytesPerSecond), 8.2, { hint: 'Bytes to it per second', value: b => b.sentBytesPerSecond || 0, desc: true }),
  number('received', 'From', b => rate(b.receivedBytesPerSecond), 8.6, { hint: 'Bytes from it per second', value: b => b.receivedBytesPerSecond || 0, desc: true }),
  { key: 'spark', title: 'Traffic', width: 8, fixed: true, ...sparkCell },
  { key: 'checks', title: 'Checks', width: 22, value: b => b.checks.map(c => c.standing).sort().join(), make: td => td.append(el('bdi'), document.createTextNode(' '), el('span', 'dim')),
    draw: (td, b) => {
      put(td.firstChild, b.checks.map(checkWords).join('; '));
      put(td.lastChild, b.checks.length === 1 && b.checks[0].lastAt ? ago(b.checks[0].lastAt) : '');
      attr(td, 'title', b.checks.map(c => checkWords(c) + (c.lastAt ? ', ' + ago(c.lastAt) : '')).join('\n') || null);
    } },
];
const CHECK_SIGNS = { up: '\u2713', down: '\u2717', unknown: '?' };
const checkWords = c => `${CHECK_SIGNS[c.standing]} ${c.check}: ${c.message || 'not made yet'}`;

// Whether a hundred thousand backends stand as they should, which they mostly do, is soon told.
function inOrder(rows, value, down) {
  for (let i = 1; i < rows.length; i++) {
    const a = value(rows[i - 1]), b = value(rows[i]);
    if (down ? a < b : a > b) return false;
    if (a === b && rows[i - 1].rowPlace > rows[i].rowPlace) return false;
  }
  return true;
}

class Grid {
  constructor(root, name, label, columns, keyOf, open) {
    Object.assign(this, { root, name, columns, keyOf, open, rows: [], nodes: new Map(), active: null, drawn: 0 });
    this.sort = { key: 'state', down: true };
    this.nextSort = 0;
    const table = el('table', 'grid ' + name);
    const colgroup = el('colgroup');
    const wide = columns.reduce((sum, c) => sum + c.width, 0);
    const heads = el('tr');
    heads.setAttribute('role', 'row');
    for (const c of columns) {
      const col = el('col', 'c-' + c.key);
      col.style.width = (100 * c.width / wide).toFixed(2) + '%';
      colgroup.append(col);
      const th = el('th', 'c-' + c.key + (c.n ? ' n' : ''));
      th.setAttribute('scope', 'col');
      th.setAttribute('role', 'columnheader');
      const button = el('button', '', c.title);
      button.type = 'button';
      if (c.fixed) { button.disabled = true; } else button.addEventListener('click', () => this.sortBy(c.key));
      if (c.hint) th.title = c.hint;
      th.append(button);
      c.head = th;
      heads.append(th);
    }
    const thead = el('thead');
    thead.setAttribute('role', 'rowgroup');
    thead.append(heads);
    this.body = el('tbody');
    this.body.setAttribute('role', 'rowgroup');
    this.above = this.gap();
    this.below = this.gap();
    this.body.append(this.above, this.below);
    table.append(colgroup, thead, this.body);
    table.setAttribute('role', 'table');
    table.setAttribute('aria-label', label);
    table.setAttribute('aria-colcount', String(columns.length));
    this.table = table;
    this.body.addEventListener('click', e => {
      const tr = e.target.closest('tr.row');
      if (!tr || e.target.closest('a') || String(getSelection())) return;
      this.activate(tr.key, false);
      this.open(tr.row);
    });
    this.body.addEventListener('focusin', e => { const tr = e.target.closest('tr.row'); if (tr) this.activate(tr.key, false); });
  }

  gap() {
    const tr = el('tr', 'gap');
    tr.setAttribute('aria-hidden', 'true');
    const td = el('td');
    td.colSpan = this.columns.length;
    tr.append(td);
    return tr;
  }

  sortBy(key, down) {
    const column = this.columns.find(c => c.key === key);
    if (!column) return;
    this.sort = { key, down: down !== undefined ? down : this.sort.key === key ? !this.sort.down : Boolean(column.desc) };
    this.nextSort = 0;
    renderSoon();
  }

  // Sorting many is not cheap, so it is done the more rarely the longer it takes, and rows do not dance while they are read.
  take(rows, again) {
    const began = performance.now();
    if (!again && began < this.nextSort && rows.length === this.rows.length) {
      if (this.source !== rows) {
        if (rows === backends) { this.source = rows; this.nextSort = 0; return this.take(rows, true); }
        const fresh = new Map(rows.map(r => [this.keyOf(r), r]));
        const kept = this.rows.map(r => fresh.get(this.keyOf(r)));
        if (!kept.includes(undefined)) { this.rows = kept; this.source = rows; return; }
      } else return;
    }
    const column = this.columns.find(c => c.key === this.sort.key);
    if (!again && rows === backends && this.source === rows && inOrder(this.rows, column.value, this.sort.down)) {
      this.nextSort = performance.now() + Math.max(900, 20 * (performance.now() - began));
      return;
    }
    const sign = this.sort.down ? -1 : 1;
    const keyed = rows.map((row, i) => ({ row, i, value: column.value(row) }));
    keyed.sort((a, b) => a.value < b.value ? -sign : a.value > b.value ? sign : a.i - b.i);
    this.rows = keyed.map(k => k.row);
    this.source = rows;
    const calm = ['name', 'address', 'state', 'server', 'pen', 'mode', 'weight', 'priority'].includes(this.sort.key) ? 900 : 3000;
    this.nextSort = performance.now() + Math.max(calm, Math.min(5000, 20 * (performance.now() - began)));
  }

  rowHeight() {
    if (!this.height || this.heightFor !== innerWidth) {
      this.height = parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--row')) + (innerWidth > 760 ? 1 : 0);
      this.heightFor = innerWidth;
      const one = this.body.querySelector('tr.row');
      if (one && one.offsetHeight > 8) this.height = one.getBoundingClientRect().height;
    }
    return this.height;
  }

  draw() {
    for (const c of this.columns) attr(c.head, 'aria-sort', c.key === this.sort.key ? (this.sort.down ? 'descending' : 'ascending') : null);
    attr(this.table, 'aria-rowcount', String(this.rows.length + 1));
    const height = this.rowHeight();
    const top = this.body.getBoundingClientRect().top;
    const first = Math.max(0, Math.min(this.rows.length, Math.floor(-top / height) - 6));
    const last = Math.min(this.rows.length, Math.max(first, Math.ceil((innerHeight - top) / height) + 6));
    this.above.firstChild.style.height = first * height + 'px';
    this.below.firstChild.style.height = (this.rows.length - last) * height + 'px';
    show(this.above, first > 0);
    show(this.below, last < this.rows.length);
    const wanted = new Set();
    for (let i = first; i < last; i++) wanted.add(this.keyOf(this.rows[i]));
    const hadFocus = document.activeElement && document.activeElement.closest('tr.row');
    const focusInside = hadFocus && this.body.contains(hadFocus) ? document.activeElement : null;
    this.activeThere = this.active !== null && this.rows.some(r => this.keyOf(r) === this.active);
    const spare = [];
    for (const [key, tr] of this.nodes) if (!wanted.has(key)) { this.nodes.delete(key); spare.push(tr); }
    let place = this.above;
    for (let i = first; i < last; i++) {
      const row = this.rows[i], key = this.keyOf(row);
      let tr = this.nodes.get(key);
      if (!tr) {
        tr = spare.pop() || this.make();
        tr.key = key;
        this.nodes.set(key, tr);
      }
      if (place.nextSibling !== tr) place.after(tr);
      place = tr;
      this.fill(tr, row, i);
    }
    for (const tr of spare) tr.remove();
    if (focusInside && focusInside.isConnected && document.activeElement !== focusInside && focusInside.closest('tr.row').key === this.active) focusInside.focus({ preventScroll: true });
    this.drawn = last - first;
  }

  make() {
    const tr = el('tr', 'row');
    tr.setAttribute('role', 'row');
    for (const c of this.columns) {
      const td = el('td', 'c-' + c.key + (c.n ? ' n' : ''));
      td.setAttribute('role', 'cell');
      if (c.make) c.make(td);
      tr.append(td);
    }
    return tr;
  }

  fill(tr, row, i) {
    tr.row = row;
    attr(tr, 'aria-rowindex', String(i + 2));
    const first = this.activeThere ? tr.key === this.active : i === 0;
    attr(tr, 'tabindex', first ? '0' : '-1');
    attr(tr, 'aria-selected', tr.key === this.selected ? 'true' : null);
    this.columns.forEach((c, k) => c.draw(tr.children[k], row));
  }

  activate(key, focus) {
    this.active = key;
    for (const tr of this.nodes.values()) attr(tr, 'tabindex', tr.key === key ? '0' : '-1');
    if (focus) { const tr = this.nodes.get(key); if (tr) tr.focus(); }
  }

  move(by) {
    if (!this.rows.length) return;
    const at = this.rows.findIndex(r => this.keyOf(r) === this.active);
    const focused = document.activeElement && document.activeElement.closest('tr.row');
    this.reveal(Math.max(0, Math.min(this.rows.length - 1, at < 0 || !focused ? Math.max(0, at) : at + by)));
  }

  reveal(to) {
    if (to < 0) return;
    const height = this.rowHeight();
    const top = this.body.getBoundingClientRect().top;
    const y = top + to * height;
    const head = document.querySelector('header').getBoundingClientRect().bottom;
    if (y < Math.max(0, head) + 4) scrollBy(0, y - Math.max(0, head) - 60);
    else if (y + height > innerHeight - 4) scrollBy(0, y + height - innerHeight + 30);
    this.active = this.keyOf(this.rows[to]);
    this.draw();
    this.activate(this.active, true);
  }
}

const penGrid = new Grid($('grid'), 'pens', 'Pens', PEN_COLUMNS, p => p.name, p => { location.hash = penLink(p.name); });
const backendGrid = new Grid($('grid'), 'backends', 'Backends of all pens', BACKEND_COLUMNS, b => b.key, b => { location.hash = penLink(b.pen.name, b.server); });
const onePenGrid = new Grid($('grid'), 'backends', 'Backends of this pen', BACKEND_COLUMNS.slice(1).map(c => ({ ...c })), b => b.key,
  b => { location.hash = penLink(b.pen.name, onePenGrid.selected === b.key ? undefined : b.server); });

// ---------------------------------------------------------------- where we are

const only = new URLSearchParams(location.search).getAll('pen');
let view = { name: 'pens' };
function readView() {
  const parts = location.hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(part => { try { return decodeURIComponent(part); } catch { return part; } });
  if (parts[0] === 'pens' && parts[1]) view = { name: 'pen', pen: parts[1], slot: parts[2] === undefined ? null : Number(parts[2]) };
  else if (parts[0] === 'backends' || parts[0] === 'decisions') view = { name: parts[0] };
  else if (only.length === 1) view = { name: 'pen', pen: only[0], slot: null };
  else view = { name: 'pens' };
}
let shownPen = null;
function navigated() {
  const before = view;
  readView();
  const samePen = before.name === 'pen' && view.name === 'pen' && before.pen === view.pen;
  for (const a of $('views').children) attr(a, 'aria-current', a.dataset.view === view.name ? 'page' : null);
  const grid = gridOf();
  show($('rows'), Boolean(grid));
  if (grid && grid.table.parentNode !== $('grid')) {
    $('grid').replaceChildren(grid.table);
    fillSort(grid);
  }
  if (view.name === 'pen' && shownPen !== view.pen) {
    shownPen = view.pen;
    $('clients-rows').replaceChildren();
    put($('clients-show'), 'Show');
    fetchDecisions(view.pen);
  }
  if (grid) { grid.nextSort = 0; grid.height = 0; }
  if (before.name !== view.name || !samePen && view.name === 'pen') {
    scrollTo(0, 0);
    if (view.name === 'pen') $('pen-head').focus({ preventScroll: true });
  }
  render();
  if (before.name === 'pen' && view.name === 'pens') { penGrid.reveal(penGrid.rows.findIndex(p => p.name === before.pen)); }
}
const gridOf = () => view.name === 'pens' ? penGrid : view.name === 'backends' ? backendGrid : view.name === 'pen' ? onePenGrid : null;
function fillSort(grid) {
  $('sort').replaceChildren(...grid.columns.filter(c => !c.fixed).map(c => { const o = el('option', '', c.title); o.value = c.key; return o; }));
  $('sort').value = grid.sort.key;
}
$('sort').addEventListener('change', () => { const c = gridOf().columns.find(c => c.key === $('sort').value); gridOf().sortBy(c.key, Boolean(c.desc)); });

// ---------------------------------------------------------------- drawing

let asked = false, later = 0;
function renderSoon() {
  if (asked || document.hidden) return;
  asked = true;
  requestAnimationFrame(() => { asked = false; clearTimeout(later); later = 0; render(); });
}
// What comes over the line is drawn four times a second at most, and less often where drawing takes long.
let cost = 0;
function dataSoon() { if (!later) later = setTimeout(renderSoon, Math.max(complete ? 250 : 1000, 10 * cost)); }
let scrolled = false;
function scrollSoon() {
  if (scrolled) return;
  scrolled = true;
  requestAnimationFrame(() => { scrolled = false; const grid = gridOf(); if (grid) grid.draw(); });
}

const words = () => $('filter').value.toLowerCase().split(/\s+/).filter(Boolean);
const backendHay = b => b.hay || (b.hay = `${b.pen.name} ${b.address} ${b.state} ${b.reason || ''} ${b.hold ? 'held ' + b.hold.kind + ' ' + b.hold.owner : ''}`.toLowerCase());
const penHay = p => p.haystack || (p.haystack = `${p.name} ${p.listen || ''} ${PEN_WORDS[p.state]} ${p.remediationMode || ''} ${p.panic ? 'panic' : ''} ${p.backends.map(backendHay).join(' ')}`.toLowerCase());
const filtered = (rows, hay) => { const all = words(); return all.length ? rows.filter(r => { const text = hay(r); return all.every(word => text.includes(word)); }) : rows; };

let lastFilter = '';
function render() {
  const began = performance.now();
  if (structureChanged) {
    const sorted = [...pens.values()].sort((a, b) => a.sortName < b.sortName ? -1 : a.sortName > b.sortName ? 1 : 0);
    order = sorted.map(pen => pen.name);
    backends = [];
    for (const pen of sorted) for (const b of pen.backends) { b.rowPlace = backends.length; backends.push(b); }
    structureChanged = false;
  }
  const refiltered = lastFilter !== $('filter').value;
  lastFilter = $('filter').value;
  drawBanners();
  drawSummary();
  drawAttention();
  drawPen();
  const grid = gridOf();
  if (grid) {
    const pen = pens.get(view.pen);
    const rows = view.name === 'pens' ? filtered(order.map(name => pens.get(name)), penHay)
      : view.name === 'backends' ? filtered(backends, backendHay) : filtered(pen ? pen.backends : [], backendHay);
    const all = view.name === 'pens' ? pens.size : view.name === 'backends' ? backends.length : pen ? pen.backends.length : 0;
    grid.take(rows, refiltered);
    grid.selected = view.name === 'pen' && view.slot !== null ? view.pen + ' ' + view.slot : null;
    put($('rows-head'), (view.name === 'pens' ? 'Pens' : 'Backends') + (rows.length === all ? ` (${count(all)})` : ` (${count(rows.length)} of ${count(all)})`));
    show($('empty'), complete && rows.length === 0);
    put($('empty'), all ? 'Nothing matches the filter.' : view.name === 'pen' && pen && !pen.up ? 'This pen does not answer, so nothing is shown of its backends.' : 'There is nothing here.');
    grid.draw();
  }
  drawAgents();
  drawDecisions();
  cost = performance.now() - began;
}

function drawBanners() {
  let killed = null, panics = [];
  for (const pen of pens.values()) {
    if (pen.killSwitch) killed = pen;
    if (pen.panic) panics.push(pen);
  }
  show($('kill'), Boolean(killed));
  if (killed) put($('kill'), 'Kill switch: all pens are only observed, until it is lifted. No backend is taken out, leases run out.');
  show($('panic'), panics.length > 0);
  if (panics.length) {
    put($('panic'), `Panic: the agent suspects itself and takes nothing out of ${panics.length === pens.size && pens.size > 1 ? 'any pen' : panics.slice(0, 3).map(p => p.name).join(', ') + (panics.length > 3 ? ` and ${count(panics.length - 3)} more` : '')}: ${panics[0].panicReason || ''}`);
  }
}

// Pens that other agents watch; their numbers are on those agents' pages.
let sharers = null, sharersDrawn = '';
const MOST_ELSEWHERE = 200;
function linkTo(address, hash) {
  const place = el(/^[\w.:[\]-]+$/.test(address) ? 'a' : 'span', '', address);
  if (place.tagName === 'A') place.href = `${location.protocol}//${address}/${hash}`;
  return place;
}
function drawAgents() {
  show($('agents'), Boolean(sharers) && view.name === 'pens');
  const key = JSON.stringify([sharers, $('filter').value]);
  if (!sharers || view.name !== 'pens' || key === sharersDrawn) return;
  sharersDrawn = key;
  const load = {};
  for (const pen in sharers.elsewhere) load[sharers.elsewhere[pen]] = (load[sharers.elsewhere[pen]] || 0) + 1;
  $('agents-where').replaceChildren(...sharers.agents.map(address => {
    const here = address === sharers.here, item = el('span', '', '');
    const many = here ? pens.size : load[address] || 0;
    item.append(here ? address : linkTo(address, ''), ` ${count(many)} ${many === 1 ? 'pen' : 'pens'}${here ? ', this page' : ''}`);
    return item;
  }));
  const found = filtered(Object.keys(sharers.elsewhere), pen => `${pen} ${sharers.elsewhere[pen]}`.toLowerCase());
  $('agents-pens').replaceChildren(...found.slice(0, MOST_ELSEWHERE).map(pen => {
    const item = el('div'), owner = el('dd');
    owner.append(linkTo(sharers.elsewhere[pen], '#/pens/' + encodeURIComponent(pen)));
    item.append(el('dt', '', pen), owner);
    return item;
  }));
  show($('agents-more'), found.length > MOST_ELSEWHERE);
  put($('agents-more'), `And ${count(found.length - MOST_ELSEWHERE)} more: filter for one.`);
}

const tiles = {};
function tile(key, title, withSpark) {
  if (!tiles[key]) {
    const root = el('div', 'tile');
    root.append(el('h3', '', title), el('p', 'big'), el('p', 'small'));
    if (withSpark) { root.classList.add('drawn'); root.append(spark()); }
    $('summary').append(root);
    tiles[key] = root;
  }
  return tiles[key];
}
function drawSummary() {
  show($('summary'), pens.size > 0 && view.name !== 'pen');
  if (view.name === 'pen') return;
  let up = 0, connections = 0, limit = 0, sent = 0, received = 0, all = 0;
  const counts = {};
  for (const p of pens.values()) {
    if (p.up) { up++; connections += p.connections; limit += p.connectionsLimit || 0; sent += p.sent; received += p.received; }
    all += p.backends.length;
    for (const s in p.counts) counts[s] = (counts[s] || 0) + p.counts[s];
  }
  let t = tile('pens', 'Pens');
  put(t.children[1], up === pens.size ? count(up) : `${count(up)} / ${count(pens.size)}`);
  put(t.children[2], up === pens.size ? 'all answer' : `${count(pens.size - up)} without an answer`);
  t = tile('backends', 'Backends');
  const odd = Object.keys(STATES).filter(s => s !== 'serving' && counts[s]);
  put(t.children[1], odd.length ? `${count(counts.serving || 0)} / ${count(all)}` : count(all));
  put(t.children[2], odd.length ? odd.map(s => `${count(counts[s])} ${s}`).join(', ') : 'all serving');
  t = tile('connections', 'Connections');
  put(t.children[1], count(connections));
  put(t.children[2], limit ? `of ${count(limit)}` : '');
  t = tile('traffic', 'Traffic, last minutes', true);
  put(t.children[1], rate(sent + received));
  put(t.children[2], `${rate(sent)} to, ${rate(received)} from backends`);
  drawTraffic(t.lastChild);
}

// A point of it stands for two seconds.
let trafficDrawn = 0;
function drawTraffic(svg) {
  if (performance.now() - trafficDrawn < 1500 && pens.size > 100) return;
  trafficDrawn = performance.now();
  const sum = new Float32Array(POINTS).fill(NaN);
  for (const p of pens.values()) for (let i = 0; i < POINTS; i++) { const value = p.rings[i]; if (value >= 0) sum[i] = (sum[i] || 0) + value; }
  drawSpark(svg, sum);
}

const SHOWN_PROBLEMS = 6, MOST_PROBLEMS = 100;
let allProblems = false;
const problemNodes = new Map();
function drawAttention() {
  const inView = view.name === 'pen' ? [pens.get(view.pen)].filter(Boolean) : [...pens.values()];
  let total = 0, list = [];
  for (const pen of pens.values()) for (const p of pen.problems) if (p.rank > 2) total++;
  for (const pen of inView) for (const p of pen.problems) list.push(p);
  const killed = [...pens.values()].some(p => p.killSwitch) ? 1 : 0;
  const title = (total + killed ? `(${total + killed}) ` : '') + (view.name === 'pen' ? view.pen + ' - ' : '') + 'pen-agent';
  if (document.title !== title) document.title = title;
  list.sort((a, b) => b.rank - a.rank || (a.pen.sortName < b.pen.sortName ? -1 : a.pen.sortName > b.pen.sortName ? 1 : 0));
  show($('attention'), complete && inView.length > 0 && view.name !== 'decisions' && view.name !== 'backends');
  attr($('attention'), 'data-level', list.length === 0 ? 'ok' : list[0].level === 'bad' ? 'bad' : 'warn');
  put($('attention-head'), list.length ? `Needs attention (${count(list.length)})` : view.name === 'pen' ? '\u2713 Nothing needs attention' : `\u2713 All is well: nothing needs attention`);
  const shown = list.slice(0, allProblems ? MOST_PROBLEMS : SHOWN_PROBLEMS);
  const keys = new Set(shown.map(p => p.key));
  for (const [key, li] of problemNodes) if (!keys.has(key)) { li.remove(); problemNodes.delete(key); }
  let place = null;
  for (const p of shown) {
    let li = problemNodes.get(p.key);
    if (!li) {
      li = el('li');
      li.append(el('span', 'chip'), link('', '#/', 'who'), el('span', 'why'));
      problemNodes.set(p.key, li);
    }
    const [chip, who, why] = li.children;
    cls(chip, 'chip ' + p.level);
    put(chip, p.word + (p.backend && p.backend.stateUntil ? ', ' + left(p.backend.stateUntil) : ''));
    put(who, p.backend ? `${p.pen.name} \u203a ${p.backend.address}` : p.pen.name);
    attr(who, 'href', penLink(p.pen.name, p.backend ? p.backend.server : undefined));
    put(why, p.reason + (p.backend && p.backend.since && p.word !== 'ejected' ? `${p.reason ? ', ' : ''}for ${span(now() - Date.parse(p.backend.since))}` : ''));
    const after = place ? place.nextSibling : $('attention-list').firstChild;
    if (after !== li) $('attention-list').insertBefore(li, after);
    place = li;
  }
  show($('attention-more'), list.length > SHOWN_PROBLEMS);
  put($('attention-more'), allProblems ? (list.length > MOST_PROBLEMS ? `Show fewer (the worst ${MOST_PROBLEMS} are here; the table has all)` : 'Show fewer') : `Show ${count(list.length - SHOWN_PROBLEMS)} more`);
}
$('attention-more').addEventListener('click', () => { allProblems = !allProblems; render(); });

function facts(root, pairs) {
  const shown = pairs.filter(([, value]) => value !== undefined && value !== '' && value !== null);
  while (root.children.length > shown.length) root.lastChild.remove();
  while (root.children.length < shown.length) { const div = el('div'); div.append(el('dt'), el('dd')); root.append(div); }
  shown.forEach(([title, value, wide], i) => { const div = root.children[i]; cls(div, wide ? 'wide' : ''); put(div.children[0], title); put(div.children[1], String(value)); });
}

function drawPen() {
  const one = view.name === 'pen';
  show($('pen'), one);
  const pen = one ? pens.get(view.pen) : undefined;
  show($('clients'), Boolean(pen));
  const b = pen && view.slot !== null ? pen.backends.find(x => x.server === view.slot) : undefined;
  show($('detail'), Boolean(b));
  if (!one) return;
  attr($('pen-back'), 'href', only.length ? location.pathname : '#/');
  if (!pen) { put($('pen-head'), complete ? `No pen is called ${view.pen}` : view.pen); facts($('pen-facts'), []); return; }
  put($('pen-head'), pen.name);
  facts($('pen-facts'), [
    ['State', PEN_WORDS[pen.state] + (pen.up && pen.forwards ? ', forwards' : '')],
    ['Why', pen.failure ? `${pen.failure.reason}: ${pen.failure.message}` : '', true],
    ['This agent', pen.remediationMode && (pen.remediationMode + (pen.restraint ? ` (${pen.restraint})` : ''))],
    ['May still leave', pen.remediationMode === 'enforce' ? `${pen.budget} of ${pen.backends.length}` : ''],
    ['Listens on', pen.listen], ['Control port', pen.control], ['Picks backends', pen.mode],
    ['Connections', pen.up ? count(pen.connections) + (pen.connectionsLimit ? ` of ${count(pen.connectionsLimit)}` : '') : ''],
    ['Clients seen lately', pen.recentClients === undefined ? '' : count(pen.recentClients) + (pen.clientsLimit ? ` (remembers ${count(pen.clientsLimit)})` : '')],
    ['Avoids a failed backend for', pen.blacklistSeconds === undefined ? '' : pen.blacklistSeconds + ' s'],
    ['To / from backends', pen.up ? `${rate(pen.sent)} / ${rate(pen.received)}` : ''],
    ['Last answer', pen.lastSuccess ? ago(pen.lastSuccess) + `, took ${(1000 * pen.pollSeconds).toFixed(1)} ms` : ''],
    ['Polls', count(pen.polls)], ['Restarts seen', pen.restarts === undefined ? '' : count(pen.restarts)],
    ['Time spent on this agent', pen.controlOccupancy === undefined ? '' : (100 * pen.controlOccupancy).toFixed(2) + ' %'],
    ['Foreign blacklists', pen.foreignBlacklists],
  ]);
  show($('clients-show'), Boolean(hello.showClients));
  if (!hello.showClients && !$('clients-rows').firstChild) $('clients-rows').append(el('p', 'dim', 'Not shown: web.show-clients is off.'));
  if (b) drawDetail(b);
}

function drawDetail(b) {
  const root = $('detail');
  if (!root.firstChild) {
    const head = el('div', 'head');
    const h = el('h2'); h.id = 'detail-head';
    head.append(h, link('Close', '#/'));
    root.append(head, el('dl', 'facts'));
  }
  put($('detail-head'), `Slot ${b.server}: ${b.address}`);
  attr(root.firstChild.lastChild, 'href', penLink(b.pen.name));
  facts(root.children[1], [
    ['State', b.state + (b.stateUntil ? ', ' + left(b.stateUntil) : '')],
    ['Since', b.since ? `${clock(b.since)}, ${ago(b.since)}` : ''],
    ['Why', reasonOf(b), true],
    ['Held', b.hold ? `${holdWords(b.hold)}, ${left(b.hold.until)}` : '', true],
    ...b.checks.map(c => [`Check ${c.check}`, `${c.standing}: ${c.message}` + (c.lastSeconds !== undefined ? `, took ${(1000 * c.lastSeconds).toFixed(1)} ms` : '') + (c.lastAt ? `, ${ago(c.lastAt)}` : ''), true]),
    ['Connections', count(b.connections)], ['Soft limit', b.softLimit || 'none'], ['Hard limit', b.hardLimit || 'none'],
    ['Weight', b.weight], ['Priority', b.priority],
    ['To it', `${bytes(b.sentBytes)}, ${rate(b.sentBytesPerSecond)}`], ['From it', `${bytes(b.receivedBytes)}, ${rate(b.receivedBytesPerSecond)}`],
  ]);
}

const decisionNodes = new Map();
const DECISION_LEVELS = { failing: 'bad', panic: 'bad', eject: 'warn', renew: 'warn', lost: 'warn', flapping: 'warn', twin: 'warn', healthy: 'ok', return: 'ok', lift: 'ok', calm: 'ok' };
let decisionsChanged = true, decisionsView = '';
function drawDecisions() {
  const about = view.name === 'pen' ? view.pen : null;
  // Below a long table nobody would find them.
  const here = view.name !== 'backends' && (view.name !== 'pens' || pens.size <= 25);
  show($('decisions'), here);
  if (!here) return;
  const most = view.name === 'pens' ? 8 : 100;
  const filter = view.name === 'decisions' ? words() : [];
  const signature = [view.name, about, filter.join(' ')].join('|');
  if (decisionsChanged || decisionsView !== signature) {
    decisionsChanged = false;
    decisionsView = signature;
    const list = [...decisions.values()].filter(d => (about === null || d.pen === about)
      && filter.every(word => `${d.pen} ${d.address || ''} ${d.decision} ${d.evidence}`.toLowerCase().includes(word))).sort((a, b) => b.id - a.id);
    const times = joinRenewals(list);
    list.length = Math.min(most, list.length);
    const keys = new Set(list.map(d => d.id));
    for (const d of list) if (d.times !== (times.get(d.id) || 1)) { d.times = times.get(d.id) || 1; decisionNodes.get(d.id)?.remove(); decisionNodes.delete(d.id); }
    for (const [id, li] of decisionNodes) if (!keys.has(id)) { li.remove(); decisionNodes.delete(id); }
    let place = null;
    for (const d of list) {
      let li = decisionNodes.get(d.id);
      if (!li || li.decision !== d) {
        const fresh = decisionNode(d);
        if (li) { const open = li.querySelector('details'); if (open && open.open && fresh.querySelector('details')) fresh.querySelector('details').open = true; li.replaceWith(fresh); }
        li = fresh;
        decisionNodes.set(d.id, li);
      }
      const after = place ? place.nextSibling : $('decisions-list').firstChild;
      if (after !== li) $('decisions-list').insertBefore(li, after);
      place = li;
    }
    show($('decisions-empty'), list.length === 0);
    put($('decisions-empty'), decisions.size ? 'None that match.' : 'Nothing was decided yet.');
  }
  for (const li of decisionNodes.values()) put(li.querySelector('time'), ago(li.decision.time));
}

// That a lease was renewed again and again is one line; says how often.
function joinRenewals(list) {
  const times = new Map(), latest = new Map();
  let kept = 0;
  for (const d of list) {
    const about = d.pen + ' ' + d.server;
    const newer = latest.get(about);
    if (newer && newer.decision === 'renew' && d.decision === 'renew' && Boolean(newer.refusedBy) === Boolean(d.refusedBy)) { times.set(newer.id, (times.get(newer.id) || 1) + 1); continue; }
    latest.set(about, d);
    list[kept++] = d;
  }
  list.length = kept;
  return times;
}

function decisionNode(d) {
  const li = el('li');
  li.decision = d;
  const top = el('div', 'top');
  const time = el('time');
  time.dateTime = d.time;
  time.title = new Date(d.time).toLocaleString();
  top.append(el('span', 'chip ' + (DECISION_LEVELS[d.decision] || ''), d.decision.replaceAll('_', ' ') + (d.times > 1 ? ` \u00d7${d.times}` : '')));
  if (d.pen) top.append(link(d.pen, penLink(d.pen)));
  if (d.address) top.append(el('bdi', 'name', d.address));
  const refused = d.refusedBy ? (d.refusedBy === 'mode' && d.mode === 'dry-run' ? 'dry run: would do it' : 'refused by ' + d.refusedBy) : '';
  if (refused) top.append(el('span', 'chip info', refused));
  if (d.outcome) top.append(el('span', 'chip ' + (d.outcome === 'confirmed' || d.outcome === 'written' ? 'ok' : 'warn'), d.outcome.replaceAll('_', ' ')));
  top.append(time);
  li.append(top);
  const why = [d.decision === 'healthy' ? 'was failing: ' + d.evidence : d.evidence, d.leaseSeconds ? `lease ${d.leaseSeconds} s` : '', d.seen].filter(Boolean).join('; ');
  li.append(el('p', 'why dim', why));
  if (d.guards && d.guards.length) {
    const details = el('details');
    const no = d.guards.filter(g => !g.passes).length;
    details.append(el('summary', '', `${d.guards.length} guard${d.guards.length > 1 ? 's' : ''} asked, ${no ? no + ' refused' : 'all agree'}`));
    const list = el('ul', 'guards');
    for (const g of d.guards) list.append(el('li', g.passes ? '' : 'no', `${g.passes ? '\u2713' : '\u2717'} ${g.guard}: ${g.words}`));
    details.append(list);
    li.append(details);
  }
  return li;
}

function takeDecision(d) {
  decisions.set(d.id, d);
  decisionsChanged = true;
  if (decisions.size > 400) for (const id of [...decisions.keys()].sort((a, b) => a - b).slice(0, decisions.size - 300)) decisions.delete(id);
}
async function fetchDecisions(pen) {
  try {
    const answer = await fetch('api/v1/decisions?limit=100&pen=' + encodeURIComponent(pen));
    if (!answer.ok) return;
    for (const d of (await answer.json()).decisions) if (!decisions.has(d.id)) takeDecision(d);
    renderSoon();
  } catch { /* The stream tells of lost lines. */ }
}

$('clients-show').addEventListener('click', async () => {
  const name = view.pen, root = $('clients-rows');
  try {
    const answer = await fetch('api/v1/pens/' + encodeURIComponent(name));
    const pen = await answer.json();
    if (view.pen !== name) return;
    put($('clients-show'), 'Show anew');
    const rows = pen.clients || [];
    if (!rows.length) { root.replaceChildren(el('p', 'dim', pen.recentClients ? `${count(pen.recentClients)} seen, none listed: recent-clients.top says how many are.` : 'None were seen.')); return; }
    const table = el('table', 'plaintable');
    const head = el('tr');
    for (const [title, n] of [['Client', ''], ['Connections', 'n'], ['Sent to it', 'n'], ['Received', 'n']]) { const th = el('th', n, title); th.scope = 'col'; head.append(th); }
    table.append(head);
    for (const c of rows) { const tr = el('tr'); tr.append(el('td', '', c.address), el('td', 'n', count(c.connections)), el('td', 'n', bytes(c.sentBytes)), el('td', 'n', bytes(c.receivedBytes))); table.append(tr); }
    root.replaceChildren(table, el('p', 'dim', `${count(rows.length)} of ${count(pen.recentClients)} clients, as of ${clock(now())}`));
  } catch (e) { root.replaceChildren(el('p', 'dim', 'They could not be had: ' + e.message)); }
});

// ---------------------------------------------------------------- said aloud, a few at a time

let said = [];
function announce(text) { said.push(text); }
setInterval(() => {
  if (!said.length) return;
  const few = said.slice(0, 3), more = said.length - few.length;
  said = [];
  const p = el('p', '', few.join('. ') + (more ? `. And ${more} more changes.` : '.'));
  $('live').append(p);
  while ($('live').children.length > 5) $('live').firstChild.remove();
}, 2000);

// ---------------------------------------------------------------- the line to the agent

let source = null, heard = Date.now(), broken = null, retry = 0, timer = 0;
function connect() {
  clearTimeout(timer);
  if (source) source.close();
  heard = Date.now();
  source = new EventSource('api/v1/events' + (only.length ? '?' + only.map(p => 'pen=' + encodeURIComponent(p)).join('&') : ''));
  const on = (name, take) => source.addEventListener(name, e => { heard = Date.now(); take(JSON.parse(e.data)); });
  on('hello', h => {
    hello = h;
    generation++;
    complete = false;
    takeClock(h.now);
    decisions.clear();
    put($('version'), `pen-agent ${h.version}`);
  });
  on('pen', m => { takePen(m); dataSoon(); });
  on('history', m => { takeHistory(m); dataSoon(); });
  on('gone', m => { takeGone(m.name); dataSoon(); });
  on('decision', d => { takeDecision(d); dataSoon(); });
  on('agents', a => { sharers = a.agents.length > 1 || Object.keys(a.elsewhere).length ? a : null; dataSoon(); });
  on('beat', b => takeClock(b.now));
  on('complete', () => {
    for (const [name, pen] of pens) if (pen.generation !== generation) pens.delete(name);
    structureChanged = true;
    complete = true;
    retry = 0;
    mend();
    if (view.name === 'pen') fetchDecisions(view.pen);
    navigated();
  });
  source.onerror = () => { lose(); if (source.readyState === EventSource.CLOSED) again(); };
}
function again() {
  clearTimeout(timer);
  timer = setTimeout(connect, Math.min(10_000, 500 * 2 ** retry++));
}
function lose() {
  if (broken === null) { broken = heard; announce('The line to the agent is broken, what is shown is old'); }
  watch();
}
function mend() {
  if (broken !== null) announce('The line to the agent is back');
  broken = null;
  watch();
}
function watch() {
  const lost = broken !== null;
  document.body.classList.toggle('stale', lost);
  attr($('line'), 'data-state', lost ? 'broken' : complete ? 'live' : 'connecting');
  put($('line-text'), lost ? 'no live data' : complete ? 'live' : 'connecting');
  show($('stale'), lost);
  // The age would be read out each second, so it is not in the alert's name.
  if (lost) put($('stale'), `No live data since ${clock(broken)}: what you see is old. Trying again by itself.`);
}
setInterval(() => {
  if (Date.now() - heard > SILENCE && (!source || source.readyState !== EventSource.CLOSED)) { lose(); heard = Date.now() - SILENCE + 5000; connect(); }
  watch();
  renderSoon();
}, 1000);

// ---------------------------------------------------------------- hands

$('filter').addEventListener('input', renderSoon);
document.addEventListener('keydown', e => {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  const typing = e.target.matches('input, select, textarea');
  const grid = gridOf();
  if (e.key === '/' && !typing) { e.preventDefault(); $('filter').focus(); $('filter').select(); }
  else if (e.key === 'Escape') {
    if ($('filter').value) { $('filter').value = ''; renderSoon(); $('filter').blur(); }
    else if (e.target === $('filter')) $('filter').blur();
    else if (view.name === 'pen') { if (view.slot === null && only.length) location.href = location.pathname; else location.hash = view.slot !== null ? penLink(view.pen) : '#/'; }
    else if (view.name !== 'pens') location.hash = '#/';
  } else if ((e.key === 'ArrowDown' || e.key === 'ArrowUp') && grid && (!typing || e.target === $('filter'))) { e.preventDefault(); grid.move(e.key === 'ArrowDown' ? 1 : -1); }
  else if ((e.key === 'Home' || e.key === 'End') && grid && e.target.closest('tr.row')) { e.preventDefault(); grid.move(e.key === 'Home' ? -grid.rows.length : grid.rows.length); }
  else if (e.key === 'Enter' && grid && e.target.matches('tr.row')) { e.preventDefault(); grid.open(e.target.row); }
});
addEventListener('hashchange', navigated);
addEventListener('scroll', scrollSoon, { passive: true });
addEventListener('resize', () => { for (const g of [penGrid, backendGrid, onePenGrid]) g.height = 0; renderSoon(); });
document.addEventListener('visibilitychange', () => { watch(); renderSoon(); });

// A page about one pen hears of that one alone; every way out of it is to the page about all.
if (only.length) for (const a of document.querySelectorAll('#views a, h1 a')) a.setAttribute('href', location.pathname + a.getAttribute('href'));
navigated();
connect();
