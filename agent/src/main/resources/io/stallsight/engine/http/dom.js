'use strict';

/**
 * Makes and updates elements. Strings from the application (thread names, sites, SQL) only become text: nothing in this page parses a string as HTML.
 *
 * @typedef {{class?: string, text?: string, names?: string, on?: Record<string, (event: any) => void>, [attribute: string]: unknown}} Props
 */
const dom = (() => {
  /**
   * @param {string} tag
   * @param {Props} [props] `class`, `text`, `names` (a text with names in it), `on` (listeners); anything else is an attribute; true sets it empty, false and null leave it out
   * @param {...(Node | string | null)} children
   * @returns {HTMLElement}
   */
  function el(tag, props = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(props)) {
      if (name === 'class') element.className = String(value);
      else if (name === 'text') element.textContent = String(value);
      else if (name === 'names') element.append(...breakable(String(value)));
      else if (name === 'on') for (const [event, listener] of Object.entries(props.on ?? {})) element.addEventListener(event, listener);
      else attribute(element, name, value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  /**
   * Sets the text only if it differs. So a selection in the text survives, and the browser does no layout.
   *
   * @param {Node} node @param {string} value
   */
  function text(node, value) {
    if (node.textContent !== value) node.textContent = value;
  }

  /** A word of a name that is longer than this may also break before a capital letter. */
  const LONG_WORD = 20;

  /** Places between the words of a name: after a dot, a colon, a hyphen and the like, and before a bracket. */
  const BETWEEN_WORDS = /(?<=[.:/#$_,;=-])(?=[^\s.:/#$_,;=)-])|(?=\()|(?<=\s)/;

  /** @param {string} value @returns {Node[]} the text, which lines break between the words of a name only */
  function breakable(value) {
    const words = value.split(BETWEEN_WORDS).flatMap((word) => (word.length > LONG_WORD ? word.split(/(?<=[a-z0-9])(?=[A-Z])/) : [word]));
    return words.flatMap((word, index) => (index === 0 ? [document.createTextNode(word)] : [document.createElement('wbr'), document.createTextNode(word)]));
  }

  /** As `text`, for a text with names of code or threads in it. @param {Element} node @param {string} value */
  function names(node, value) {
    if (node.textContent !== value) node.replaceChildren(...breakable(value));
  }

  /** @param {Element} element @param {string} name @param {unknown} value */
  function attribute(element, name, value) {
    if (value === false || value === null || value === undefined) element.removeAttribute(name);
    else if (element.getAttribute(name) !== (value === true ? '' : String(value))) element.setAttribute(name, value === true ? '' : String(value));
  }

  /** @param {HTMLElement} element @param {boolean} shown */
  function show(element, shown) {
    if (element.hidden === shown) element.hidden = !shown;
  }

  /** @param {HTMLElement} element @param {string} property @param {string} value */
  function style(element, property, value) {
    if (element.style.getPropertyValue(property) !== value) element.style.setProperty(property, value);
  }

  /** @param {Element} element whether the reader uses it: it has the focus, the pointer or selected text */
  function inUse(element) {
    const selection = document.getSelection();
    const selected = selection !== null && !selection.isCollapsed && selection.anchorNode !== null && element.contains(selection.anchorNode);
    return element.contains(document.activeElement) || element.matches(':hover') || selected;
  }

  /**
   * A list whose elements live as long as their items. While the reader uses the list, its elements keep their order and new ones come last. So nothing moves away under the
   * pointer, and no element loses the focus.
   *
   * @template T
   */
  class List {
    /**
     * @param {Element} parent
     * @param {(item: T) => string} keyOf
     * @param {(item: T) => {element: HTMLElement, update: (item: T, index: number) => void}} create
     */
    constructor(parent, keyOf, create) {
      this.parent = parent;
      /** The element before the list in its parent, such as the head of a table. */
      this.before = parent.lastElementChild;
      this.keyOf = keyOf;
      this.create = create;
      /** @type {Map<string, {element: HTMLElement, update: (item: T, index: number) => void}>} */
      this.entries = new Map();
    }

    /** @param {T[]} items in their order @param {boolean} [reorder] whether the reader has asked for that order */
    update(items, reorder = false) {
      const ordered = this.entries.size > 0 && !reorder && inUse(this.parent) ? this.inFormerOrder(items) : items;
      const wanted = new Set(ordered.map(this.keyOf));
      for (const [key, entry] of this.entries) {
        if (!wanted.has(key)) {
          entry.element.remove();
          this.entries.delete(key);
        }
      }
      let next = this.before ? this.before.nextElementSibling : this.parent.firstElementChild;
      ordered.forEach((item, index) => {
        const key = this.keyOf(item);
        let entry = this.entries.get(key);
        if (!entry) {
          entry = this.create(item);
          this.entries.set(key, entry);
        }
        if (entry.element === next) next = next.nextElementSibling;
        else this.parent.insertBefore(entry.element, next);
        entry.update(item, index);
      });
    }

    /** @param {T[]} items @returns {T[]} */
    inFormerOrder(items) {
      const place = new Map([...this.parent.children].map((element, index) => [element, index]));
      const placeOf = (/** @type {T} */ item) => {
        const entry = this.entries.get(this.keyOf(item));
        return entry ? place.get(entry.element) ?? Infinity : Infinity;
      };
      return items.map((item) => ({item, at: placeOf(item)})).sort((a, b) => (a.at === b.at ? 0 : a.at - b.at)).map(({item}) => item);
    }

    /** @param {string} key @returns {HTMLElement | null} */
    elementOf(key) {
      return this.entries.get(key)?.element ?? null;
    }
  }

  /** @param {string} name @param {() => string} value the text to copy @returns {HTMLElement} */
  function copyButton(name, value) {
    const button = el('button', {type: 'button', class: 'copy', text: name});
    button.addEventListener('click', async () => {
      const done = await copy(value());
      button.textContent = done ? 'Copied' : 'Select the text and press Ctrl+C';
      setTimeout(() => (button.textContent = name), 2000);
    });
    return button;
  }

  /** @param {string} value @returns {Promise<boolean>} */
  async function copy(value) {
    try {
      await navigator.clipboard.writeText(value);
      return true;
    } catch {
      // browsers refuse the clipboard on plain http from another host, and some in files: copy through a text area
      const area = /** @type {HTMLTextAreaElement} */ (el('textarea', {class: 'visually-hidden', 'aria-hidden': 'true'}));
      const focused = /** @type {HTMLElement | null} */ (document.activeElement);
      area.value = value;
      document.body.append(area);
      area.select();
      const done = document.execCommand('copy');
      area.remove();
      focused?.focus({preventScroll: true});
      return done;
    }
  }

  return {el, text, names, breakable, attribute, show, style, inUse, List, copyButton};
})();
