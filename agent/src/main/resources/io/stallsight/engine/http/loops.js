'use strict';

/** The lag of every loop over time as a strip of colours: one row for each loop, by loop group. Arrow keys move through loops and time, Enter opens. */
class LoopsView {
  /** Above this number of loops the rows are thin. */
  static MANY = 24;
  /** A loop counts as late for this many columns (docs/api.md). */
  static LATE_COLUMNS = 5;

  /** @param {HTMLElement} section */
  constructor(section) {
    this.heat = new palette.Heat();
    this.summary = dom.el('p', {class: 'summary'});
    this.legend = legend();
    this.groups = dom.el('div', {class: 'strip'});
    this.cursor = dom.el('div', {class: 'strip-cursor', hidden: true});
    this.groups.append(this.cursor);
    this.axis = dom.el('p', {class: 'axis', 'aria-hidden': 'true'}, dom.el('span'), dom.el('span'), dom.el('span'));
    this.empty = dom.el('div', {class: 'empty'}, dom.el('p', {class: 'empty-title', text: 'Stallsight has seen no event loop yet.'}),
      dom.el('p', {text: 'A loop appears when its thread first works after the start of the agent. If this service has loops and has had requests, the agent does not know its framework: name the threads with the option threads, as in threads=my-loop-*. A service without event loops has no loop to block; its pools are below.'}));
    this.keys = dom.el('p', {class: 'hint keys', text: 'Arrow keys move through loops and time, Enter opens a loop.'});
    this.panel = dom.el('div', {class: 'panel', hidden: true});
    section.append(
      dom.el('div', {class: 'section-head'}, dom.el('h2', {id: 'loops-title', text: 'Loops'}), this.summary, this.legend), this.empty, this.groups, this.axis, this.keys, this.panel);
    /** @type {Map<string, {button: HTMLElement, canvas: HTMLCanvasElement, loop: Loop}>} */
    this.rows = new Map();
    this.list = new dom.List(this.groups, (/** @type {LoopGroup} */ group) => group.name, (group) => this.group(group));
    /** @type {Picture | null} */
    this.picture = null;
    /** @type {LoopDetail | null} */
    this.detail = null;
    this.column = -1;
    this.groups.addEventListener('pointermove', (event) => this.point(event));
    this.groups.addEventListener('pointerleave', () => this.unpoint());
    this.groups.addEventListener('keydown', (event) => this.key(event));
    this.groups.addEventListener('focusout', () => this.unpoint());
    document.addEventListener('themechange', () => {
      this.heat = new palette.Heat();
      if (this.picture) this.update(this.picture);
    });
  }

  /** @param {Picture} picture */
  update(picture) {
    this.picture = picture;
    const {loops} = picture;
    const groups = grouped(loops);
    dom.show(this.empty, loops.length === 0);
    for (const part of [this.groups, this.axis, this.legend, this.keys]) dom.show(part, loops.length > 0);
    this.groups.classList.toggle('many', loops.length > LoopsView.MANY);
    dom.text(this.summary, summary(loops, picture.left?.loops ?? 0));
    this.list.update(groups);
    for (const id of this.rows.keys()) if (!loops.some((loop) => loop.id === id)) this.rows.delete(id);
    if (![...this.rows.values()].some(({button}) => button.tabIndex === 0)) this.rows.values().next().value?.button.setAttribute('tabindex', '0');
    const [first, middle, last] = [...this.axis.children];
    dom.text(first, format.clock(picture.from));
    dom.text(middle, format.clock((picture.from + pictures.end(picture)) / 2));
    dom.text(last, picture.source === 'live' ? 'now' : format.clock(pictures.end(picture)));
    this.detail?.update(picture);
  }

  /** @param {LoopGroup} group */
  group(group) {
    const title = dom.el('h3', {class: 'strip-title'}, dom.el('span', {class: 'mono', text: group.name}));
    const state = dom.el('span', {class: 'strip-state'});
    title.append(state);
    const rows = dom.el('ul', {class: 'strip-rows'});
    const list = new dom.List(rows, (/** @type {Loop} */ loop) => loop.id, (loop) => this.row(loop));
    const update = (/** @type {LoopGroup} */ next) => {
      dom.text(state, summary(next.loops, 0));
      list.update(next.loops);
    };
    return {element: dom.el('div', {class: 'strip-group'}, title, rows), update};
  }

