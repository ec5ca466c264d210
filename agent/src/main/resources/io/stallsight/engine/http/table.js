'use strict';

/**
 * A table whose rows open. Each item is a tbody with a row of values and a row with the detail. The detail is built when the row is first opened.
 *
 * @template T
 * @typedef {{title: string, class?: string, make: (item: T) => {cell: HTMLElement, update: (item: T) => void}}} ColumnSpec
 */
/**
 * @template T
 * @typedef {{update: (item: T, picture: Picture) => void, element: HTMLElement, destroy?: () => void}} Detail
 */
/** @template T */
class OpeningTable {
  /**
   * @param {{to: string, caption: string, keyOf: (item: T) => string, nameOf: (item: T) => string, columns: ColumnSpec<T>[], first: (item: T) => {content: HTMLElement, update: (item: T, index: number) => void},
   *   firstTitle: string, detail: (item: T) => Detail<T>}} spec
   */
  constructor(spec) {
    this.spec = spec;
    /** @type {Map<string, {item: T, open: () => void, close: () => void}>} */
    this.rows = new Map();
    /** @type {Set<string>} */
    this.opened = new Set();
    /** @type {Picture | null} */
    this.picture = null;
    const head = dom.el('tr', {}, dom.el('th', {scope: 'col', text: spec.firstTitle}), ...spec.columns.map((column) => dom.el('th', {scope: 'col', class: column.class ?? '', text: column.title})));
    this.element = dom.el('table', {class: 'list'}, dom.el('caption', {class: 'visually-hidden', text: spec.caption}), dom.el('thead', {}, head));
    this.list = new dom.List(this.element, spec.keyOf, (item) => this.create(item));
  }

  /** @param {T[]} items @param {Picture} picture */
  update(items, picture) {
    this.picture = picture;
    this.list.update(items);
    for (const key of this.rows.keys()) if (!this.list.elementOf(key)) this.rows.delete(key);
  }

  /** @param {T} item */
  create(item) {
    const {spec} = this;
    const key = spec.keyOf(item);
    const id = `${spec.to}-${key.replace(/[^A-Za-z0-9_-]/g, (letter) => `_${letter.charCodeAt(0)}`)}`;
    const first = spec.first(item);
    const button = dom.el('button', {type: 'button', class: 'opener', 'aria-expanded': 'false', 'aria-controls': id}, first.content);
    const cells = spec.columns.map((column) => column.make(item));
    cells.forEach((cell, index) => (cell.cell.className = spec.columns[index].class ?? ''));
    const row = dom.el('tr', {class: 'row'}, dom.el('th', {scope: 'row'}, button), ...cells.map(({cell}) => cell));
    const holder = dom.el('td', {colspan: String(cells.length + 1)});
    const detailRow = dom.el('tr', {class: 'detail', id, hidden: true}, holder);
    const element = dom.el('tbody', {}, row, detailRow);
    /** @type {Detail<T> | null} */
    let detail = null;
    let shown = item;
    const open = () => {
      this.opened.add(key);
      button.setAttribute('aria-expanded', 'true');
      element.classList.add('open');
      detail ??= spec.detail(shown);
      holder.replaceChildren(detail.element);
      detailRow.hidden = false;
      if (this.picture) detail.update(shown, this.picture);
    };
    const close = () => {
      this.opened.delete(key);
      button.setAttribute('aria-expanded', 'false');
      element.classList.remove('open');
      detailRow.hidden = true;
      detail?.destroy?.();
      detail = null;
    };
    row.addEventListener('click', () => {
      if (!document.getSelection()?.isCollapsed) return;
      if (this.opened.has(key)) {
        close();
        router.closed(spec.to, key);
      } else {
        open();
        router.opened(spec.to, key);
      }
    });
    this.rows.set(key, {item, open, close});
    const update = (/** @type {T} */ next, /** @type {number} */ index) => {
      shown = next;
      first.update(next, index);
      cells.forEach((cell) => cell.update(next));
      if (detail && this.picture) detail.update(next, this.picture);
    };
    if (this.opened.has(key)) queueMicrotask(open);
    return {element, update};
  }

  /** Opens an item and scrolls to it. @param {string} key @returns {boolean} false if the table does not have it */
  reveal(key) {
    const row = this.rows.get(key);
    const element = this.list.elementOf(key);
    if (!row || !element) return false;
    row.open();
    const button = /** @type {HTMLElement} */ (element.querySelector('button.opener'));
    button.focus({preventScroll: true});
    element.scrollIntoView({block: 'start', behavior: motion.behavior()});
    return true;
  }

  /**
   * A column of plain text.
   *
   * @template T
   * @param {string} title @param {(item: T) => string} value @param {string} [className]
   * @returns {ColumnSpec<T>}
   */
  static text(title, value, className = 'number') {
    return {title, class: className, make: () => {
      const cell = dom.el('td');
      return {cell, update: (item) => dom.text(cell, value(item))};
    }};
  }
}

const motion = {
  /** @returns {ScrollBehavior} */
  behavior: () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth'),
};
