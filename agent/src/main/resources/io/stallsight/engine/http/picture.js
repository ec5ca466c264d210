'use strict';

/**
 * The picture, as docs/api.md describes it.
 *
 * @typedef {(number | null)[]} Column one value for each column
 * @typedef {{id: string, group: string, state: 'free' | 'late' | 'stuck' | 'gone' | 'unknown', lagP50: number | null, lagP90: number | null, lagP99: number | null, lagMax: number | null,
 *   utilization: number | null, ticks: number | null, tasks: number | null, tickP50: number | null, tickP99: number | null, tickMax: number | null, pending: number | null,
 *   channels: number | null, runningFor: number | null, oldestTask: number | null, series: Record<string, Column> | null}} Loop
 * @typedef {{count: number, stack: string[]}} Profile
 * @typedef {{id: string, loop: string, group: string, start: number, duration: number, ongoing: boolean, cause: string, split: Record<string, number>, site: string | null,
 *   api: string | null, request?: string, handedOn?: boolean, traceId?: string, spanId?: string, victims?: string[], victimsText?: string, lost?: number | null, fingerprint: string | null, evidence: string | null, fix: string | null, waiting: number | null, harm: number | null, cpu: number | null,
 *   throttled: number | null, samples: number | null, samplesAtSite: number | null, tasks: number | null, topTasks: unknown[], owner: string | null, ownerSite: string | null, ownerStack: string[],
 *   stack: string[], profile: Profile[]}} Stall
 * @typedef {{fingerprint: string, kind: string, api: string, site: string | null, group: string, thread: string, count: number, total: number, p50: number | null,
 *   p99: number | null, max: number, first: number, last: number, harm: number | null, detail: string | null, request?: string, handedOn?: boolean, traceId?: string, spanId?: string, fix: string | null, allow: string | null, stack: string[],
 *   series: Record<string, Column> | null}} Finding
 * @typedef {{id: string, type: string, kind?: string, executors: number, active: number | null, size: number | null, max: number | null, queued: number | null, capacity: number | null,
 *   waitP50: number | null, waitP99: number | null, waitMax: number | null, oldestTask: number | null, runP50: number | null, runP99: number | null, runMax: number | null,
 *   completed: number | null, rejected: number | null, saturation: number | null, state: 'free' | 'busy' | 'full' | 'exhausted' | 'gone',
 *   series: Record<string, Column> | null}} Pool
 * @typedef {{workers: number, site: string | null, doing: string | null, stack: string[]}} StuckAt
 * @typedef {{id: string, pool: string, start: number, duration: number, last: number, ongoing: boolean, evidence: string | null, advice: string | null, sites: StuckAt[], waiters?: StuckAt[], requests?: string[], waitingRequests?: string[]}} Exhaustion
 * @typedef {{id: string, inFlight: number | null, peak: number | null, highWater: number | null, connects: number | null, failed: number | null,
 *   requestsInFlight?: number | null, requestsPeak?: number | null, requestsHighWater?: number | null, requests?: number | null, requestsFailed?: number | null,
 *   series: Record<string, Column> | null}} Downstream
 * @typedef {{type: string, time: number, thread: string | null, site: string | null, text: string, request?: string, handedOn?: boolean, fix: string | null, stack: string[]}} Notice
 * @typedef {{level: 'ok' | 'unknown' | 'warn' | 'bad', label: string, text: string, more: string[], links: Link[], moreLinks?: Link[][]}} Verdict
 * @typedef {{to: string, id: string}} Link a loop, finding, stall, pool or downstream; or a section of the page, without an id
 * @typedef {{pid: number | null, name: string | null, java: string | null, agent: string | null, started: number | null, mode: string | null,
 *   cpus: number | null, zone?: string | null, stallThreshold?: number | null, detail: string | null, traceUrl?: string | null}} Process
 * @typedef {{api: number, source: 'live' | 'recording', now: number, from: number, step: number, columns: number, delta: boolean, process: Process, verdict: Verdict,
 *   loops: Loop[], stalls: Stall[], findings: Finding[], pools: Pool[], exhaustions: Exhaustion[], downstreams: Downstream[], notices: Notice[],
 *   hooks: {woven: number, waiting: number, holes: {hook: string, problem: string}[]} | null,
 *   agent: {cpu: number | null, errors: number, firstError: string | null, dropped: number} | null,
 *   left: {loops: number, stalls?: number, exhaustions?: number, notices?: number, pools: number, downstreams: number, findings: number} | null}} Picture
 */

