'use strict';

/** Links into the page: a section by its element, and `#loop/<id>`, `#stall/<id>`, `#finding/<fingerprint>`, `#pool/<id>`, `#downstream/<id>`. They work on load and in a snapshot. */
const router = (() => {
  const TYPES = ['loop', 'stall', 'finding', 'pool', 'downstream'];
  /** @type {(target: {to: string, id: string} | null) => void} */
  let listener = () => {};

  /** @param {string} to @param {string} id @returns {string} */
  function href(to, id) {
    return id ? `#${to}/${encodeURIComponent(id)}` : `#${to}`;
  }

  /** @returns {{to: string, id: string} | null} the target in the address */
  function target() {
    const match = /^#([a-z]+)\/(.+)$/.exec(location.hash);
    if (!match || !TYPES.includes(match[1])) return null;
    try {
      return {to: match[1], id: decodeURIComponent(match[2])};
    } catch {
      return null; // a broken escape in a hand-made link
    }
  }

  /** @param {string} to @param {string} id @param {string} text @param {string} [className] @returns {HTMLElement} */
  function link(to, id, text, className = '') {
    const anchor = dom.el('a', {href: href(to, id), names: text, class: className});
    // after a detail is closed by hand, the address may still have it: then a click causes no hashchange
    anchor.addEventListener('click', () => location.hash === href(to, id) && listener(target()));
    return anchor;
  }

  /** Puts a detail that was opened by hand into the address, without a jump and without an entry in the history. @param {string} to @param {string} id */
  function opened(to, id) {
    if (TYPES.includes(to)) history.replaceState(null, '', href(to, id));
  }

  /** @param {string} to @param {string} id */
  function closed(to, id) {
    if (location.hash === href(to, id)) history.replaceState(null, '', location.pathname + location.search);
  }

  /** @param {(target: {to: string, id: string} | null) => void} newListener */
  function listen(newListener) {
    listener = newListener;
    window.addEventListener('hashchange', () => listener(target()));
  }

  return {href, target, link, opened, closed, listen};
})();
