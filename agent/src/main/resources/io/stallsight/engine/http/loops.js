'use strict';

/**
 * The lag of every loop over time as a strip of colours: one row for each loop, by loop group. Arrow keys move through loops and time, Enter opens. Pauses of the whole process are one row
 * above them; a lag that they explain is grey in the rows of the loops.
 */
class LoopsView {
  /** Above this number of loops the rows are thin. */
  static MANY = 24;
  /** A loop counts as late for this many columns (docs/api.md). */
  static LATE_COLUMNS = 5;
  /** A late column is at least this wide, in px: one second of five minutes has less than one px on a telephone. */
  static MIN_MARK = 3;
  /** A pause of the process is looked for behind a lag of at least this, in ms. */
  static NOTABLE_MS = 10;

  /** @param {HTMLElement} section */
  constructor(section) {
    this.heat = new palette.Heat();
    this.summary = dom.el('p', {class: 'summary'});
    this.legend = legend();
    this.groups = dom.el('div', {class: 'strip'});
    this.cursor = dom.el('div', {class: 'strip-cursor', hidden: true});
    this.pauseRow = new PauseRow();
    this.groups.append(this.pauseRow.element, this.cursor);
    this.axis = dom.el('p', {class: 'axis', 'aria-hidden': 'true'}, dom.el('span'), dom.el('span'), dom.el('span'));
    this.empty = dom.el('div', {class: 'empty'}, dom.el('p', {class: 'empty-title', text: 'Stallsight has seen no event loop yet.'}),
      dom.el('p', {text: 'A loop appears when its thread first works after the start of the agent. If this service has loops and has had requests, the agent does not know its framework: name the threads with the option threads, as in threads=my-loop-*. A service without event loops has no loop to block; its pools are below.'}));
    this.keys = dom.el('p', {class: 'hint keys', text: 'Arrow keys move through loops and time, Enter opens a loop.'});
    this.panel = dom.el('div', {class: 'panel', hidden: true});
    section.append(
      dom.el('div', {class: 'section-head'}, dom.el('h2', {id: 'loops-title', text: 'Loops'}), this.summary, this.legend), this.empty, this.groups, this.axis, this.keys, this.panel);
    /** @type {Map<string, {button: HTMLElement, canvas: HTMLCanvasElement, marks: HTMLCanvasElement, loop: Loop}>} */
    this.rows = new Map();
    /** Those of the whole process. @type {Pause[]} */
    this.pauses = [];
    /** How many letters at the end of each name differ from the others of its group. @type {Map<string, number>} */
    this.tails = new Map();
    /** Width of a strip in px. */
    this.width = 0;
    new ResizeObserver(() => this.picture && this.groups.clientWidth !== this.seenWidth && this.update(this.picture)).observe(this.groups);
    this.seenWidth = 0;
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
    this.pauses = pauses.ofProcess(picture.stalls);
    this.seenWidth = this.groups.clientWidth;
    this.pauseRow.update(this.pauses, picture);
    dom.show(this.empty, loops.length === 0);
    for (const part of [this.groups, this.axis, this.legend, this.keys]) dom.show(part, loops.length > 0);
    this.groups.classList.toggle('many', loops.length > LoopsView.MANY);
    dom.text(this.summary, summary(loops, picture.left?.loops ?? 0));
    this.list.update(groups);
    const width = this.rows.values().next().value?.canvas.clientWidth ?? 0;
    if (width !== this.width) {
      // rows are painted as they are made, and only then is there a width
      this.width = width;
      for (const {canvas, marks, loop} of this.rows.values()) this.paint(canvas, marks, loop);
    }
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
    const title = dom.el('h3', {class: 'strip-title'}, dom.el('span', {class: 'mono', names: group.name}));
    const state = dom.el('span', {class: 'strip-state'});
    title.append(state);
    const rows = dom.el('ul', {class: 'strip-rows'});
    const list = new dom.List(rows, (/** @type {Loop} */ loop) => loop.id, (loop) => this.row(loop));
    const update = (/** @type {LoopGroup} */ next) => {
      dom.text(state, summary(next.loops, 0));
      this.tails = tailsOf(next.loops.map(({id}) => id));
      list.update(next.loops);
    };
    return {element: dom.el('div', {class: 'strip-group'}, title, rows), update};
  }

