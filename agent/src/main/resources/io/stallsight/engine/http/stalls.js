'use strict';

/**
 * Stalls on a time line with one lane for each cause, and as a table of groups: those of one cause and site are one row, which opens to its stalls.
 */
class StallsView {
  static SHOWN = 10;
  /** A click selects a bar within this distance, in px. */
  static NEAR = 8;

  /** @param {HTMLElement} section */
  constructor(section) {
    this.summary = dom.el('p', {class: 'summary'});
    this.calm = dom.el('p', {class: 'calm'});
    this.filter = /** @type {HTMLInputElement} */ (dom.el('input', {type: 'search', placeholder: 'Filter stalls', 'aria-label': 'Filter stalls', autocomplete: 'off', spellcheck: 'false', on: {input: () => this.again()}}));
    this.lanes = dom.el('div', {class: 'lanes'});
    this.laneList = new dom.List(this.lanes, (/** @type {Lane} */ lane) => lane.cause, (lane) => this.lane(lane));
    this.more = dom.el('button', {type: 'button', class: 'more', on: {click: () => this.toggleAll()}});
    this.table = new OpeningTable({
      to: 'stalls', caption: 'Stalls by cause and site. Those that code is to blame for come first, by their total time', firstTitle: 'Cause and site', keyOf: (/** @type {StallGroup} */ group) => group.key,
      nameOf: (group) => group.key, first: (group) => groupName(group), detail: () => new StallGroupDetail(), onSort: () => this.again(),
      columns: [
        OpeningTable.number('Times', (/** @type {StallGroup} */ group) => group.times, format.count),
        OpeningTable.text('Longest', (/** @type {StallGroup} */ group) => format.duration(group.longest), 'number', (group) => group.longest),
        OpeningTable.text('Total', (/** @type {StallGroup} */ group) => `${format.duration(group.total)}${group.ongoing ? '\u2026' : ''}`, 'number strong', (group) => group.total),
        OpeningTable.number('Loops', (/** @type {StallGroup} */ group) => group.loops, format.count, 'number wide'),
        OpeningTable.number('Waiting', (/** @type {StallGroup} */ group) => group.waiting, format.count, 'number wide'),
        OpeningTable.number('Harm', (/** @type {StallGroup} */ group) => group.harm, format.harm, 'number medium'),
        OpeningTable.text('Last', (/** @type {StallGroup} */ group) => format.clock(group.last), 'number medium', (group) => group.last),
      ],
    });
    section.append(dom.el('div', {class: 'section-head'}, dom.el('h2', {id: 'stalls-title', text: 'Stalls'}), this.summary, this.filter), this.calm, this.lanes, this.table.element, this.more);
    this.all = false;
    /** @type {string | null} */
    this.cause = null;
    /** @type {Picture | null} */
    this.picture = null;
    document.addEventListener('themechange', () => this.again());
    new ResizeObserver(() => this.again()).observe(this.lanes);
  }

  again() {
    if (this.picture) this.update(this.picture);
  }

  /** @param {Picture} picture */
  update(picture) {
    this.picture = picture;
    const {stalls} = picture;
    const any = stalls.length > 0;
    const left = picture.left?.stalls ?? 0;
    dom.text(this.summary, any ? `${format.plural(stalls.length, 'stall')}, ${format.duration(stalls.reduce((sum, stall) => sum + stall.duration, 0))} in all${left > 0 ? `; ${format.count(left)} older ones are not shown` : ''}` : '');
    const lanes = lanesOf(stalls);
    if (this.cause && !lanes.some(({cause}) => cause === this.cause)) this.cause = null;
    dom.show(this.lanes, any);
    this.laneList.update(lanes);
    const words = this.filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = stalls.filter((stall) => (!this.cause || stall.cause === this.cause) && matches(words, stall.site, stall.api, stall.loop, stall.group, palette.cause(stall.cause).name, stall.id));
    const groups = this.table.inOrder(groupsOf(wanted));
    const shown = groups.filter((group, index) => this.all || words.length > 0 || index < StallsView.SHOWN || this.table.opened.has(group.key));
    dom.show(this.calm, groups.length === 0);
    dom.text(this.calm, any ? `None of ${format.plural(stalls.length, 'stall')} has "${this.filter.value}".` : picture.loops.length === 0 ? 'Without a loop there is no stall.' : 'No loop stalled in this time range.');
    dom.show(this.table.element, groups.length > 0);
    dom.show(this.filter, stalls.length > 3 || words.length > 0);
    this.table.update(shown, picture);
    dom.show(this.more, words.length === 0 && groups.length > StallsView.SHOWN);
    dom.text(this.more, this.all ? `Show the first ${StallsView.SHOWN}` : `Show all ${format.count(groups.length)} causes and sites`);
  }

  toggleAll() {
    this.all = !this.all;
    this.again();
  }