/** Merges a delta into a picture. No picture is ever modified, so the picture of a paused page stays as it is. */
const pictures = (() => {
  const STALLS = 500;
  const FINDINGS = 200;
  const NOTICES = 100;

  /**
   * @param {Picture | null} before the known picture
   * @param {Picture} next a whole picture, or a delta
   * @returns {Picture}
   */
  function merge(before, next) {
    if (!next.delta || before === null || before.step !== next.step) return next;
    const frame = new Frame(before, next);
    const byHarm = (/** @type {Finding} */ a, /** @type {Finding} */ b) => (b.harm ?? 0) - (a.harm ?? 0) || b.total - a.total;
    return {
      ...next,
      delta: false,
      from: frame.from,
      columns: frame.columns,
      loops: frame.series(before.loops, next.loops, idOf),
      pools: frame.series(before.pools, next.pools, idOf),
      downstreams: frame.series(before.downstreams, next.downstreams, idOf),
      findings: frame.series(before.findings, replaced(before.findings, next.findings, fingerprintOf), fingerprintOf).filter((finding) => finding.last >= frame.from).sort(byHarm).slice(0, FINDINGS),
      stalls: replaced(before.stalls, next.stalls, idOf).filter((stall) => stall.ongoing || stall.start + stall.duration >= frame.from).sort((a, b) => b.start - a.start).slice(0, STALLS),
      exhaustions: replaced(before.exhaustions, next.exhaustions, idOf).filter((exhaustion) => exhaustion.last >= frame.from),
      notices: replaced(before.notices, next.notices, noticeKey).sort((a, b) => b.time - a.time).slice(0, NOTICES),
    };
  }

  const idOf = (/** @type {{id: string}} */ item) => item.id;
  const fingerprintOf = (/** @type {Finding} */ finding) => finding.fingerprint;
  const noticeKey = (/** @type {Notice} */ notice) => `${notice.type} ${notice.time} ${notice.thread} ${notice.site}`;

  /**
   * @template T
   * @param {T[]} before @param {T[]} changed @param {(item: T) => string} keyOf
   * @returns {T[]} the items of both; if two have the same key, the changed one
   */
  function replaced(before, changed, keyOf) {
    const keys = new Set(changed.map(keyOf));
    return [...changed, ...before.filter((item) => !keys.has(keyOf(item)))];
  }

  /** The place of a delta's columns. The window keeps its length and moves on. */
  class Frame {
    /** @param {Picture} before @param {Picture} delta */
    constructor(before, delta) {
      this.columns = before.columns;
      const end = Math.max(before.from + before.columns * before.step, delta.from + delta.columns * delta.step);
      this.from = end - this.columns * before.step;
      /** the number of columns by which the known ones move to the left */
      this.shift = Math.round((this.from - before.from) / before.step);
      /** the place of the delta's first column */
      this.start = Math.round((delta.from - this.from) / before.step);
    }

    /**
     * @template {{series: Record<string, Column> | null}} T
     * @param {T[]} before @param {T[]} items the items of the result @param {(item: T) => string} keyOf
     * @returns {T[]} the items, each with its columns of the whole window
     */
    series(before, items, keyOf) {
      const known = new Map(before.map((item) => [keyOf(item), item]));
      return items.map((item) => {
        const former = known.get(keyOf(item));
        const isNew = item !== former;
        return {...item, series: this.joined(former?.series ?? null, isNew ? item.series : null)};
      });
    }

    /** @param {Record<string, Column> | null} before @param {Record<string, Column> | null} delta @returns {Record<string, Column> | null} */
    joined(before, delta) {
      if (!before && !delta) return null;
      /** @type {Record<string, Column>} */
      const result = {};
      for (const name of Object.keys(delta ?? before ?? {})) {
        const column = new Array(this.columns).fill(null);
        this.put(column, before?.[name], -this.shift);
        this.put(column, delta?.[name], this.start);
        result[name] = column;
      }
      return result;
    }

    /** @param {Column} column @param {Column | undefined} values @param {number} at */
    put(column, values, at) {
      values?.forEach((value, index) => {
        if (at + index >= 0 && at + index < column.length) column[at + index] = value;
      });
    }
  }

  /** @param {Picture} picture @returns {number} the time at the end of its last column */
  function end(picture) {
    return picture.from + picture.columns * picture.step;
  }

  return {merge, end};
})();