  /** @param {Loop} loop */
  row(loop) {
    const symbol = dom.el('span', {class: 'state-symbol', 'aria-hidden': 'true'});
    const head = dom.el('span', {class: 'strip-head'});
    const tail = dom.el('span', {class: 'strip-tail'});
    const name = dom.el('span', {class: 'strip-name', title: loop.id}, head, tail);
    const marks = /** @type {HTMLCanvasElement} */ (dom.el('canvas', {class: 'marks', width: '1', height: '1', 'aria-hidden': 'true'}));
    const canvas = /** @type {HTMLCanvasElement} */ (dom.el('canvas', {class: 'cells', width: '1', height: '1', 'aria-hidden': 'true'}));
    const value = dom.el('span', {class: 'strip-value'});
    const button = dom.el('button', {type: 'button', class: 'strip-row', tabindex: '-1', on: {click: () => this.toggle(loop.id)}}, symbol, name, dom.el('span', {class: 'band'}, canvas, marks), value);
    const entry = {button, canvas, marks, loop};
    this.rows.set(loop.id, entry);
    const update = (/** @type {Loop} */ next) => {
      entry.loop = next;
      dom.attribute(button, 'data-state', next.state);
      dom.text(symbol, palette.STATES[next.state].symbol);
      dom.text(value, stateText(next));
      dom.attribute(button, 'aria-expanded', String(this.detail?.id === next.id));
      dom.attribute(button, 'aria-label', `${next.id}: ${palette.STATES[next.state].word}, lag at most ${format.duration(next.lagMax)}, busy ${format.percent(next.utilization)}, ${format.count(next.pending)} pending`);
      const length = this.tails.get(next.id) ?? next.id.length;
      dom.text(head, next.id.slice(0, next.id.length - length));
      dom.text(tail, next.id.slice(next.id.length - length));
      this.paint(canvas, marks, next);
    };
    return {element: dom.el('li', {}, button), update};
  }

  /** @param {HTMLCanvasElement} canvas one pixel for each column @param {HTMLCanvasElement} marks late columns, wide enough to be seen @param {Loop} loop */
  paint(canvas, marks, loop) {
    const picture = /** @type {Picture} */ (this.picture);
    const lag = loop.series?.lagMax;
    const width = Math.max(1, lag?.length ?? 1);
    if (canvas.width !== width) canvas.width = width;
    const context = canvas.getContext('2d');
    if (!context || !lag) return;
    const threshold = picture.process.stallThreshold ?? 100;
    const explained = pauses.explaining(picture, this.pauses, loop.id);
    const image = context.createImageData(width, 1);
    const pixels = new Uint32Array(image.data.buffer);
    /** @type {[number, number][]} */
    const late = [];
    for (let index = 0; index < width; index++) {
      const value = lag[index];
      const isPause = value !== null && value >= LoopsView.NOTABLE_MS && explained(index, value) !== null;
      pixels[index] = isPause ? this.heat.paused : this.heat.pixel(value);
      if (value !== null && value > threshold && !isPause) late.push([index, value]);
    }
    context.putImageData(image, 0, 0);
    this.mark(marks, late, width);
  }

