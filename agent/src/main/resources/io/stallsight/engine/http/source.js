'use strict';

/**
 * The source of pictures: the element `stallsight-picture` of a snapshot or report; without it, the process that serves this page.
 *
 * @typedef {{onPicture: (picture: Picture) => void, onState: (state: ConnectionState) => void}} SourceListener
 * @typedef {{kind: 'waiting' | 'live' | 'lost', since: number, error?: string}} ConnectionState `since` is the time of the last picture, by the reader's clock
 */
const sources = (() => {
  const RETRIES_MS = [1000, 2000, 5000, 10_000];
  /** After two seconds and this many usual gaps without a picture, the connection is lost, even if the socket reports no error. */
  const SILENT_GAPS = 3;

  /** @returns {Picture | null} the picture inside this file */
  function embedded() {
    const json = document.getElementById('stallsight-picture')?.textContent?.trim();
    return json ? JSON.parse(json) : null;
  }

  /** Server-sent events. It reconnects whenever they end. */
  class LiveSource {
    /** @param {SourceListener} listener */
    constructor(listener) {
      this.listener = listener;
      this.range = 300;
      /** @type {EventSource | null} */
      this.events = null;
      this.attempt = 0;
      this.retryTimer = 0;
      this.lastAt = Date.now();
      this.gap = 1000;
      this.isLost = false;
      setInterval(() => this.watch(), 1000);
      // a page that comes back from sleep has a connection that looks open
      document.addEventListener('visibilitychange', () => document.hidden || this.watch());
      window.addEventListener('online', () => this.isLost && this.open(this.range));
    }

    /** @param {number} range seconds */
    open(range) {
      this.range = range;
      clearTimeout(this.retryTimer);
      this.events?.close();
      const events = new EventSource(`api/events?range=${range}`);
      this.events = events;
      events.addEventListener('picture', (event) => this.accept(JSON.parse(event.data)));
      events.addEventListener('error', () => {
        if (events !== this.events) return;
        this.lose();
        // CLOSED: the server answered with an error, and then the browser does not try again itself
        if (events.readyState === EventSource.CLOSED) this.retry();
      });
    }

    /** @param {Picture} picture */
    accept(picture) {
      const now = Date.now();
      if (picture.delta && !this.isLost) this.gap = this.gap * 0.7 + Math.min(60_000, now - this.lastAt) * 0.3;
      this.lastAt = now;
      this.attempt = 0;
      this.isLost = false;
      this.listener.onState({kind: 'live', since: now});
      this.listener.onPicture(picture);
    }

    watch() {
      if (!this.isLost && Date.now() - this.lastAt > this.gap * SILENT_GAPS + 2000) {
        this.lose();
        this.retry();
      } else if (this.isLost) {
        this.listener.onState({kind: 'lost', since: this.lastAt, error: this.error});
      }
    }

    lose() {
      this.isLost = true;
      this.listener.onState({kind: 'lost', since: this.lastAt, error: this.error});
    }

    retry() {
      clearTimeout(this.retryTimer);
      const wait = RETRIES_MS[Math.min(this.attempt++, RETRIES_MS.length - 1)];
      this.retryTimer = window.setTimeout(async () => {
        this.error = await this.refusal();
        this.open(this.range);
      }, wait);
    }

    /** @returns {Promise<string | undefined>} why the server sends no events; an EventSource does not know */
    async refusal() {
      try {
        const response = await fetch('api/hooks', {cache: 'no-store'});
        if (response.status === 401 || response.status === 403) return 'the session has ended; reload this page to sign in again';
        if (response.ok) return 'the server has too many open pages; close one';
        return `the server answers ${response.status}`;
      } catch {
        return undefined;
      }
    }
  }

  return {embedded, LiveSource};
})();
