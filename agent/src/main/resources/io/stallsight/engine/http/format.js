'use strict';

/** Numbers, times and names as people read them. Durations are milliseconds, times milliseconds since 1970, shares 0 to 1; null means unknown. */
const format = (() => {
  const DASH = '\u2013';
  /** The suffix that the JVM adds to the name of a hidden class, such as a lambda's. */
  const HIDDEN = /\/0x[0-9a-f]+/;

  /** @param {number} value @returns {string} at most three significant digits, no exponent */
  function digits(value) {
    if (value >= 100) return Math.round(value).toLocaleString('en-US').replace(/,/g, '\u202f');
    return String(Number(value.toPrecision(value >= 10 ? 3 : 2)));
  }

  /** @param {number | null | undefined} ms @returns {string} for example "0.2 ms", "842 ms", "3.2 s", "4 min 10 s" */
  function duration(ms) {
    if (ms === null || ms === undefined) return DASH;
    if (ms === 0) return '0 ms';
    if (ms < 0.01) return '<0.01 ms';
    if (ms < 999.5) return `${digits(ms)} ms`;
    if (ms < 59_950) return `${Number((ms / 1000).toPrecision(3))} s`;
    const seconds = Math.round(ms / 1000);
    if (seconds < 3600) return seconds % 60 ? `${Math.floor(seconds / 60)} min ${seconds % 60} s` : `${seconds / 60} min`;
    const minutes = Math.round(seconds / 60);
    if (minutes < 48 * 60) return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes / 60} h`;
    return `${Math.round(minutes / 1440)} days`;
  }

  /** @param {number | null | undefined} value @returns {string} */
  function count(value) {
    if (value === null || value === undefined) return DASH;
    return Number.isInteger(value) ? value.toLocaleString('en-US').replace(/,/g, '\u202f') : digits(value);
  }

  /** @param {number | null | undefined} share @returns {string} */
  function percent(share) {
    if (share === null || share === undefined) return DASH;
    const value = share * 100;
    if (value > 0 && value < 0.1) return '<0.1 %';
    return `${value > 0 && value < 9.95 ? Number(value.toPrecision(2)) : Math.round(value)} %`;
  }

  /** @param {number | null | undefined} seconds the time that others waited @returns {string} */
  function harm(seconds) {
    return seconds === null || seconds === undefined ? DASH : duration(seconds * 1000);
  }

  /** The zone of the service, so that times are those of its log. @type {{id: string | null, format: Intl.DateTimeFormat}} */
  let zone = {id: null, format: formatOf(null)};

  /** @param {string | null} id a zone as Java names it @returns {Intl.DateTimeFormat} in the reader's zone if the browser does not know that one */
  function formatOf(id) {
    const fields = /** @type {const} */ ({year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'});
    // "GMT+02:00" of Java is "+02:00" in a browser
    for (const timeZone of id ? [id, id.replace(/^(?:GMT|UTC|UT)(?=[+-])/, ''), id === 'Z' ? 'UTC' : ''] : []) {
      try {
        if (timeZone) return new Intl.DateTimeFormat('en-GB', {...fields, timeZone});
      } catch {
        // the browser does not know it
      }
    }
    return new Intl.DateTimeFormat('en-GB', fields);
  }

  /** @param {string | null | undefined} id the zone of the times from here on */
  function useZone(id) {
    if (id && id !== zone.id) zone = {id, format: formatOf(id)};
  }

  /** @returns {string} the name of the zone of all times */
  function zoneName() {
    return zone.format.resolvedOptions().timeZone;
  }

  /** @param {number} time @returns {string} for example "14:03:21", in the service's time zone */
  function clock(time) {
    return date(time).slice(-8);
  }

  /** @param {number} time @returns {string} date and time, in the service's time zone */
  function date(time) {
    const part = Object.fromEntries(zone.format.formatToParts(time).map(({type, value}) => [type, value]));
    return `${part.year}-${part.month}-${part.day} ${part.hour}:${part.minute}:${part.second}`;
  }

  /** @param {number} ms @returns {string} whole minutes; whole seconds below one minute */
  function age(ms) {
    const unit = ms < 60_000 ? 1_000 : 60_000;
    return duration(Math.max(unit, Math.floor(ms / unit) * unit));
  }

  /** @param {number} time @param {number} now @returns {string} */
  function ago(time, now) {
    const ms = Math.max(0, now - time);
    if (ms < 1500) return 'just now';
    if (ms < 60_000) return `${Math.round(ms / 1000)} s ago`;
    if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min ago`;
    return `${duration(Math.floor(ms / 60_000) * 60_000)} ago`;
  }

  /** @param {number} n @param {string} one @param {string} [many] @returns {string} "1 loop", "2 loops" */
  function plural(n, one, many = `${one}s`) {
    return `${count(n)} ${n === 1 ? one : many}`;
  }

  /**
   * Takes a site or frame apart.
   *
   * @param {string} frame "com.shop.Orders.find(Orders.java:57)"
   * @returns {{packageName: string, method: string, place: string}} "com.shop.", "Orders.find", "Orders.java:57"; any other text counts as the method
   */
  function frame(frame) {
    const match = /^((?:[^\s.()/]+\.)*?)([^\s.()]+\.[^\s.()]+)\((.*)\)$/.exec(frame.replace(HIDDEN, '').replace(/^.*\//, ''));
    return match ? {packageName: match[1], method: match[2], place: match[3]} : {packageName: '', method: frame, place: ''};
  }

  /** @param {string | null} site @returns {string} "Orders.find:57", the short form that a verdict uses */
  function site(site) {
    if (!site) return 'no line of code';
    const {method, place} = frame(site);
    const line = /:(\d+)$/.exec(place);
    return line ? `${method}:${line[1]}` : method;
  }

  return {duration, count, percent, harm, useZone, zoneName, clock, date, age, ago, plural, frame, site, DASH};
})();
