'use strict';

/** One stall: the evidence, the split of its time, the owner of the lock, the fix and the samples. It is built again only when the stall has grown. */
class StallDetail {
  /** @param {Stall} stall */
  constructor(stall) {
    this.shown = '';
    this.facts = new Facts();
    this.evidence = dom.el('p', {class: 'evidence'});
    this.split = dom.el('div', {class: 'block'});
    this.rest = dom.el('div');
    this.element = dom.el('div', {class: 'detail-body'}, this.evidence, this.split, fixBox(stall.fix), this.facts.element, this.rest);
  }

  /** @param {Stall} stall @param {Picture} picture */
  update(stall, picture) {
    dom.text(this.evidence, stall.evidence ?? '');
    this.facts.update([
      ['at', format.date(stall.start)], ['lasted', `${format.duration(stall.duration)}${stall.ongoing ? ', still going on' : ''}`], ['tasks and channels that waited', format.count(stall.waiting)],
      ['request that took most of it', requestText(stall)], ['its trace', stall.traceId || null, traceLink(stall, picture)], ['requests that waited behind it', stall.victimsText || stall.victims?.join(', ') || null], ['harm: time that others lost', format.harm(stall.harm)], ['CPU time', format.duration(stall.cpu)], ['throttled', stall.throttled ? format.duration(stall.throttled) : null],
      ['tasks', format.count(stall.tasks)], ['samples at the site', stall.samples ? `${format.count(stall.samplesAtSite)} of ${format.count(stall.samples)}` : null]]);
    // a call that still runs has no finding yet
    const finding = picture.findings.some(({fingerprint}) => fingerprint === stall.fingerprint);
    const state = `${stall.duration} ${stall.ongoing} ${stall.samples} ${finding}`;
    if (state === this.shown || (this.shown && dom.inUse(this.rest))) return;
    this.shown = state;
    this.split.replaceChildren(...splitBar(stall));
    this.rest.replaceChildren(...this.parts(stall, finding).filter((part) => part !== null));
  }

  /** @param {Stall} stall @param {boolean} finding whether the picture has its finding @returns {(HTMLElement | null)[]} */
  parts(stall, finding) {
    return [
      dom.el('p', {class: 'wrap'}, 'See ', router.link('loop', stall.loop, `loop ${stall.loop}`), ...(finding && stall.fingerprint ? [' and ', router.link('finding', stall.fingerprint, `finding ${stall.fingerprint}`)] : []), '.'),
      stall.topTasks?.length ? dom.el('div', {class: 'block'}, dom.el('h4', {text: 'Tasks that took most time'}), dom.el('ul', {class: 'plain-list mono'}, ...stall.topTasks.map((task) => dom.el('li', {text: taskName(task)})))) : null,
      stall.owner ? dom.el('p', {class: 'owner'}, dom.el('b', {class: 'mono', text: stall.owner}), ' held the lock', ...(stall.ownerSite ? [' in ', dom.el('b', {class: 'mono', text: format.site(stall.ownerSite)})] : []), '.') : null,
      stacks.view(`Stack of ${stall.owner ?? 'the owner'}`, stall.ownerStack, stall.site),
      stall.profile?.length ? new flames.Flame(stall.profile, stall.site).element : null,
      stacks.view('Stack', stall.stack, stall.site),
    ];
  }
}

/** @param {unknown} task @returns {string} */
function taskName(task) {
  return typeof task === 'string' ? task : Object.values(/** @type {object} */ (task)).join('  ');
}

/** @param {Stall} stall @returns {HTMLElement[]} the split of the time as a bar, and the same in words */
function splitBar(stall) {
  const parts = Object.entries(stall.split ?? {}).filter(([, ms]) => ms > 0).sort(([, a], [, b]) => b - a);
  if (parts.length === 0) return [];
  const total = parts.reduce((sum, [, ms]) => sum + ms, 0);
  const bar = dom.el('div', {class: 'split', 'aria-hidden': 'true'});
  const list = dom.el('ul', {class: 'split-list'});
  for (const [cause, ms] of parts) {
    const segment = dom.el('span', {text: ms / total > 0.05 ? palette.cause(cause).letter : ''});
    segment.style.setProperty('--badge', palette.causeVariable(cause));
    segment.style.flexGrow = String(ms / total);
    bar.append(segment);
    list.append(dom.el('li', {}, palette.causeBadge(cause), dom.el('span', {'aria-hidden': 'true', text: palette.cause(cause).name}), dom.el('b', {text: format.duration(ms)}), dom.el('span', {class: 'muted', text: format.percent(ms / total)})));
  }
  return [dom.el('h4', {text: 'Where the time went'}), bar, list];
}

/** @param {string | null} fix @returns {HTMLElement | null} */
function fixBox(fix) {
  return fix ? dom.el('p', {class: 'fix'}, dom.el('b', {text: 'Fix'}), ' ', fix) : null;
}
