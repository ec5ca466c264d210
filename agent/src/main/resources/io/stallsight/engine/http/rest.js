'use strict';

/** Connections and requests in flight for each downstream. */
class DownstreamsView {
  /** @param {HTMLElement} section */
  constructor(section) {
    this.section = section;
    /** @type {Map<string, HTMLElement>} */
    this.rows = new Map();
    const head = ['Downstream', 'Connections', 'Peak', 'Highest ever', 'Connects', 'Failed', 'Requests', 'Peak', 'Highest ever', 'Failed', 'History'];
    const classes = ['', 'number', 'number medium', 'number wide', 'number medium', 'number', 'number', 'number medium', 'number wide', 'number', 'wide history'];
    this.table = dom.el('table', {class: 'list'}, dom.el('caption', {class: 'visually-hidden', text: 'Connections and requests in flight'}),
      dom.el('thead', {}, dom.el('tr', {}, ...head.map((title, index) => dom.el('th', {scope: 'col', class: classes[index], text: title})))));
    const body = dom.el('tbody');
    this.table.append(body);
    this.list = new dom.List(body, (/** @type {Downstream} */ downstream) => downstream.id, (downstream) => this.row(downstream, classes));
    section.append(dom.el('div', {class: 'section-head'}, dom.el('h2', {id: 'downstreams-title', text: 'Downstreams in flight'})), this.table);
  }

  /** @param {Downstream} downstream @param {string[]} classes */
  row(downstream, classes) {
    const cells = classes.slice(1, 10).map((name) => dom.el('td', {class: name}));
    const spark = new charts.Spark('line-b');
    const element = dom.el('tr', {tabindex: '-1'}, dom.el('th', {scope: 'row', class: 'mono wrap', names: downstream.id}), ...cells, dom.el('td', {class: classes[10]}, spark.canvas));
    const update = (/** @type {Downstream} */ next) => {
      [next.inFlight, next.peak, next.highWater, next.connects, next.failed, next.requestsInFlight, next.requestsPeak, next.requestsHighWater, next.requestsFailed].forEach((value, index) => dom.text(cells[index], format.count(value)));
      dom.attribute(cells[4], 'data-loud', (next.failed ?? 0) > 0);
      dom.attribute(cells[8], 'data-loud', (next.requestsFailed ?? 0) > 0);
      spark.update((next.requestsHighWater ?? 0) > (next.highWater ?? 0) ? next.series?.requestsPeak : next.series?.peak);
    };
    return {element, update};
  }

  /** @param {Picture} picture */
  update(picture) {
    dom.show(this.section, picture.downstreams.length > 0);
    this.list.update(picture.downstreams);
  }

  /** @param {string} id @returns {boolean} */
  reveal(id) {
    const row = this.list.elementOf(id);
    row?.scrollIntoView({block: 'center', behavior: motion.behavior()});
    row?.focus({preventScroll: true});
    return row !== null;
  }
}

/** @typedef {{notice: Notice, before: number}} Story a notice, and how many notices of its kind and site came before it */

/** Fan-out, pinned carriers and self-deadlocks: the newest of each kind and site. */
class NoticesView {
  static NAMES = /** @type {Record<string, string>} */ ({'fan-out': 'Fan-out', pinned: 'Pinned carrier', 'self-deadlock': 'Self-deadlock'});
  static SHOWN = 10;

  /** @param {HTMLElement} section */
  constructor(section) {
    this.section = section;
    this.all = false;
    this.picture = /** @type {Picture | null} */ (null);
    const items = dom.el('ul', {class: 'notices'});
    this.list = new dom.List(items, (/** @type {Story} */ {notice}) => this.all ? `${notice.type} ${notice.time} ${notice.thread} ${notice.site}` : NoticesView.about(notice), () => this.item());
    this.summary = dom.el('p', {class: 'summary'});
    this.more = dom.el('button', {type: 'button', class: 'more', on: {click: () => {
      this.all = !this.all;
      if (this.picture) this.update(this.picture);
    }}});
    section.append(dom.el('div', {class: 'section-head'}, dom.el('h2', {id: 'notices-title', text: 'Notices'}), this.summary), items, this.more);
  }

  /** The key of a story: notices of one kind and site are one story. @param {Notice} notice */
  static about(notice) {
    return `${notice.type} ${notice.site ?? notice.text}`;
  }

