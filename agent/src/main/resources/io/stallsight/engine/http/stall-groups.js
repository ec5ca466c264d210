'use strict';

/**
 * Stalls of one cause and site, as one row of a table that opens to them.
 *
 * @typedef {{key: string, cause: string, site: string | null, api: string | null, stalls: Stall[], times: number, total: number, longest: number, last: number, loops: number, waiting: number | null,
 *   harm: number | null, ongoing: boolean}} StallGroup
 */

/** @param {Stall[]} stalls of one cause @returns {Pause[]} where no code is to blame, stalls of several loops at one time are one */
function barsOf(stalls) {
  const [first] = stalls;
  return pauses.isInnocent(first.cause) ? pauses.merged(stalls) : stalls.map((stall) => ({cause: stall.cause, start: stall.start, duration: stall.duration, stalls: [stall]}));
}

/** @param {Stall} stall */
function groupKey(stall) {
  return `${stall.cause} ${stall.site ?? ''} ${stall.api ?? ''}`;
}

/** @param {Stall[]} stalls newest first @returns {StallGroup[]} those that code is to blame for come first, then those that took most time */
function groupsOf(stalls) {
  /** @type {Map<string, Stall[]>} */
  const members = new Map();
  for (const stall of stalls) members.set(groupKey(stall), [...(members.get(groupKey(stall)) ?? []), stall]);
  const most = (/** @type {(number | null)[]} */ values) => values.reduce((most, value) => (value === null ? most : Math.max(most ?? 0, value)), null);
  const groups = [...members].map(([key, stalls]) => {
    const [{cause, site, api}] = stalls;
    const bars = barsOf(stalls);
    const harms = stalls.map(({harm}) => harm).filter((harm) => harm !== null);
    return {
      key, cause, site, api, stalls, times: bars.length, total: bars.reduce((sum, {duration}) => sum + duration, 0), longest: Math.max(...bars.map(({duration}) => duration)),
      last: Math.max(...stalls.map(({start}) => start)), loops: new Set(stalls.map(({loop}) => loop)).size, waiting: most(stalls.map(({waiting}) => waiting)),
      harm: harms.length === 0 ? null : harms.reduce((sum, harm) => sum + harm, 0), ongoing: stalls.some(({ongoing}) => ongoing),
    };
  });
  return groups.sort((a, b) => Number(pauses.isInnocent(a.cause)) - Number(pauses.isInnocent(b.cause)) || b.total - a.total);
}

/** @param {StallGroup} group @returns {{content: HTMLElement, update: (group: StallGroup) => void}} */
function groupName(group) {
  const cause = palette.cause(group.cause);
  const what = dom.el('span', {class: 'name-what'});
  const where = dom.el('span', {class: 'name-where mono'});
  const update = (/** @type {StallGroup} */ next) => {
    dom.names(what, next.api ? `${cause.name}: ${next.api}` : cause.name);
    dom.names(where, next.site ? format.site(next.site) : cause.innocent ? `${format.plural(next.loops, 'loop')}, no code is to blame` : 'no line of code');
    dom.attribute(where, 'data-blamed', next.site !== null);
  };
  return {content: dom.el('span', {class: 'name'}, palette.causeBadge(group.cause), dom.el('span', {class: 'name-lines'}, where, what)), update};
}

/** The stalls of one cause and site, newest first. */
class StallGroupDetail {
  constructor() {
    this.all = false;
    /** @type {StallGroup | null} */
    this.group = null;
    /** @type {Picture | null} */
    this.picture = null;
    this.more = dom.el('button', {type: 'button', class: 'more', on: {click: () => {
      this.all = !this.all;
      this.again();
    }}});
    this.table = new OpeningTable({
      to: 'stall', caption: 'Stalls, newest first', firstTitle: 'Stall', keyOf: (/** @type {Stall} */ stall) => stall.id, nameOf: (stall) => stall.id, first: (stall) => stallName(stall),
      detail: (stall) => new StallDetail(stall), onSort: () => this.again(),
      columns: [
        OpeningTable.text('Lasted', (/** @type {Stall} */ stall) => (stall.ongoing ? `${format.duration(stall.duration)}\u2026` : format.duration(stall.duration)), 'number strong', (stall) => stall.duration),
        OpeningTable.number('Waiting', (/** @type {Stall} */ stall) => stall.waiting, format.count, 'number medium'),
        OpeningTable.number('Harm', (/** @type {Stall} */ stall) => stall.harm, format.harm, 'number medium'),
      ],
    });
    this.element = dom.el('div', {class: 'nested'}, this.table.element, this.more);
  }

  again() {
    if (this.group && this.picture) this.update(this.group, this.picture);
  }

  /** @param {StallGroup} group @param {Picture} picture */
  update(group, picture) {
    const isFirst = this.group === null;
    this.group = group;
    this.picture = picture;
    if (isFirst && group.stalls.length === 1) this.table.opened.add(group.stalls[0].id);
    const stalls = this.table.inOrder(group.stalls);
    this.table.update(stalls.filter((stall, index) => this.all || index < StallsView.SHOWN || this.table.opened.has(stall.id)), picture);
    dom.show(this.more, stalls.length > StallsView.SHOWN);
    dom.text(this.more, this.all ? `Show the newest ${StallsView.SHOWN}` : `Show all ${format.count(stalls.length)}`);
  }

  /** @param {string} id @returns {boolean} */
  reveal(id) {
    this.table.opened.add(id);
    this.again();
    return this.table.reveal(id);
  }
}

/** @param {Stall} stall @returns {{content: HTMLElement, update: (stall: Stall) => void}} */
function stallName(stall) {
  return {content: dom.el('span', {class: 'name'}, dom.el('span', {text: format.clock(stall.start)}), dom.el('span', {class: 'mono', names: stall.loop})), update: () => {}};
}
