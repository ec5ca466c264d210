'use strict';

/** A stack as a list of frames, innermost first. Frames of the application stand out. */
const stacks = (() => {
  /** Frames of the JDK and of well-known runtimes, for stacks without a known site. */
  const RUNTIME = /^(java|javax|jdk|sun|com\.sun|kotlin|kotlinx|scala|groovy|io\.netty|reactor|io\.vertx|io\.reactivex|org\.apache|org\.springframework|org\.eclipse)\./;

  /**
   * @param {string | null} site @returns {(frame: string) => boolean} whether a frame belongs to the application: it shares the first two packages with the site; without a site,
   *   it belongs to no known runtime
   */
  function applicationTest(site) {
    const packages = site ? format.frame(site).packageName.split('.').slice(0, 2).join('.') : '';
    if (packages && !RUNTIME.test(`${packages}.`)) return (frame) => frame === site || bare(frame).startsWith(`${packages}.`);
    return (frame) => frame === site || (!RUNTIME.test(bare(frame)) && bare(frame).includes('.'));
  }

  /** @param {string} frame @returns {string} without module and loader */
  function bare(frame) {
    return frame.replace(/^.*\//, '');
  }

  /** @param {string} text @param {boolean} application @param {boolean} isSite @returns {HTMLElement} */
  function line(text, application, isSite) {
    const {packageName, method, place} = format.frame(text);
    return dom.el('li', {class: `${application ? 'own' : ''} ${isSite ? 'site' : ''}`.trim()},
      dom.el('span', {class: 'package', names: packageName}), dom.el('wbr'), dom.el('span', {class: 'method', names: method}), place ? dom.el('span', {class: 'place', names: `(${place})`}) : null);
  }

  /** @param {string} title @param {string[]} frames @param {string | null} site @returns {HTMLElement | null} null for no frames */
  function view(title, frames, site) {
    if (!frames || frames.length === 0) return null;
    const isOwn = applicationTest(site);
    const list = dom.el('ol', {class: 'stack', tabindex: '0', 'aria-label': `${title}, innermost first`});
    list.append(...frames.map((frame) => line(frame, isOwn(frame), frame === site)));
    return dom.el('div', {class: 'block'},
      dom.el('div', {class: 'block-head'}, dom.el('h4', {text: title}), dom.copyButton('Copy', () => frames.map((frame) => `\tat ${frame}`).join('\n'))), list);
  }

  return {view, applicationTest};
})();
