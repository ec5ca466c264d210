'use strict';

/** Colours with a meaning. Each has a letter, a symbol or a word too, so that no reader depends on colour alone. */
const palette = (() => {
  /** Each cause of a stall: its letter, its name, its meaning, and whether no code is to blame. */
  const CAUSES = /** @type {Record<string, {letter: string, name: string, meaning: string, innocent?: boolean}>} */ ({
    BLOCKING_CALL: {letter: 'B', name: 'blocking call', meaning: 'the loop waited in a blocking call'},
    CPU: {letter: 'C', name: 'computing', meaning: 'code computed on the loop'},
    LOCK: {letter: 'L', name: 'waiting for a lock', meaning: 'the loop waited for a lock'},
    MANY_SMALL_TASKS: {letter: 'M', name: 'many small tasks', meaning: 'no task was long, but there were too many'},
    NATIVE: {letter: 'N', name: 'native code', meaning: 'the loop was in native code'},
    GC_PAUSE: {letter: 'G', name: 'garbage collection', meaning: 'the collector stopped the JVM; no code is to blame', innocent: true},
    SAFEPOINT: {letter: 'S', name: 'safepoint', meaning: 'the JVM stopped all threads; no code is to blame', innocent: true},
    NOT_SCHEDULED: {letter: 'W', name: 'waiting for a CPU', meaning: 'the loop had work but no CPU: it was throttled or starved', innocent: true},
    UNKNOWN: {letter: 'U', name: 'unexplained', meaning: 'no measurement explains the time'},
  });

  /** The kinds of blocking calls, in words. */
  const KINDS = /** @type {Record<string, string>} */ ({
    SLEEP: 'sleep', JOIN: 'thread join', WAIT: 'wait', LOCK: 'lock', FUTURE: 'future', QUEUE: 'queue', PARK: 'park', MONITOR: 'synchronized', SOCKET: 'socket', SELECT: 'select',
    FILE: 'file', PROCESS: 'process', CONSOLE: 'console', GC: 'full collection', MARKED: 'marked', RANDOM: 'random',
  });

  const STATES = /** @type {Record<string, {symbol: string, word: string}>} */ ({
    free: {symbol: '\u2713', word: 'free'},
    late: {symbol: '\u25b2', word: 'late'},
    stuck: {symbol: '\u2716', word: 'stuck'},
    busy: {symbol: '\u25b2', word: 'busy'},
    full: {symbol: '\u2716', word: 'full'},
    exhausted: {symbol: '\u2716', word: 'exhausted'},
    gone: {symbol: '\u25cb', word: 'gone'},
    unknown: {symbol: '?', word: 'not known'},
  });

  const LEVELS = /** @type {Record<string, {symbol: string}>} */ ({
    ok: {symbol: '\u2713'},
    unknown: {symbol: '?'},
    warn: {symbol: '\u25b2'},
    bad: {symbol: '\u2716'},
  });

  /** The lag in ms of each colour `--heat-<index>`. Between two of them, colours mix on a log scale. */
  const HEAT_STOPS = [0.1, 1, 10, 100, 1000, 10000];

  /** @param {string} cause */
  function cause(cause) {
    return CAUSES[cause] ?? {...CAUSES.UNKNOWN, name: cause.toLowerCase().replace(/_/g, ' ')};
  }

  /** @param {string} kind @returns {string} names such as JDBC, HTTP and DNS are words already */
  function kind(kind) {
    return KINDS[kind] ?? kind.replace(/_/g, ' ');
  }

  /** @param {string} name of a custom property, without "--" @returns {string} */
  function color(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  }

  /** @param {string} value @returns {string} the colour of the cause, as a custom property for style sheets */
  function causeVariable(value) {
    return `var(--cause-${cause(value).letter.toLowerCase()})`;
  }

  /** The heat colours of one theme. */
  class Heat {
    constructor() {
      this.stops = HEAT_STOPS.map((_, index) => rgb(color(`heat-${index}`)));
      const [red, green, blue] = rgb(color('line'));
      /** The pixel of a lag that a pause of the whole process explains. */
      this.paused = (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
    }

    /** @param {number} lag ms @returns {string} the colour, for a canvas */
    css(lag) {
      const pixel = this.pixel(lag);
      return `rgb(${pixel & 255}, ${(pixel >> 8) & 255}, ${(pixel >> 16) & 255})`;
    }

    /** @param {number | null} lag ms @returns {number} the pixel as ImageData's little-endian 32 bits, 0 (transparent) for null */
    pixel(lag) {
      if (lag === null || lag === undefined) return 0;
      const at = Math.min(HEAT_STOPS.length - 1, Math.max(0, Math.log10(Math.max(lag, 1e-3)) + 1));
      const low = Math.min(HEAT_STOPS.length - 2, Math.floor(at));
      const share = at - low;
      const mix = (/** @type {number} */ channel) => Math.round(this.stops[low][channel] * (1 - share) + this.stops[low + 1][channel] * share);
      return (0xff000000 | (mix(2) << 16) | (mix(1) << 8) | mix(0)) >>> 0;
    }
  }

  /** @param {string} hex "#rrggbb" @returns {number[]} */
  function rgb(hex) {
    return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  }

  /** @param {string} value a cause @returns {HTMLElement} its letter on its colour, with its name for screen readers */
  function causeBadge(value) {
    const {letter, name, meaning} = cause(value);
    const badge = dom.el('span', {class: 'badge', title: `${name}: ${meaning}`}, dom.el('span', {'aria-hidden': 'true', text: letter}), dom.el('span', {class: 'visually-hidden', text: name}));
    badge.style.setProperty('--badge', causeVariable(value));
    return badge;
  }

  return {CAUSES, STATES, LEVELS, HEAT_STOPS, Heat, cause, kind, causeBadge, causeVariable, color};
})();
