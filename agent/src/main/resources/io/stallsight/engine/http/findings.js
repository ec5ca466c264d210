'use strict';

/** Blocking sites, most harm first. */
class FindingsView {
  static SHOWN = 20;

  /** @param {HTMLElement} section */
  constructor(section) {
    this.summary = dom.el('p', {class: 'summary'});
    this.calm = dom.el('p', {class: 'calm'});
    this.filter = /** @type {HTMLInputElement} */ (dom.el('input', {type: 'search', placeholder: 'Filter sites', 'aria-label': 'Filter blocking sites', autocomplete: 'off', spellcheck: 'false', on: {input: () => this.again()}}));
    this.more = dom.el('button', {type: 'button', class: 'more', on: {click: () => this.toggleAll()}});
    this.all = false;
    this.picture = /** @type {Picture | null} */ (null);
    this.table = new OpeningTable({
      to: 'finding', caption: 'Blocking sites, most harm first', firstTitle: 'Blocking site', keyOf: (/** @type {Finding} */ finding) => finding.fingerprint, nameOf: (finding) => finding.api,
      first: (finding) => findingName(finding), detail: (finding) => new FindingDetail(finding),
      columns: [
        OpeningTable.text('Count', (/** @type {Finding} */ finding) => format.count(finding.count), 'number medium'),
        OpeningTable.text('p50', (/** @type {Finding} */ finding) => format.duration(finding.p50), 'number wide'),
        OpeningTable.text('p99', (/** @type {Finding} */ finding) => format.duration(finding.p99), 'number medium'),
        OpeningTable.text('Longest', (/** @type {Finding} */ finding) => format.duration(finding.max), 'number'),
        OpeningTable.text('Total', (/** @type {Finding} */ finding) => format.duration(finding.total), 'number medium'),
        OpeningTable.text('Harm', (/** @type {Finding} */ finding) => format.harm(finding.harm), 'number strong'),
        {title: 'History', class: 'wide history', make: () => {
          const spark = new charts.Spark('line-a');
          return {cell: dom.el('td', {}, spark.canvas), update: (/** @type {Finding} */ finding) => spark.update(finding.series?.total)};
        }},
      ],
    });
    section.append(
      dom.el('div', {class: 'section-head'}, dom.el('h2', {id: 'findings-title', text: 'Blocking sites'}), this.summary, this.filter),
      dom.el('p', {class: 'hint', text: 'Harm is the time that others lost: measured for requests, else at most how long the loop stood still, times the number of tasks and connections that waited.'}), this.calm, this.table.element, this.more);
    this.hint = /** @type {HTMLElement} */ (section.querySelector('.hint'));
    document.addEventListener('themechange', () => this.again());
  }

  again() {
    if (this.picture) this.update(this.picture);
  }

  /** @param {Picture} picture */
  update(picture) {
    this.picture = picture;
    const {findings} = picture;
    const left = picture.left?.findings ?? 0;
    const words = this.filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    const matching = findings.filter((finding) => matches(words, finding.kind, finding.api, finding.site, finding.group, finding.detail, finding.request, finding.traceId, finding.fingerprint, finding.thread));
    const shown = matching.filter((finding, index) => this.all || words.length > 0 || index < FindingsView.SHOWN || this.table.opened.has(finding.fingerprint));
    dom.show(this.calm, matching.length === 0);
    dom.text(this.calm, findings.length === 0 ? 'No blocking call on a loop in this time range.' : `None of ${format.plural(findings.length, 'site')} has "${this.filter.value}".`);
    dom.show(this.table.element, matching.length > 0);
    dom.show(this.filter, findings.length > 3);
    dom.show(this.hint, findings.length > 0);
    dom.text(this.summary, findings.length === 0 ? '' : `${format.plural(findings.length, 'site')}${left > 0 ? `; ${format.count(left)} more are not shown` : ''}`);
    this.table.update(shown, picture);
    dom.show(this.more, words.length === 0 && matching.length > FindingsView.SHOWN);
    dom.text(this.more, this.all ? `Show the first ${FindingsView.SHOWN}` : `Show all ${matching.length} sites`);
  }

