'use strict';

/** Pools of threads and of connections, the fullest first. Free pools are hidden until "Show all". */
class PoolsView {
  /** Up to this number, the page shows all pools. */
  static FEW = 6;

  /** @param {HTMLElement} section */
  constructor(section) {
    this.summary = dom.el('p', {class: 'summary'});
    this.calm = dom.el('p', {class: 'calm'});
    this.filter = /** @type {HTMLInputElement} */ (dom.el('input', {type: 'search', placeholder: 'Filter pools', 'aria-label': 'Filter pools', autocomplete: 'off', spellcheck: 'false', on: {input: () => this.again()}}));
    this.more = dom.el('button', {type: 'button', class: 'more', on: {click: () => this.toggleAll()}});
    this.all = false;
    this.picture = /** @type {Picture | null} */ (null);
    this.table = new OpeningTable({
      to: 'pool', caption: 'Pools, fullest first', firstTitle: 'Pool', keyOf: (/** @type {Pool} */ pool) => pool.id, nameOf: (pool) => pool.id, first: (pool) => poolName(pool), detail: (pool) => new PoolDetail(pool),
      columns: [
        {title: 'Workers', class: 'saturation', make: () => saturationBar()},
        OpeningTable.text('Queued', (/** @type {Pool} */ pool) => format.count(pool.queued), 'number strong'),
        OpeningTable.text('Queue wait p99', (/** @type {Pool} */ pool) => format.duration(pool.waitP99), 'number medium'),
        OpeningTable.text('Longest wait', (/** @type {Pool} */ pool) => format.duration(pool.waitMax), 'number wide'),
        OpeningTable.text('Task p99', (/** @type {Pool} */ pool) => format.duration(pool.runP99), 'number wide'),
        OpeningTable.text('Rejected', (/** @type {Pool} */ pool) => format.count(pool.rejected), 'number wide'),
      ],
    });
    section.append(dom.el('div', {class: 'section-head'}, dom.el('h2', {id: 'pools-title', text: 'Pools'}), this.summary, this.filter), this.calm, this.table.element, this.more);
  }

  again() {
    if (this.picture) this.update(this.picture);
  }

  /** @param {Picture} picture */
  update(picture) {
    this.picture = picture;
    const {pools} = picture;
    const left = picture.left?.pools ?? 0;
    const older = picture.left?.exhaustions ?? 0;
    const words = this.filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    const matching = pools.filter((pool) => matches(words, pool.id, pool.type, pool.state));
    const few = pools.length <= PoolsView.FEW;
    const shown = matching.filter((pool) => few || this.all || words.length > 0 || isLoaded(pool) || this.table.opened.has(pool.id));
    const loaded = pools.filter(isLoaded).length;
    dom.show(this.filter, !few);
    dom.show(this.calm, shown.length === 0);
    dom.text(this.calm, pools.length === 0 ? 'Stallsight has seen no pool yet.' : words.length > 0 ? `None of ${format.plural(pools.length, 'pool')} has "${this.filter.value}".` : calmText(pools));
    dom.show(this.table.element, shown.length > 0);
    dom.text(this.summary, pools.length === 0 ? '' : `${format.plural(pools.length, 'pool')}${loaded > 0 ? `, ${loaded} not free` : ', all free'}${left > 0 ? `; ${format.count(left)} more are not shown` : ''}${older > 0 ? `; ${format.count(older)} older exhaustions are not shown` : ''}`);
    this.table.update(shown, picture);
    dom.show(this.more, !few && words.length === 0 && (this.all || shown.length < pools.length));
    dom.text(this.more, this.all ? 'Show only pools that are not free' : `Show all ${format.count(pools.length)} pools`);
  }

  toggleAll() {
    this.all = !this.all;
    this.again();
  }

  /** @param {string} id @returns {boolean} */
  reveal(id) {
    if (!this.picture?.pools.some((pool) => pool.id === id)) return false;
    this.filter.value = '';
    this.table.opened.add(id);
    this.again();
    return this.table.reveal(id);
  }
}

/** @param {Pool} pool @returns {boolean} */
function isLoaded(pool) {
  return pool.state !== 'free' && pool.state !== 'gone';
}

/** @param {Pool[]} pools @returns {string} */
function calmText(pools) {
  const fullest = pools.reduce((most, pool) => ((pool.saturation ?? 0) > (most.saturation ?? 0) ? pool : most));
  return fullest.saturation ? `The fullest is ${fullest.id}: ${format.percent(fullest.saturation)} of its workers are busy.` : 'No pool has a busy worker.';
}

/** @param {Pool} pool */
function poolName(pool) {
  const symbol = dom.el('span', {class: 'state-symbol', 'aria-hidden': 'true'});
  const word = dom.el('span', {class: 'state-word'});
  const type = dom.el('span', {class: 'name-what'});
  const content = dom.el('span', {class: 'name'}, symbol, dom.el('span', {class: 'name-lines'}, dom.el('b', {class: 'mono wrap', names: pool.id}), dom.el('span', {}, word, ' ', type)));
  const update = (/** @type {Pool} */ next) => {
    dom.attribute(content, 'data-state', next.state);
    dom.text(symbol, palette.STATES[next.state].symbol);
    dom.text(word, palette.STATES[next.state].word);
    dom.text(type, next.executors > 1 ? `${next.executors} \u00d7 ${next.type}` : next.type);
  };
  return {content, update};
}