  /** @param {Loop} loop */
  row(loop) {
    const symbol = dom.el('span', {class: 'state-symbol', 'aria-hidden': 'true'});
    const digits = loop.group.indexOf('#');
    const short = digits > 0 && loop.id.startsWith(loop.group.slice(0, digits)) ? loop.id.slice(digits) : loop.id;
    const name = dom.el('span', {class: 'strip-name'}, dom.el('span', {class: 'long', text: loop.id}), dom.el('span', {class: 'short', text: short}));
    const canvas = /** @type {HTMLCanvasElement} */ (dom.el('canvas', {class: 'cells', width: '1', height: '1', 'aria-hidden': 'true'}));
    const value = dom.el('span', {class: 'strip-value'});
    const button = dom.el('button', {type: 'button', class: 'strip-row', tabindex: '-1', on: {click: () => this.toggle(loop.id)}}, symbol, name, canvas, value);
    const entry = {button, canvas, loop};
    this.rows.set(loop.id, entry);
    const update = (/** @type {Loop} */ next) => {
      entry.loop = next;
      dom.attribute(button, 'data-state', next.state);
      dom.text(symbol, palette.STATES[next.state].symbol);
      dom.text(value, stateText(next));
      dom.attribute(button, 'aria-expanded', String(this.detail?.id === next.id));
      dom.attribute(button, 'aria-label', `${next.id}: ${palette.STATES[next.state].word}, lag at most ${format.duration(next.lagMax)}, busy ${format.percent(next.utilization)}, ${format.count(next.pending)} pending`);
      this.paint(canvas, next.series?.lagMax);
    };
    return {element: dom.el('li', {}, button), update};
  }

  /** @param {HTMLCanvasElement} canvas @param {Column | undefined} lag */
  paint(canvas, lag) {
    const width = Math.max(1, lag?.length ?? 1);
    if (canvas.width !== width) canvas.width = width;
    const context = canvas.getContext('2d');
    if (!context || !lag) return;
    const image = context.createImageData(width, 1);
    const pixels = new Uint32Array(image.data.buffer);
    for (let index = 0; index < width; index++) pixels[index] = this.heat.pixel(lag[index]);
    context.putImageData(image, 0, 0);
  }

  /** @param {string} id */
  toggle(id) {
    if (this.detail?.id === id) this.close();
    else {
      this.open(id);
      router.opened('loop', id);
    }
  }

  /** @param {string} id @returns {boolean} */
  open(id) {
    if (!this.picture?.loops.some((loop) => loop.id === id)) return false;
    this.detail?.destroy();
    this.detail = new LoopDetail(id, () => this.close());
    this.panel.replaceChildren(this.detail.element);
    this.panel.hidden = false;
    this.update(this.picture);
    return true;
  }

  close() {
    const id = this.detail?.id;
    this.detail?.destroy();
    this.detail = null;
    this.panel.hidden = true;
    if (id === undefined) return;
    router.closed('loop', id);
    const button = this.rows.get(id)?.button;
    button?.setAttribute('aria-expanded', 'false');
    button?.focus({preventScroll: true});
  }

  /** @param {string} id @returns {boolean} */
  reveal(id) {
    if (!this.open(id)) return false;
    this.detail?.heading.focus({preventScroll: true});
    this.panel.scrollIntoView({block: 'nearest', behavior: motion.behavior()});
    return true;
  }