  toggleAll() {
    this.all = !this.all;
    this.again();
  }

  /** @param {string} fingerprint @returns {boolean} */
  reveal(fingerprint) {
    if (!this.picture?.findings.some((finding) => finding.fingerprint === fingerprint)) return false;
    this.filter.value = '';
    this.table.opened.add(fingerprint);
    this.again();
    return this.table.reveal(fingerprint);
  }
}

/** @param {string[]} words in lower case @param {...(string | null)} texts @returns {boolean} whether each word is in one of the texts */
function matches(words, ...texts) {
  const all = texts.filter(Boolean).join(' ').toLowerCase();
  return words.every((word) => all.includes(word));
}

/** @param {Finding} finding */
function findingName(finding) {
  const site = finding.site ? format.frame(finding.site) : null;
  const where = dom.el('span', {class: 'name-where mono'}, ...(site
    ? [dom.el('span', {class: 'package', names: site.packageName}), dom.el('b', {names: site.method}), ' ', dom.el('span', {class: 'place', names: site.place})] : ['no line of the application']));
  const content = dom.el('span', {class: 'name with-kind'}, dom.el('span', {class: 'kind', text: palette.kind(finding.kind)}), dom.el('span', {class: 'name-lines'}, where, dom.el('span', {class: 'name-what', names: finding.api})));
  return {content, update: () => {}};
}

/** One finding: its site, its numbers and the fix. The stack is that of its first report in this picture. */
class FindingDetail {
  /** @param {Finding} finding */
  constructor(finding) {
    this.facts = new Facts();
    this.detail = dom.el('p', {class: 'mono wrap'});
    this.charts = [new charts.Chart({title: 'Time blocked', value: format.duration, lines: [{name: 'total', label: 'blocked', color: 'line-a'}]}, 'finding'),
      new charts.Chart({title: 'Calls', value: format.count, lines: [{name: 'count', label: 'calls', color: 'line-b'}]}, 'finding')];
    const allow = finding.allow ? `allow=${finding.allow}` : '';
    this.element = dom.el('div', {class: 'detail-body'}, this.detail, fixBox(finding.fix), this.facts.element,
      dom.el('div', {class: 'charts'}, ...this.charts.map((chart) => chart.element)), stacks.view('Stack', finding.stack, finding.site),
      dom.el('div', {class: 'block actions'},
        allow ? dom.el('p', {}, 'To silence it, set: ', dom.el('code', {names: allow}), ' ', dom.copyButton('Copy the rule', () => allow)) : null,
        dom.el('p', {}, dom.copyButton('Copy the link', () => location.href.replace(/#.*$/, '') + router.href('finding', finding.fingerprint)))));
  }

  /** @param {Finding} finding @param {Picture} picture */
  update(finding, picture) {
    dom.text(this.detail, finding.detail ?? '');
    dom.show(this.detail, finding.detail !== null);
    this.facts.update([
      ['fingerprint', finding.fingerprint], ['loop group', finding.group], ['last thread', finding.thread], ['last request', requestText(finding)], ['last trace', finding.traceId || null, traceLink(finding, picture)], ['count', format.count(finding.count)],
      ['p50 / p99 / longest', `${format.duration(finding.p50)} / ${format.duration(finding.p99)} / ${format.duration(finding.max)}`], ['total', format.duration(finding.total)],
      ['harm: time that others lost', format.harm(finding.harm)], ['first', format.date(finding.first)], ['last', `${format.date(finding.last)}, ${format.ago(finding.last, picture.now)}`]]);
    for (const chart of this.charts) {
      dom.show(chart.element, finding.series !== null);
      chart.update(picture, finding.series);
    }
  }

  destroy() {
    this.charts.forEach((chart) => chart.destroy());
  }
}
