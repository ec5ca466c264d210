'use strict';

/** One loop: its numbers, charts and stalls. */
class LoopDetail {
  /** @param {string} id @param {() => void} onClose */
  constructor(id, onClose) {
    this.id = id;
    this.heading = dom.el('h3', {class: 'mono', tabindex: '-1', text: id});
    this.state = dom.el('p', {class: 'summary'});
    this.facts = new Facts();
    this.charts = LoopDetail.SPECS.map((spec) => new charts.Chart(spec, 'loop'));
    this.stalls = dom.el('ul', {class: 'links'});
    this.stallsTitle = dom.el('h4');
    this.element = dom.el('div', {class: 'panel-body'},
      dom.el('div', {class: 'panel-head'}, this.heading, this.state, dom.el('button', {type: 'button', class: 'close', on: {click: onClose}, text: 'Close'})),
      this.facts.element, dom.el('div', {class: 'charts'}, ...this.charts.map((chart) => chart.element)), this.stallsTitle, this.stalls);
    this.element.addEventListener('keydown', (event) => event.key === 'Escape' && onClose());
    this.listed = '';
  }

  static SPECS = [
    {title: 'Lag', log: true, value: format.duration, lines: [{name: 'lagMax', label: 'longest', color: 'line-a'}, {name: 'lagP99', label: 'p99', color: 'line-b'}]},
    {title: 'Utilization', max: 1, value: format.percent, lines: [{name: 'utilization', label: 'busy', color: 'line-b'}]},
    {title: 'Pending tasks', value: format.count, lines: [{name: 'pending', label: 'pending', color: 'line-c'}]},
    {title: 'Ticks', value: format.count, lines: [{name: 'ticks', label: 'ticks', color: 'line-d'}]},
  ];

  /** @param {Picture} picture */
  update(picture) {
    const loop = picture.loops.find(({id}) => id === this.id);
    if (!loop) return dom.text(this.state, 'this loop is not in the picture any more');
    dom.text(this.state, loop.state === 'stuck' ? `stuck: its current tick has run for ${format.duration(loop.runningFor)}` : palette.STATES[loop.state].word);
    this.facts.update([
      ['lag p50 / p99 / longest', `${format.duration(loop.lagP50)} / ${format.duration(loop.lagP99)} / ${format.duration(loop.lagMax)}`],
      ['tick p50 / p99 / longest', `${format.duration(loop.tickP50)} / ${format.duration(loop.tickP99)} / ${format.duration(loop.tickMax)}`],
      ['ticks, tasks', `${format.count(loop.ticks)}, ${format.count(loop.tasks)}`], ['busy', format.percent(loop.utilization)], ['pending', format.count(loop.pending)],
      ['oldest task waits', format.duration(loop.oldestTask)], ['channels', format.count(loop.channels)]]);
    this.charts.forEach((chart) => chart.update(picture, loop.series));
    this.listStalls(picture);
  }

  /** @param {Picture} picture */
  listStalls(picture) {
    const stalls = picture.stalls.filter((stall) => stall.loop === this.id);
    const state = stalls.map(({id, duration}) => `${id} ${duration}`).join();
    dom.text(this.stallsTitle, stalls.length === 0 ? 'No stall in this time range' : format.plural(stalls.length, 'stall'));
    if (state === this.listed || this.stalls.contains(document.activeElement)) return;
    this.listed = state;
    this.stalls.replaceChildren(...stalls.slice(0, 20).map((stall) => dom.el('li', {}, palette.causeBadge(stall.cause), ' ',
      router.link('stall', stall.id, `${format.clock(stall.start)}, ${format.duration(stall.duration)}`), ` ${stall.site ? format.site(stall.site) : palette.cause(stall.cause).name}`)));
  }

  destroy() {
    this.charts.forEach((chart) => chart.destroy());
  }
}

/** A short list of names and values, updated in place. */
class Facts {
  constructor() {
    this.element = dom.el('dl', {class: 'facts'});
  }

  /** @param {[string, string | null, (string | null)?][]} facts names and values, and what the value links to; a null or unknown value is left out */
  update(facts) {
    const known = facts.filter(([, value]) => value !== null && value !== format.DASH);
    while (this.element.children.length > known.length) this.element.lastElementChild?.remove();
    known.forEach(([name, value, link], index) => {
      if (!this.element.children[index]) this.element.append(dom.el('div', {}, dom.el('dt'), dom.el('dd')));
      const [term, definition] = this.element.children[index].children;
      dom.text(term, name);
      if (!link) dom.text(definition, value ?? '');
      else if (definition.textContent !== value) definition.replaceChildren(dom.el('a', {href: link, rel: 'noopener noreferrer', text: value ?? ''}));
    });
  }
}

/**
 * The request of a call, a stall or a notice; null if it is not known.
 *
 * @param {{request?: string, handedOn?: boolean}} of @returns {string | null}
 */
function requestText(of) {
  return of.request ? of.request + (of.handedOn ? ' (handed on)' : '') : null;
}

/**
 * The address of the trace of a call or a stall; null if there is no trace, or option trace.url is not set.
 *
 * @param {{traceId?: string, spanId?: string}} of @param {Picture} picture @returns {string | null}
 */
function traceLink(of, picture) {
  const template = picture.process.traceUrl;
  return template && of.traceId ? template.replaceAll('{traceId}', of.traceId).replaceAll('{spanId}', of.spanId ?? '') : null;
}