  /** @param {HTMLCanvasElement} canvas @param {[number, number][]} late column and lag @param {number} columns */
  mark(canvas, late, columns) {
    const {width} = this;
    if (width === 0) return;
    if (canvas.width !== width) canvas.width = width;
    const context = canvas.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, width, 1);
    const column = width / columns;
    if (column >= LoopsView.MIN_MARK) return;
    // the latest on top, where two share pixels
    for (const [index, lag] of late.sort(([, a], [, b]) => a - b)) {
      context.fillStyle = this.heat.css(lag);
      context.fillRect(Math.min(width - LoopsView.MIN_MARK, Math.round((index + 0.5) * column - LoopsView.MIN_MARK / 2)), 0, LoopsView.MIN_MARK, 1);
    }
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
    const pause = of('lagMax') >= LoopsView.NOTABLE_MS ? pauses.explaining(picture, this.pauses, loop.id)(column, of('lagMax')) : null;
    tip.show(at, `${loop.id} at ${format.clock(picture.from + column * picture.step)}`, of('lagMax') === null ? [['unknown', '']] : [
      ...(pause ? [/** @type {[string, string]} */ (['the whole process', palette.cause(pause.cause).name])] : []), ['lag, longest', format.duration(of('lagMax'))], ['lag, p99', format.duration(of('lagP99'))], ['busy', format.percent(of('utilization'))],
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

/**
 * Names of one group differ most often at their end, which a narrow row would cut.
 *
 * @param {string[]} names @returns {Map<string, number>} the number of letters after what all names begin with; all letters if there is one name
 */
function tailsOf(names) {
  let common = names.length > 1 ? names[0] : '';
  for (const name of names) while (!name.startsWith(common)) common = common.slice(0, -1);
  // a number is not cut: "thread-1" and "thread-10" differ in "1" and "10"
  common = common.replace(/[\p{L}\p{N}]+$/u, '');
  return new Map(names.map((name) => [name, name.length - common.length]));
}

/** One row for the pauses of the whole process: in the rows of all loops they would look like a fault of each. */
class PauseRow {
  constructor() {
    this.canvas = /** @type {HTMLCanvasElement} */ (dom.el('canvas', {class: 'marks', role: 'img'}));
    this.value = dom.el('span', {class: 'pause-value'});
    this.element = dom.el('div', {class: 'pause-row', hidden: true}, dom.el('span'), dom.el('a', {class: 'pause-name', href: '#stalls', text: 'process', title: 'Garbage collections, safepoints and waits for a CPU stop all loops at once; no code on a loop is to blame'}),
      dom.el('span', {class: 'band'}, this.canvas), this.value);
    /** @type {{left: number, right: number, pause: Pause}[]} */
    this.bars = [];
    this.canvas.addEventListener('pointermove', (event) => {
      const x = event.clientX - this.canvas.getBoundingClientRect().left;
      const bar = this.bars.find(({left, right}) => x >= left - 2 && x <= right + 2);
      if (bar) tip.show({x: event.clientX, y: event.clientY}, `${palette.cause(bar.pause.cause).name}, ${format.duration(bar.pause.duration)}`, pauseTip(bar.pause));
      else tip.hide();
    });
    this.canvas.addEventListener('pointerleave', tip.hide);
  }

  /** @param {Pause[]} all @param {Picture} picture */
  update(all, picture) {
    dom.show(this.element, all.length > 0 && picture.loops.length > 0);
    if (this.element.hidden) return;
    const longest = all.reduce((longest, pause) => (pause.duration > longest.duration ? pause : longest));
    dom.text(this.value, format.duration(longest.duration));
    dom.attribute(this.canvas, 'aria-label', `${format.plural(all.length, 'pause')} of the whole process, the longest ${format.duration(longest.duration)} at ${format.clock(longest.start)}: ${palette.cause(longest.cause).name}`);
    const width = Math.max(1, this.canvas.clientWidth);
    if (this.canvas.width !== width) this.canvas.width = width;
    this.canvas.height = 1;
    const context = this.canvas.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, width, 1);
    const perMs = width / (picture.columns * picture.step);
    this.bars = all.map((pause) => {
      const left = Math.max(0, (pause.start - picture.from) * perMs);
      const right = Math.min(width, Math.max(left + LoopsView.MIN_MARK, (pause.start + pause.duration - picture.from) * perMs));
      context.fillStyle = palette.color(`cause-${palette.cause(pause.cause).letter.toLowerCase()}`);
      context.fillRect(left, 0, right - left, 1);
      return {left, right, pause};
    });
  }
}

/** @returns {HTMLElement} the colours and the lag that each stands for */
function legend() {
  const labels = ['0.1 ms', '1', '10', '100 ms', '1 s', '10 s'];
  return dom.el('p', {class: 'heat-legend', role: 'img', 'aria-label': 'The colour shows the longest lag of a column: blue is 0.1 milliseconds, yellow 100 milliseconds, red 10 seconds'},
    dom.el('span', {class: 'heat-title', text: 'longest lag'}), dom.el('span', {class: 'heat-bar'}), dom.el('span', {class: 'heat-labels'}, ...labels.map((label) => dom.el('span', {text: label}))));
}
