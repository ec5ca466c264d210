'use strict';

/** Small charts over the picture's columns. */
const charts = (() => {
  const HEIGHT = 130;

  /**
   * @typedef {{name: string, label: string, color: string}} Line `name` is a series of the picture, `color` a custom property
   * @typedef {{title: string, lines: Line[], value: (value: number | null) => string, log?: boolean, max?: number}} ChartSpec
   */

  /** A uPlot chart that follows its container's width and the theme. */
  class Chart {
    /** @param {ChartSpec} spec @param {string} sync charts with the same name share their cursor */
    constructor(spec, sync) {
      this.spec = spec;
      this.sync = sync;
      this.plot = null;
      /** Times in seconds, then each line's values. @type {Column[]} */
      this.data = [];
      this.holder = dom.el('div', {class: 'chart-plot', role: 'img'});
      this.legend = dom.el('p', {class: 'chart-legend', 'aria-hidden': 'true'});
      this.values = spec.lines.map((line) => {
        const value = dom.el('b');
        const key = dom.el('i');
        key.style.setProperty('background', `var(--${line.color})`);
        this.legend.append(dom.el('span', {}, key, `${line.label} `, value));
        return value;
      });
      this.element = dom.el('figure', {class: 'chart'}, dom.el('figcaption', {}, dom.el('span', {class: 'chart-title', text: spec.title}), this.legend), this.holder);
      this.resize = new ResizeObserver(() => this.fit());
      this.resize.observe(this.holder);
      this.retheme = () => this.rebuild();
      document.addEventListener('themechange', this.retheme);
    }

    /** @param {Picture} picture @param {Record<string, Column> | null} series */
    update(picture, series) {
      const times = Array.from({length: picture.columns}, (_, index) => (picture.from + index * picture.step) / 1000);
      this.data = [times, ...this.spec.lines.map((line) => this.clean(series?.[line.name], picture.columns))];
      if (this.plot) this.plot.setData(this.data);
      else this.fit();
      this.legendAt(null);
      const summary = this.spec.lines.map((line, index) => {
        const known = this.data[index + 1].filter((value) => value !== null);
        return `${line.label}: last ${this.spec.value(known.at(-1) ?? null)}, highest ${this.spec.value(known.length ? Math.max(...known) : null)}`;
      });
      dom.attribute(this.holder, 'aria-label', `${this.spec.title}. ${summary.join('; ')}`);
    }

    /** @param {Column | undefined} column @param {number} length */
    clean(column, length) {
      if (!column) return new Array(length).fill(null);
      return this.spec.log ? column.map((value) => (value === null ? null : Math.max(value, 0.01))) : column;
    }

    /** @param {number | null} index a column, or null for the last known one */
    legendAt(index) {
      this.values.forEach((element, line) => {
        const column = this.data[line + 1];
        const value = index === null ? column.findLast((value) => value !== null) : column[index];
        dom.text(element, this.spec.value(value ?? null));
      });
    }

    fit() {
      const width = Math.floor(this.holder.clientWidth);
      if (width < 40 || this.data.length === 0) return;
      if (!this.plot) this.plot = new uPlot(this.options(width), this.data, this.holder);
      else if (this.plot.width !== width) this.plot.setSize({width, height: HEIGHT});
    }

    rebuild() {
      this.plot?.destroy();
      this.plot = null;
      this.fit();
    }

    /** @param {number} width */
    options(width) {
      const grid = {stroke: palette.color('line'), width: 1};
      const axis = {stroke: palette.color('muted'), font: '11px system-ui, sans-serif', grid, ticks: {show: false}};
      const log = this.spec.log;
      return {
        width,
        height: HEIGHT,
        padding: [8, 8, 0, 0],
        legend: {show: false},
        cursor: {sync: {key: this.sync}, points: {size: 6}, drag: {x: false, y: false}, y: false},
        hooks: {setCursor: [(/** @type {any} */ plot) => this.data.length > 0 && this.legendAt(plot.cursor.idx ?? null)]},
        scales: {
          y: log ? {distr: 3, range: (/** @type {unknown} */ _, /** @type {number} */ low, /** @type {number} */ high) => logRange(low, high)}
            : {range: (/** @type {unknown} */ _, /** @type {number} */ low, /** @type {number} */ high) => [0, this.spec.max ?? Math.max(1, high * 1.1)]},
        },
        axes: [
          {...axis, size: 24, space: 70, values: (/** @type {unknown} */ _, /** @type {number[]} */ times) => times.map((time) => format.clock(time * 1000))},
          {...axis, ...(log ? {splits: decades} : {}), size: 58, space: 26, values: (/** @type {unknown} */ _, /** @type {(number | null)[]} */ values) => values.map((value) => (value === null ? '' : this.spec.value(value)))},
        ],
        series: [{}, ...this.spec.lines.map((line, index) => ({
          stroke: palette.color(line.color), width: 1.5, points: {show: false}, spanGaps: false, fill: index === 0 ? `${palette.color(line.color)}22` : undefined,
        }))],
      };
    }

    destroy() {
      document.removeEventListener('themechange', this.retheme);
      this.resize.disconnect();
      this.plot?.destroy();
      this.plot = null;
    }
  }

  /** @param {number} low @param {number} high @returns {[number, number]} whole decades, at least two */
  function logRange(low, high) {
    const from = Math.floor(Math.log10(Math.max(low || 0.1, 0.01)));
    const to = Math.max(from + 2, Math.ceil(Math.log10(Math.max(high || 1, 0.1))));
    return [10 ** from, 10 ** to];
  }

  /** @param {unknown} _plot @param {number} _axis @param {number} low @param {number} high @returns {number[]} every decade; if there are many, every second one */
  function decades(_plot, _axis, low, high) {
    const from = Math.round(Math.log10(low));
    const to = Math.round(Math.log10(high));
    const step = to - from > 4 ? 2 : 1;
    return Array.from({length: Math.floor((to - from) / step) + 1}, (_, index) => 10 ** (from + index * step));
  }

  /** A line of small bars. It is decoration: numbers beside it have the same values. */
  class Spark {
    /** @param {string} color a custom property */
    constructor(color) {
      this.color = color;
      this.drawn = '';
      this.canvas = /** @type {HTMLCanvasElement} */ (dom.el('canvas', {class: 'spark', width: '180', height: '44', 'aria-hidden': 'true'}));
    }

    /** @param {Column | undefined} column */
    update(column) {
      const bars = fold(column ?? [], 60);
      const state = `${document.documentElement.dataset.theme} ${bars.join()}`;
      if (state === this.drawn) return;
      this.drawn = state;
      const context = this.canvas.getContext('2d');
      if (!context) return;
      const {width, height} = this.canvas;
      context.clearRect(0, 0, width, height);
      context.fillStyle = palette.color('line');
      context.fillRect(0, height - 2, width, 2);
      context.fillStyle = palette.color(this.color);
      const highest = Math.max(...bars, 0);
      bars.forEach((value, index) => {
        if (value > 0) context.fillRect(index * 3, height - Math.max(4, (value / highest) * height), 2, height);
      });
    }
  }

  /** @param {Column} column @param {number} parts @returns {number[]} the highest value of each part */
  function fold(column, parts) {
    const result = new Array(parts).fill(0);
    column.forEach((value, index) => {
      const part = Math.floor((index * parts) / column.length);
      result[part] = Math.max(result[part], value ?? 0);
    });
    return result;
  }

  return {Chart, Spark};
})();
