'use strict';

/** Stalls on a time line with one lane for each cause, and as a table whose rows open. */
class StallsView {
  static SHOWN = 10;
  /** A click selects a bar within this distance, in px. */
  static NEAR = 8;

  /** @param {HTMLElement} section */
  constructor(section) {
    this.summary = dom.el('p', {class: 'summary'});
    this.calm = dom.el('p', {class: 'calm'});
    this.lanes = dom.el('div', {class: 'lanes'});
    this.laneList = new dom.List(this.lanes, (/** @type {Lane} */ lane) => lane.cause, (lane) => this.lane(lane));
    this.more = dom.el('button', {type: 'button', class: 'more', on: {click: () => this.toggleAll()}});
    this.table = new OpeningTable({
      to: 'stall', caption: 'Stalls, newest first', firstTitle: 'Cause and site', keyOf: (/** @type {Stall} */ stall) => stall.id, nameOf: (stall) => stall.id,
      first: (stall) => stallName(stall), detail: (stall) => new StallDetail(stall),
      columns: [
        OpeningTable.text('When', (/** @type {Stall} */ stall) => format.clock(stall.start), 'number'),
        OpeningTable.text('Lasted', (/** @type {Stall} */ stall) => (stall.ongoing ? `${format.duration(stall.duration)}\u2026` : format.duration(stall.duration)), 'number strong'),
        OpeningTable.text('Loop', (/** @type {Stall} */ stall) => stall.loop, 'mono wide'),
        OpeningTable.text('Waiting', (/** @type {Stall} */ stall) => format.count(stall.waiting), 'number medium'),
        OpeningTable.text('Harm', (/** @type {Stall} */ stall) => format.harm(stall.harm), 'number medium'),
      ],
    });
    section.append(dom.el('div', {class: 'section-head'}, dom.el('h2', {id: 'stalls-title', text: 'Stalls'}), this.summary), this.calm, this.lanes, this.table.element, this.more);
    this.all = false;
    /** @type {string | null} */
    this.cause = null;
    /** @type {Picture | null} */
    this.picture = null;
    document.addEventListener('themechange', () => this.picture && this.update(this.picture));
    new ResizeObserver(() => this.picture && this.update(this.picture)).observe(this.lanes);
  }

  /** @param {Picture} picture */
  update(picture) {
    this.picture = picture;
    const {stalls} = picture;
    const any = stalls.length > 0;
    dom.show(this.calm, !any);
    dom.text(this.calm, picture.loops.length === 0 ? 'Without a loop there is no stall.' : 'No loop stalled in this time range.');
    for (const part of [this.lanes, this.table.element]) dom.show(part, any);
    dom.text(this.summary, any ? `${format.plural(stalls.length, 'stall')}, ${format.duration(stalls.reduce((sum, stall) => sum + stall.duration, 0))} in all` : '');
    const lanes = lanesOf(stalls);
    if (this.cause && !lanes.some(({cause}) => cause === this.cause)) this.cause = null;
    this.laneList.update(lanes);
    const wanted = stalls.filter((stall) => !this.cause || stall.cause === this.cause);
    const shown = this.all ? wanted : wanted.filter((stall, index) => index < StallsView.SHOWN || this.table.opened.has(stall.id));
    this.table.update(shown, picture);
    dom.show(this.more, any && wanted.length > StallsView.SHOWN);
    dom.text(this.more, this.all ? `Show the newest ${StallsView.SHOWN}` : `Show all ${format.count(wanted.length)} ${this.cause ? palette.cause(this.cause).name : ''} stalls`.replace('  ', ' '));
  }

  toggleAll() {
    this.all = !this.all;
    if (this.picture) this.update(this.picture);
  }

  /** @param {Lane} lane */
  lane(lane) {
    const {name, meaning} = palette.cause(lane.cause);
    const count = dom.el('span', {class: 'lane-count'});
    const button = dom.el('button', {type: 'button', class: 'lane-name', title: meaning, on: {click: () => this.filter(lane.cause)}}, palette.causeBadge(lane.cause), dom.el('span', {text: name, 'aria-hidden': 'true'}));
    const canvas = /** @type {HTMLCanvasElement} */ (dom.el('canvas', {class: 'lane', 'aria-hidden': 'true'}));
    /** @type {Bar[]} */
    let bars = [];
    const at = (/** @type {PointerEvent} */ event) => nearest(bars, event.clientX - canvas.getBoundingClientRect().left);
    canvas.addEventListener('click', (event) => {
      const bar = at(/** @type {PointerEvent} */ (event));
      if (!bar) return;
      this.reveal(bar.stall.id);
      router.opened('stall', bar.stall.id);
    });
    canvas.addEventListener('pointermove', (event) => {
      const bar = at(event);
      canvas.style.cursor = bar ? 'pointer' : '';
      if (bar) tip.show({x: event.clientX, y: event.clientY}, `${name}, ${format.duration(bar.stall.duration)}`, stallTip(bar.stall));
      else tip.hide();
    });
    canvas.addEventListener('pointerleave', tip.hide);
    const update = (/** @type {Lane} */ next) => {
      dom.text(count, `${format.count(next.stalls.length)} \u00d7, ${format.duration(next.total)}`);
      dom.attribute(button, 'aria-pressed', String(this.cause === lane.cause));
      bars = this.draw(canvas, next);
    };
    return {element: dom.el('div', {class: 'lane-row'}, button, canvas, count), update};
  }