  /** @param {Notice[]} notices the newest first @returns {Story[]} the newest notice of each story */
  static newest(notices) {
    const stories = /** @type {Map<string, Story>} */ (new Map());
    for (const notice of notices) {
      const story = stories.get(NoticesView.about(notice));
      if (story) story.before += 1;
      else stories.set(NoticesView.about(notice), {notice, before: 0});
    }
    return [...stories.values()];
  }

  item() {
    const element = dom.el('li', {class: 'story'});
    let shown = '';
    return {element, update: (/** @type {Story} */ {notice, before}) => {
      const state = `${notice.time} ${notice.thread} ${before}`;
      if (state === shown || (shown && dom.inUse(element))) return;
      shown = state;
      element.replaceChildren(...[dom.el('p', {class: 'notice-head'}, dom.el('span', {class: 'kind', text: NoticesView.NAMES[notice.type] ?? notice.type}), dom.el('time', {class: 'muted', text: format.clock(notice.time)}),
        notice.thread ? dom.el('span', {class: 'mono muted wrap', text: notice.thread}) : null, before ? dom.el('span', {class: 'muted', text: `the last of ${format.count(before + 1)}`}) : null),
      dom.el('p', {names: notice.text}), notice.site ? dom.el('p', {class: 'mono wrap', names: notice.site}) : null, notice.request ? dom.el('p', {text: `request ${requestText(notice)}`}) : null, fixBox(notice.fix),
      notice.stack?.length ? dom.el('details', {}, dom.el('summary', {text: 'Stack'}), stacks.view('Stack', notice.stack, notice.site)) : null].filter((part) => part !== null));
    }};
  }

  /** @param {Picture} picture */
  update(picture) {
    this.picture = picture;
    const {notices} = picture;
    dom.show(this.section, notices.length > 0);
    const left = picture.left?.notices ?? 0;
    dom.text(this.summary, `${notices.length || ''}${left > 0 ? `; ${format.count(left)} older ones are not shown` : ''}`);
    const newest = NoticesView.newest(notices).slice(0, NoticesView.SHOWN);
    this.list.update(this.all ? notices.map((notice) => ({notice, before: 0})) : newest);
    dom.show(this.more, notices.length > newest.length);
    dom.text(this.more, this.all ? 'Show only the newest of each kind' : `Show all ${notices.length} notices`);
  }
}

/** Hooks and the agent's own cost: one line if all is well, loud warnings if not. */
class HealthView {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.line = dom.el('p');
    this.holes = dom.el('details', {class: 'holes', hidden: true}, dom.el('summary'), dom.el('ul', {class: 'plain-list'}));
    this.errors = dom.el('p', {class: 'loud', hidden: true});
    this.listed = '';
    element.append(this.errors, this.holes, this.line);
  }

  /** @param {Picture} picture */
  update(picture) {
    const {hooks, agent, process} = picture;
    const holes = hooks?.holes ?? [];
    dom.text(this.line, [
      hooks ? `${format.count(hooks.woven)} hooks are woven, ${format.count(hooks.waiting)} wait for their library` : null,
      agent && agent.cpu !== null ? `the agent uses ${format.percent(agent.cpu)} of a core` : null,
      agent ? `${format.plural(agent.errors, 'agent error')}${agent.dropped > 0 ? `, ${format.count(agent.dropped)} records dropped` : ''}` : null,
      process.agent ? `Stallsight ${process.agent}` : null].filter(Boolean).join(' \u00b7 '));
    dom.show(this.errors, (agent?.errors ?? 0) > 0);
    dom.text(this.errors, `\u25b2 ${format.plural(agent?.errors ?? 0, 'error')} inside the agent${agent?.firstError ? `; the first: ${agent.firstError}` : ''}. The application is not affected. This page may be incomplete.`);
    dom.show(this.holes, holes.length > 0);
    const state = JSON.stringify(holes);
    if (state === this.listed) return;
    this.listed = state;
    const [title, list] = this.holes.children;
    title.textContent = `\u2716 ${format.plural(holes.length, 'hook')} not active: Stallsight does not see these calls on this JVM`;
    list.replaceChildren(...holes.map(({hook, problem}) => dom.el('li', {}, dom.el('span', {class: 'mono wrap', text: hook}), problem ? `: ${problem}` : '')));
  }
}
