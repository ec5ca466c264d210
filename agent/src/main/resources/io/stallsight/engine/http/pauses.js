'use strict';

/**
 * Stalls that no code is to blame for often hit all loops at once: the JVM was stopped, or the process had no CPU. Such stalls are one pause, not one fault of each loop.
 *
 * @typedef {{cause: string, start: number, duration: number, stalls: Stall[]}} Pause
 */
const pauses = (() => {
  /** A lag is a little longer than the pause that caused it. */
  const SLACK = 1.25;
  const SLACK_MS = 20;

  /** @param {Stall[]} stalls of one cause @returns {Pause[]} stalls that overlap are one pause; newest first */
  function merged(stalls) {
    /** @type {Pause[]} */
    const found = [];
    for (const stall of [...stalls].sort((a, b) => a.start - b.start)) {
      const last = found.at(-1);
      if (last && stall.start <= last.start + last.duration) {
        last.stalls.push(stall);
        last.duration = Math.max(last.duration, stall.start + stall.duration - last.start);
      } else {
        found.push({cause: stall.cause, start: stall.start, duration: stall.duration, stalls: [stall]});
      }
    }
    return found.reverse();
  }

  /** @param {Stall[]} stalls @returns {Pause[]} those of the whole process; a loop alone without a CPU is a trouble of that loop */
  function ofProcess(stalls) {
    const innocent = Object.keys(palette.CAUSES).filter(isInnocent);
    return innocent.flatMap((cause) => merged(stalls.filter((stall) => stall.cause === cause)).filter((pause) => cause !== 'NOT_SCHEDULED' || new Set(pause.stalls.map(({loop}) => loop)).size > 1));
  }

  /** @param {string} cause @returns {boolean} */
  function isInnocent(cause) {
    return palette.cause(cause).innocent === true;
  }

  /**
   * @param {Picture} picture @param {Pause[]} ofProcess @param {string} loop
   * @returns {(column: number, lag: number) => Pause | null} the pause that explains the lag of the loop in a column
   */
  function explaining(picture, ofProcess, loop) {
    const blamed = picture.stalls.filter((stall) => stall.loop === loop && !isInnocent(stall.cause));
    // a lag is known when the loop goes on, which may be a column later
    const touches = (/** @type {{start: number, duration: number}} */ time, /** @type {number} */ column) => {
      const from = picture.from + column * picture.step;
      return time.start < from + picture.step && time.start + time.duration + picture.step > from;
    };
    return (column, lag) => {
      const pause = ofProcess.find((pause) => touches(pause, column) && lag <= pause.duration * SLACK + SLACK_MS);
      return pause && !blamed.some((stall) => touches(stall, column)) ? pause : null;
    };
  }

  return {merged, ofProcess, isInnocent, explaining};
})();
