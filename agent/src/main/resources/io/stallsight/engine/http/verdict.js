'use strict';

/** The first line: the state of the process in words, with a symbol and a colour. */
class VerdictView {
  /** Minimum time between two announcements. A verdict that differs only in its numbers is not announced again. */
  static QUIET_MS = 10_000;

  /** @param {HTMLElement} element @param {HTMLElement} announcer */
  constructor(element, announcer) {
    this.element = element;
    this.announcer = announcer;
    this.symbol = dom.el('span', {class: 'verdict-symbol', 'aria-hidden': 'true'});
    this.word = dom.el('p', {class: 'verdict-word'});
    this.text = dom.el('h1', {id: 'verdict-text'});
    this.more = dom.el('ul', {class: 'verdict-more'});
    this.links = dom.el('p', {class: 'verdict-links'});
    this.announced = '';
    this.announcedAt = 0;
    this.linked = '';
    element.append(this.symbol, dom.el('div', {class: 'verdict-body'}, this.word, this.text, this.more, this.links));
    dom.text(this.word, 'Connecting');
    dom.text(this.text, 'Waiting for the first picture');
  }

  /** @param {Picture} picture */
  update(picture) {
    const {verdict} = picture;
    const level = palette.LEVELS[verdict.level] ?? palette.LEVELS.warn;
    dom.attribute(this.element, 'data-level', verdict.level);
    dom.text(this.symbol, level.symbol);
    dom.text(this.word, verdict.label);
    dom.names(this.text, verdict.text);
    this.lines(verdict);
    this.chips(picture);
    document.title = `${level.symbol} ${picture.process.name ?? 'Stallsight'}: ${verdict.text}`;
    this.announce(`${verdict.label}. ${verdict.text}`);
  }

  /** Each further line leads to what it is about. @param {Verdict} verdict */
  lines({more, moreLinks}) {
    while (this.more.children.length > more.length) this.more.lastElementChild?.remove();
    more.forEach((line, index) => {
      const item = this.more.children[index] ?? this.more.appendChild(dom.el('li'));
      const [link] = moreLinks?.[index] ?? [];
      const href = link ? router.href(link.to, link.id) : null;
      if (item.textContent === line && (item.firstElementChild?.getAttribute('href') ?? null) === href) return;
      item.replaceChildren(...(link ? [router.link(link.to, link.id, line)] : dom.breakable(line)));
    });
    dom.show(this.more, more.length > 0);
  }

  /** @param {Picture} picture */
  chips(picture) {
    const links = picture.verdict.links.map(({to, id}) => ({to, id, name: nameOf(picture, to, id)}));
    const state = JSON.stringify(links);
    if (state === this.linked) return;
    this.linked = state;
    const focused = document.activeElement?.getAttribute('href');
    const chips = links.map(({to, id, name}) => router.link(to, id, name, 'chip'));
    this.links.replaceChildren(...chips);
    if (focused) chips.find((chip) => chip.getAttribute('href') === focused)?.focus();
    dom.show(this.links, links.length > 0);
  }

  /** @param {string} sentence */
  announce(sentence) {
    const gist = sentence.replace(/[\d.,]+/g, '#');
    const now = Date.now();
    if (gist === this.announced || now - this.announcedAt < VerdictView.QUIET_MS) return;
    this.announced = gist;
    this.announcedAt = now;
    this.announcer.textContent = sentence;
  }
}

/** @param {Picture} picture @param {string} to @param {string} id @returns {string} the text of a link */
function nameOf(picture, to, id) {
  if (to === 'finding') {
    const finding = picture.findings.find(({fingerprint}) => fingerprint === id);
    return finding ? `${finding.api} at ${format.site(finding.site)}` : `finding ${id}`;
  }
  if (to === 'stall') {
    const stall = picture.stalls.find((stall) => stall.id === id);
    return stall ? `stall of ${format.duration(stall.duration)} on ${stall.loop}` : `stall ${id}`;
  }
  return id ? `${to} ${id}` : to;
}