  /** @param {Lane} lane */
  lane(lane) {
    const {name, meaning} = palette.cause(lane.cause);
    const count = dom.el('span', {class: 'lane-count'});
    const button = dom.el('button', {type: 'button', class: 'lane-name', title: `${meaning}. A click shows only these`, on: {click: () => this.only(lane.cause)}}, palette.causeBadge(lane.cause), dom.el('span', {text: name, 'aria-hidden': 'true'}));
    const canvas = /** @type {HTMLCanvasElement} */ (dom.el('canvas', {class: 'lane', 'aria-hidden': 'true'}));
    /** @type {Bar[]} */
    let bars = [];
    const at = (/** @type {PointerEvent} */ event) => nearest(bars, event.clientX - canvas.getBoundingClientRect().left);
    canvas.addEventListener('click', (event) => {
      const bar = at(/** @type {PointerEvent} */ (event));
      if (!bar) return;
      this.reveal(bar.pause.stalls[0].id);
      router.opened('stall', bar.pause.stalls[0].id);
    });
    canvas.addEventListener('pointermove', (event) => {
      const bar = at(event);
      canvas.style.cursor = bar ? 'pointer' : '';
      if (bar) tip.show({x: event.clientX, y: event.clientY}, `${name}, ${format.duration(bar.pause.duration)}`, pauseTip(bar.pause));
      else tip.hide();
    });
    canvas.addEventListener('pointerleave', tip.hide);
    const update = (/** @type {Lane} */ next) => {
      dom.text(count, `${format.count(next.bars.length)} \u00d7, ${format.duration(next.total)}`);
      dom.attribute(button, 'aria-pressed', String(this.cause === lane.cause));
      bars = this.draw(canvas, next);
    };
    return {element: dom.el('div', {class: 'lane-row'}, button, canvas, count), update};
  }

  /** @param {string} cause */
  only(cause) {
    this.cause = this.cause === cause ? null : cause;
    this.again();
  }

  /** @param {HTMLCanvasElement} canvas @param {Lane} lane @returns {Bar[]} the place of each */
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
    const opened = this.openedStalls();
    return lane.bars.map((pause) => {
      const left = Math.max(0, (pause.start - picture.from) * perMs);
      const right = Math.min(width, Math.max(left + 4, (pause.start + pause.duration - picture.from) * perMs));
      // 100 ms fills a third of the lane's height, 10 s all of it
      const tall = height * Math.min(1, Math.max(0.34, 0.34 + Math.log10(Math.max(pause.duration, 1) / 100) * 0.33));
      context.fillStyle = color;
      context.fillRect(left, height - tall, right - left, tall);
      context.strokeStyle = pause.stalls.some(({id}) => opened.has(id)) ? palette.color('text') : edge;
      context.strokeRect(left + 0.5, height - tall + 0.5, right - left - 1, tall - 1);
      if (right - left > 14 && tall > 12) {
        context.fillStyle = ink;
        context.fillText(letter, left + 4, height - tall / 2);
      }
      return {left, right, pause};
    });
  }

  /** @returns {Set<string>} the ids of the stalls that are open in their groups */
  openedStalls() {
    const ids = [...this.table.opened].flatMap((key) => {
      const detail = this.table.detailOf(key);
      return detail instanceof StallGroupDetail ? [...detail.table.opened] : [];
    });
    return new Set(ids);
  }

  /** @param {string} id @returns {boolean} */
  reveal(id) {
    const picture = this.picture;
    const stall = picture?.stalls.find((stall) => stall.id === id);
    if (!picture || !stall) return false;
    if (this.cause && this.cause !== stall.cause) this.cause = null;
    this.filter.value = '';
    const key = groupKey(stall);
    this.table.opened.add(key);
    this.update(picture);
    if (!this.table.reveal(key)) return false;
    const detail = this.table.detailOf(key);
    return detail instanceof StallGroupDetail && detail.reveal(id);
  }
}

/**
 * @typedef {{cause: string, bars: Pause[], total: number}} Lane
 * @typedef {{left: number, right: number, pause: Pause}} Bar
 */

/** @param {Stall[]} stalls @returns {Lane[]} in the fixed order of the causes, so that a lane keeps its place */
function lanesOf(stalls) {
  const order = Object.keys(palette.CAUSES);
  const causes = [...new Set(stalls.map(({cause}) => cause))].sort((a, b) => (order.indexOf(a) + 1 || 99) - (order.indexOf(b) + 1 || 99));
  return causes.map((cause) => {
    const bars = barsOf(stalls.filter((stall) => stall.cause === cause));
    return {cause, bars, total: bars.reduce((sum, {duration}) => sum + duration, 0)};
  });
}

/** @param {Bar[]} bars @param {number} x @returns {Bar | null} */
function nearest(bars, x) {
  const distance = (/** @type {Bar} */ bar) => Math.max(bar.left - x, x - bar.right, 0);
  const best = bars.reduce((/** @type {Bar | null} */ found, bar) => (found && distance(found) <= distance(bar) ? found : bar), null);
  return best && distance(best) <= StallsView.NEAR ? best : null;
}

/** @param {Pause} pause @returns {[string, string][]} */
function pauseTip(pause) {
  const [stall] = pause.stalls;
  const loops = new Set(pause.stalls.map(({loop}) => loop)).size;
  /** @type {[string, string][]} */
  const rows = [['at', format.clock(pause.start)], loops > 1 ? ['loops', format.count(loops)] : ['loop', stall.loop]];
  if (stall.site) rows.push(['site', format.site(stall.site)]);
  if (loops === 1 && stall.waiting) rows.push(['waiting', format.count(stall.waiting)]);
  return rows;
}