  /** @param {string} cause */
  filter(cause) {
    this.cause = this.cause === cause ? null : cause;
    if (this.picture) this.update(this.picture);
  }

  /** @param {HTMLCanvasElement} canvas @param {Lane} lane @returns {Bar[]} the place of each stall */
  draw(canvas, lane) {
    const picture = /** @type {Picture} */ (this.picture);
    const scale = Math.min(2, window.devicePixelRatio || 1);
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (width === 0) return [];
    if (canvas.width !== Math.round(width * scale)) canvas.width = Math.round(width * scale);
    if (canvas.height !== Math.round(height * scale)) canvas.height = Math.round(height * scale);
    const context = canvas.getContext('2d');
    if (!context) return [];
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    const letter = palette.cause(lane.cause).letter;
    const perMs = width / (picture.columns * picture.step);
    context.font = '600 11px system-ui, sans-serif';
    context.textBaseline = 'middle';
    const color = palette.color(`cause-${letter.toLowerCase()}`);
    const ink = palette.color('on-cause');
    const edge = palette.color('surface');
    return lane.stalls.map((stall) => {
      const left = Math.max(0, (stall.start - picture.from) * perMs);
      const right = Math.min(width, Math.max(left + 4, (stall.start + stall.duration - picture.from) * perMs));
      // 100 ms fills a third of the lane's height, 10 s all of it
      const tall = height * Math.min(1, Math.max(0.34, 0.34 + Math.log10(Math.max(stall.duration, 1) / 100) * 0.33));
      context.fillStyle = color;
      context.fillRect(left, height - tall, right - left, tall);
      context.strokeStyle = this.table.opened.has(stall.id) ? palette.color('text') : edge;
      context.strokeRect(left + 0.5, height - tall + 0.5, right - left - 1, tall - 1);
      if (right - left > 14 && tall > 12) {
        context.fillStyle = ink;
        context.fillText(letter, left + 4, height - tall / 2);
      }
      return {left, right, stall};
    });
  }

  /** @param {string} id @returns {boolean} */
  reveal(id) {
    const picture = this.picture;
    const stall = picture?.stalls.find((stall) => stall.id === id);
    if (!picture || !stall) return false;
    if (this.cause && this.cause !== stall.cause) this.cause = null;
    this.table.opened.add(id);
    this.update(picture);
    return this.table.reveal(id);
  }
}

/**
 * @typedef {{cause: string, stalls: Stall[], total: number}} Lane
 * @typedef {{left: number, right: number, stall: Stall}} Bar
 */

/** @param {Stall[]} stalls @returns {Lane[]} in the fixed order of the causes, so that a lane keeps its place */
function lanesOf(stalls) {
  const order = Object.keys(palette.CAUSES);
  const causes = [...new Set(stalls.map(({cause}) => cause))].sort((a, b) => (order.indexOf(a) + 1 || 99) - (order.indexOf(b) + 1 || 99));
  return causes.map((cause) => {
    const members = stalls.filter((stall) => stall.cause === cause);
    return {cause, stalls: members, total: members.reduce((sum, {duration}) => sum + duration, 0)};
  });
}

/** @param {Bar[]} bars @param {number} x @returns {Bar | null} */
function nearest(bars, x) {
  const distance = (/** @type {Bar} */ bar) => Math.max(bar.left - x, x - bar.right, 0);
  const best = bars.reduce((/** @type {Bar | null} */ found, bar) => (found && distance(found) <= distance(bar) ? found : bar), null);
  return best && distance(best) <= StallsView.NEAR ? best : null;
}

/** @param {Stall} stall @returns {[string, string][]} */
function stallTip(stall) {
  /** @type {[string, string][]} */
  const rows = [['at', format.clock(stall.start)], ['loop', stall.loop]];
  if (stall.site) rows.push(['site', format.site(stall.site)]);
  if (stall.waiting) rows.push(['waiting', format.count(stall.waiting)]);
  return rows;
}

/** @param {Stall} stall @returns {{content: HTMLElement, update: (stall: Stall) => void}} */
function stallName(stall) {
  const what = dom.el('span', {class: 'name-what'});
  const where = dom.el('span', {class: 'name-where mono'});
  const update = (/** @type {Stall} */ next) => {
    dom.text(what, next.api ?? palette.cause(next.cause).name);
    dom.text(where, next.site ? format.site(next.site) : 'no code is to blame');
    dom.attribute(where, 'data-blamed', next.site !== null);
  };
  return {content: dom.el('span', {class: 'name'}, palette.causeBadge(stall.cause), dom.el('span', {class: 'name-lines'}, where, what)), update};
}