/** @returns {{cell: HTMLElement, update: (pool: Pool) => void}} */
function saturationBar() {
  const fill = dom.el('span', {class: 'meter-fill'});
  const value = dom.el('span', {class: 'meter-value'});
  const meter = dom.el('span', {class: 'meter', 'aria-hidden': 'true'}, fill);
  const update = (/** @type {Pool} */ pool) => {
    dom.style(fill, 'width', `${Math.min(100, Math.round((pool.saturation ?? 0) * 100))}%`);
    dom.attribute(meter, 'data-state', pool.state);
    dom.text(value, `${format.count(pool.active)} of ${format.count(pool.max ?? pool.size)}`);
  };
  return {cell: dom.el('td', {}, meter, value), update};
}

/** One pool: its numbers, history, and what its workers were stuck in. */
class PoolDetail {
  /** @param {Pool} pool */
  constructor(pool) {
    this.id = pool.id;
    this.facts = new Facts();
    this.charts = [
      new charts.Chart({title: 'Saturation', max: 1, value: format.percent, lines: [{name: 'saturation', label: 'workers busy', color: 'line-b'}]}, 'pool'),
      new charts.Chart({title: 'Queued', value: format.count, lines: [{name: 'queued', label: 'queued', color: 'line-c'}]}, 'pool'),
      new charts.Chart({title: 'Longest queue wait', value: format.duration, lines: [{name: 'waitMax', label: 'wait', color: 'line-a'}]}, 'pool')];
    this.noSeries = dom.el('p', {class: 'hint', text: 'Only the 40 fullest pools have a history.'});
    this.exhaustions = dom.el('div');
    this.list = new dom.List(this.exhaustions, (/** @type {Exhaustion} */ exhaustion) => exhaustion.id, (exhaustion) => exhaustionView(exhaustion));
    this.element = dom.el('div', {class: 'detail-body'}, this.exhaustions, this.facts.element, dom.el('div', {class: 'charts'}, ...this.charts.map((chart) => chart.element)), this.noSeries);
  }

  /** @param {Pool} pool @param {Picture} picture */
  update(pool, picture) {
    this.facts.update([
      pool.kind === 'permits' ? ['permits', `${format.count(pool.active)} in use, ${format.count(pool.max)} at most`] : pool.kind === 'connections' ? ['connections', `${format.count(pool.active)} in use, ${format.count(pool.size)} open, ${format.count(pool.max)} at most`] : ['workers', `${format.count(pool.active)} busy, ${format.count(pool.size)} alive, ${format.count(pool.max)} at most`], ['queued', pool.capacity === null ? format.count(pool.queued) : `${format.count(pool.queued)} of ${format.count(pool.capacity)}`],
      ['queue wait p50 / p99 / longest', `${format.duration(pool.waitP50)} / ${format.duration(pool.waitP99)} / ${format.duration(pool.waitMax)}`], ['oldest task waits', format.duration(pool.oldestTask)],
      ['task p50 / p99 / longest', `${format.duration(pool.runP50)} / ${format.duration(pool.runP99)} / ${format.duration(pool.runMax)}`], ['completed', format.count(pool.completed)], ['rejected', format.count(pool.rejected)]]);
    dom.show(this.noSeries, pool.series === null);
    for (const chart of this.charts) {
      dom.show(chart.element, pool.series !== null);
      if (pool.series) chart.update(picture, pool.series);
    }
    this.list.update(picture.exhaustions.filter((exhaustion) => exhaustion.pool === pool.id).sort((a, b) => b.start - a.start));
  }

  destroy() {
    this.charts.forEach((chart) => chart.destroy());
  }
}

/** @param {Exhaustion} first */
function exhaustionView(first) {
  const title = dom.el('h4');
  const evidence = dom.el('p', {class: 'evidence'});
  const requests = dom.el('p', {class: 'requests'});
  const sites = dom.el('div', {class: 'stuck'});
  let shown = '';
  const element = dom.el('div', {class: 'block'}, title, evidence, requests, fixBox(first.advice), sites);
  const update = (/** @type {Exhaustion} */ exhaustion) => {
    dom.text(title, `Exhausted for ${format.duration(exhaustion.duration)} from ${format.clock(exhaustion.start)}`);
    dom.text(evidence, exhaustion.evidence ?? '');
    const holding = exhaustion.requests ?? [];
    const waiting = exhaustion.waitingRequests ?? [];
    dom.show(requests, holding.length + waiting.length > 0);
    dom.text(requests, `Requests: ${[holding.join(', '), waiting.length > 0 ? `waiting are ${waiting.join(', ')}` : ''].filter((part) => part !== '').join('; ')}`);
    const state = JSON.stringify(exhaustion.sites);
    if (state === shown || dom.inUse(sites)) return;
    shown = state;
    sites.replaceChildren(...exhaustion.sites.map(({workers, site, doing, stack}) => dom.el('details', {open: exhaustion.sites.length === 1},
      dom.el('summary', {}, dom.el('b', {text: format.plural(workers, 'worker')}), ' in ', dom.el('span', {class: 'mono', text: site ? format.site(site) : 'no line of the application'}), doing ? `: ${doing}` : ''),
      stacks.view('Stack', stack, site))));
  };
  return {element, update};
}
