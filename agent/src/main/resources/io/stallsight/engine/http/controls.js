'use strict';

/** Theme, range, pause and snapshot. Settings are stored where the browser allows it. */
const settings = (() => {
  /** @param {string} name @returns {string | null} */
  function read(name) {
    try {
      return localStorage.getItem(`stallsight.${name}`);
    } catch {
      return null; // the browser's settings refuse it
    }
  }

  /** @param {string} name @param {string} value */
  function write(name, value) {
    try {
      localStorage.setItem(`stallsight.${name}`, value);
    } catch {
      // then the setting holds until the page is closed
    }
  }

  return {read, write};
})();

const themes = (() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');

  /** @returns {'dark' | 'light'} */
  function current() {
    const chosen = settings.read('theme');
    return chosen === 'dark' || chosen === 'light' ? chosen : dark.matches ? 'dark' : 'light';
  }

  /** @param {string} theme */
  function apply(theme) {
    document.documentElement.dataset.theme = theme;
    document.dispatchEvent(new CustomEvent('themechange'));
  }

  function toggle() {
    const theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
    settings.write('theme', theme);
    apply(theme);
  }

  dark.addEventListener('change', () => apply(current()));
  apply(current());
  return {toggle};
})();

class Controls {
  static RANGES = [[60, '1 min'], [300, '5 min'], [900, '15 min'], [3600, '1 h']];

  /** @param {HTMLElement} element @param {boolean} live @param {{onPause: () => void, onRange: (seconds: number) => void}} actions */
  constructor(element, live, actions) {
    this.pause = dom.el('button', {type: 'button', 'aria-pressed': 'false', text: 'Pause', on: {click: actions.onPause}});
    const range = /** @type {HTMLSelectElement} */ (dom.el('select', {'aria-label': 'Time range', on: {change: () => {
      settings.write('range', range.value);
      actions.onRange(Number(range.value));
    }}}, ...Controls.RANGES.map(([seconds, name]) => dom.el('option', {value: String(seconds), text: String(name)}))));
    const kept = Number(settings.read('range'));
    this.range = Controls.RANGES.some(([seconds]) => seconds === kept) ? kept : 300;
    range.value = String(this.range);
    this.snapshot = dom.el('a', {class: 'button', href: 'snapshot', download: true, text: 'Snapshot', title: 'Download this page with its data as one HTML file'});
    const theme = dom.el('button', {type: 'button', class: 'icon', 'aria-label': 'Dark or light', title: 'Dark or light', on: {click: themes.toggle}}, dom.el('span', {'aria-hidden': 'true', text: '\u25d0'}));
    element.append(...(live ? [range, this.pause, this.snapshot] : []), theme);
  }

  /** @param {boolean} paused */
  setPaused(paused) {
    dom.attribute(this.pause, 'aria-pressed', String(paused));
    dom.text(this.pause, paused ? 'Resume' : 'Pause');
  }
}