  /** @param {PointerEvent} event */
  point(event) {
    const button = /** @type {Element} */ (event.target).closest('.strip-row');
    const entry = [...this.rows.values()].find((row) => row.button === button);
    if (!entry || !this.picture) return this.unpoint();
    const box = entry.canvas.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * this.picture.columns);
    if (column < 0 || column >= this.picture.columns) return this.unpoint();
    this.describe(entry, column, {x: event.clientX, y: event.clientY});
  }

  /** @param {{canvas: HTMLCanvasElement, loop: Loop}} entry @param {number} column @param {{x: number, y: number}} at */
  describe({canvas, loop}, column, at) {
    const picture = /** @type {Picture} */ (this.picture);
    const box = canvas.getBoundingClientRect();
    const of = (/** @type {string} */ name) => loop.series?.[name]?.[column] ?? null;
    this.cursor.style.transform = `translateX(${box.left - this.groups.getBoundingClientRect().left + ((column + 0.5) / picture.columns) * box.width}px)`;
    this.cursor.hidden = false;
    tip.show(at, `${loop.id} at ${format.clock(picture.from + column * picture.step)}`, of('lagMax') === null ? [['unknown', '']] : [
      ['lag, longest', format.duration(of('lagMax'))], ['lag, p99', format.duration(of('lagP99'))], ['busy', format.percent(of('utilization'))],
      ['pending', format.count(of('pending'))], ['ticks', format.count(of('ticks'))]]);
  }

  unpoint() {
    this.column = -1;
    this.cursor.hidden = true;
    tip.hide();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const buttons = /** @type {HTMLElement[]} */ ([...this.groups.querySelectorAll('.strip-row')]);
    const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (at < 0 || !this.picture) return;
    const to = {ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: buttons.length - 1}[event.key];
    const step = {ArrowLeft: -1, ArrowRight: 1}[event.key];
    if (to === undefined && step === undefined) return;
    event.preventDefault();
    const column = this.column;
    const button = buttons[Math.max(0, Math.min(buttons.length - 1, to ?? at))];
    if (to !== undefined) {
      buttons[at].tabIndex = -1;
      button.tabIndex = 0;
      button.focus();
      this.column = column;
    } else {
      this.column = Math.max(0, Math.min(this.picture.columns - 1, (column < 0 ? this.picture.columns : column) + (step ?? 0)));
    }
    const entry = [...this.rows.values()].find((row) => row.button === button);
    if (!entry || this.column < 0) return;
    const box = entry.canvas.getBoundingClientRect();
    this.describe(entry, this.column, {x: box.left + ((this.column + 0.5) / this.picture.columns) * box.width, y: box.bottom});
  }
}

/** @param {Loop} loop @returns {string} the worst number of the loop: how long it has been stuck, or how late it was in the columns that make it late */
function stateText(loop) {
  if (loop.state === 'gone') return 'gone';
  if (loop.state === 'stuck') return `stuck ${roughly(loop.runningFor)}`;
  if (loop.state === 'unknown') return 'not known';
  if (loop.state === 'free') return format.duration(loop.lagMax);
  const recent = (loop.series?.lagMax ?? []).slice(-LoopsView.LATE_COLUMNS).map((lag) => lag ?? 0);
  return `late ${roughly(Math.max(loop.lagMax ?? 0, ...recent))}`;
}

/** @param {number | null} ms @returns {string} short enough for the end of a strip */
function roughly(ms) {
  return ms !== null && ms >= 60_000 ? format.age(ms) : format.duration(ms);
}

/** @typedef {{name: string, loops: Loop[]}} LoopGroup */

/** @param {Loop[]} loops @returns {LoopGroup[]} by name, so that no row changes its place; groups without a living loop come last */
function grouped(loops) {
  /** @type {Map<string, Loop[]>} */
  const groups = new Map();
  for (const loop of loops) groups.set(loop.group, [...(groups.get(loop.group) ?? []), loop]);
  const order = new Intl.Collator('en', {numeric: true});
  const gone = (/** @type {LoopGroup} */ group) => Number(group.loops.every((loop) => loop.state === 'gone'));
  return [...groups].map(([name, members]) => ({name, loops: members.sort((a, b) => order.compare(a.id, b.id))})).sort((a, b) => gone(a) - gone(b) || order.compare(a.name, b.name));
}

/** @param {Loop[]} loops @param {number} left @returns {string} "64 loops: 1 stuck, 2 late, 61 free" */
function summary(loops, left) {
  if (loops.length === 0) return '';
  const parts = ['stuck', 'late', 'free', 'unknown', 'gone'].map((state) => ({state, count: loops.filter((loop) => loop.state === state).length})).filter(({count}) => count > 0);
  const all = parts.length === 1 ? `${format.plural(loops.length, 'loop')}, ${loops.length > 1 ? 'all ' : ''}${palette.STATES[parts[0].state].word}` : `${format.plural(loops.length, 'loop')}: ${parts.map(({state, count}) => `${count} ${palette.STATES[state].word}`).join(', ')}`;
  return left > 0 ? `${all}; ${format.count(left)} more are not shown` : all;
}

/** @returns {HTMLElement} the colours and the lag that each stands for */
function legend() {
  const labels = ['0.1 ms', '1', '10', '100 ms', '1 s', '10 s'];
  return dom.el('p', {class: 'heat-legend', role: 'img', 'aria-label': 'The colour shows the longest lag of a column: blue is 0.1 milliseconds, yellow 100 milliseconds, red 10 seconds'},
    dom.el('span', {class: 'heat-title', text: 'longest lag'}), dom.el('span', {class: 'heat-bar'}), dom.el('span', {class: 'heat-labels'}, ...labels.map((label) => dom.el('span', {text: label}))));
}
