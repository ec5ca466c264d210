'use strict';

/**
 * A table whose rows open. Each item is a tbody with a row of values and a row with the detail. The detail is built when the row is first opened. A column with `order` sorts the table by its number.
 *
 * @template T
 * @typedef {{title: string, class?: string, order?: (item: T) => number, make: (item: T) => {cell: HTMLElement, update: (item: T) => void}}} ColumnSpec
 */
/**
 * @template T
 * @typedef {{update: (item: T, picture: Picture) => void, element: HTMLElement, destroy?: () => void}} Detail
 */
/** @template T */
class OpeningTable {
  /**
   * @param {{to: string, caption: string, keyOf: (item: T) => string, nameOf: (item: T) => string, columns: ColumnSpec<T>[], first: (item: T) => {content: HTMLElement, update: (item: T, index: number) => void},
   *   firstTitle: string, detail: (item: T) => Detail<T>, onSort?: () => void}} spec
   */
  constructor(spec) {
    this.spec = spec;
    /** The column that the reader has chosen, and whether its largest number comes first. @type {{column: ColumnSpec<T>, down: boolean} | null} */
    this.sorted = null;
    this.reorder = false;
    /** @type {Map<string, {item: T, open: () => void, close: () => void, detail: () => Detail<T> | null}>} */
    this.rows = new Map();
    /** @type {Set<string>} */
    this.opened = new Set();
    /** @type {Picture | null} */
    this.picture = null;
    const head = dom.el('tr', {}, dom.el('th', {scope: 'col', text: spec.firstTitle}), ...spec.columns.map((column) => this.head(column)));
    this.heads = [...head.children].slice(1);
    this.element = dom.el('table', {class: 'list'}, dom.el('caption', {class: 'visually-hidden', text: spec.caption}), dom.el('thead', {}, head));
    this.list = new dom.List(this.element, spec.keyOf, (item) => this.create(item));
  }

  /** @param {ColumnSpec<T>} column */
  head(column) {
    const head = dom.el('th', {scope: 'col', class: column.class ?? ''});
    head.append(column.order ? dom.el('button', {type: 'button', class: 'sort', text: column.title, on: {click: () => this.sortBy(column)}}) : column.title);
    return head;
  }

  /** The first click puts the largest number first, the second the smallest, the third goes back to the usual order. @param {ColumnSpec<T>} column */
  sortBy(column) {
    const before = this.sorted;
    this.sorted = before?.column !== column ? {column, down: true} : before.down ? {column, down: false} : null;
    this.spec.columns.forEach((each, index) => dom.attribute(this.heads[index], 'aria-sort', this.sorted?.column === each ? (this.sorted.down ? 'descending' : 'ascending') : null));
    this.reorder = true;
    this.spec.onSort?.();
  }

  /** @param {T[]} items @returns {T[]} in the order that the reader has chosen; as they are if there is none */
  inOrder(items) {
    const {sorted} = this;
    const order = sorted?.column.order;
    if (!sorted || !order) return items;
    return [...items].sort((a, b) => (sorted.down ? order(b) - order(a) : order(a) - order(b)));
  }

  /** @param {T[]} items @param {Picture} picture */
  update(items, picture) {
    this.picture = picture;
    this.list.update(items, this.reorder);
    this.reorder = false;
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
    cells.forEach((cell, index) => {
      cell.cell.className = spec.columns[index].class ?? '';
      cell.cell.dataset.title = spec.columns[index].title; // where the screen is narrow, the table has no head
    });
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
    this.rows.set(key, {item, open, close, detail: () => detail});
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

  /** @param {string} key @returns {Detail<T> | null} the detail of an item that is open */
  detailOf(key) {
    return this.rows.get(key)?.detail() ?? null;
  }

  /**
   * A column of plain text.
   *
   * @template T
   * @param {string} title @param {(item: T) => string} value @param {string} [className] @param {(item: T) => number} [order]
   * @returns {ColumnSpec<T>}
   */
  static text(title, value, className = 'number', order = undefined) {
    return {title, class: className, order, make: () => {
      const cell = dom.el('td');
      return {cell, update: (item) => dom.text(cell, value(item))};
    }};
  }

  /**
   * A column of numbers that sorts the table.
   *
   * @template T
   * @param {string} title @param {(item: T) => number | null} order @param {(value: number | null) => string} value @param {string} [className]
   * @returns {ColumnSpec<T>}
   */
  static number(title, order, value, className = 'number') {
    return OpeningTable.text(title, (item) => value(order(item)), className, (item) => order(item) ?? -1);
  }
}

const motion = {
  /** @returns {ScrollBehavior} */
  behavior: () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth'),
};
