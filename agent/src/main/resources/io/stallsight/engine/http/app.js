'use strict';

/** Connects the source of pictures to the views. */
class App {
  constructor() {
    const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
    const embedded = sources.embedded();
    this.live = embedded === null;
    this.connection = part('connection');
    this.process = part('process');
    this.missing = part('missing');
    this.controls = new Controls(part('controls'), this.live, {onPause: () => this.togglePause(), onRange: (seconds) => this.source?.open(seconds)});
    this.verdict = new VerdictView(part('verdict'), part('announcer'));
    this.loops = new LoopsView(part('loops'));
    this.stalls = new StallsView(part('stalls'));
    this.findings = new FindingsView(part('findings'));
    this.pools = new PoolsView(part('pools'));
    this.downstreams = new DownstreamsView(part('downstreams'));
    this.views = [this.verdict, this.loops, this.stalls, this.findings, this.pools, this.downstreams, new NoticesView(part('notices')), new HealthView(part('health'))];
    /** The newest picture. It also grows while the page is paused. @type {Picture | null} */
    this.newest = null;
    /** @type {Picture | null} */
    this.shown = null;
    this.paused = false;
    /** @type {ConnectionState} */
    this.state = {kind: 'waiting', since: Date.now()};
    /** The target in the address, until a picture has it. */
    this.wanted = router.target();
    router.listen((target) => {
      this.wanted = target;
      this.follow();
    });
    document.addEventListener('visibilitychange', () => !document.hidden && this.render());
    if (embedded) {
      document.documentElement.dataset.source = embedded.source;
      this.accept(embedded);
      this.showSnapshot(embedded);
    } else {
      this.source = new sources.LiveSource({onPicture: (picture) => this.accept(picture), onState: (state) => this.showConnection(state)});
      this.source.open(this.controls.range);
    }
  }

  /** @param {Picture} picture */
  accept(picture) {
    const restarted = this.newest !== null && this.newest.process.started !== null && this.newest.process.started !== picture.process.started;
    this.newest = restarted && picture.delta ? picture : pictures.merge(this.newest, picture);
    if (!this.paused) this.render();
    else this.showConnection(this.state);
  }

  render() {
    if (!this.newest || document.hidden) return;
    if (!this.paused) this.shown = this.newest;
    const picture = this.shown;
    if (!picture) return;
    format.useZone(picture.process.zone);
    this.describe(picture);
    for (const view of this.views) view.update(picture);
    if (this.wanted) this.follow();
  }

  /** @param {Picture} picture */
  describe({process, source, now}) {
    const facts = [process.name, process.pid === null ? null : `pid ${process.pid}`, process.java ? `Java ${process.java}` : null,
      process.cpus ? format.plural(process.cpus, 'CPU') : null, process.mode && process.mode !== 'observe' ? `mode ${process.mode}` : null,
      process.started === null ? null : `up ${format.age(now - process.started)}`, source === 'recording' ? 'from a recording' : null, `times in ${format.zoneName()}`];
    dom.text(this.process, facts.filter(Boolean).join(' \u00b7 '));
  }

  /** Goes to the target in the address, as soon as there is a picture. */
  follow() {
    if (!this.shown) return;
    const target = this.wanted;
    this.wanted = null;
    dom.show(this.missing, false);
    if (!target) return;
    const reveal = {
      loop: () => this.loops.reveal(target.id), stall: () => this.stalls.reveal(target.id), finding: () => this.findings.reveal(target.id),
      pool: () => this.pools.reveal(target.id), downstream: () => this.downstreams.reveal(target.id)}[target.to];
    if (reveal && !reveal()) {
      dom.text(this.missing, `This picture does not have ${target.to} ${target.id} of the link.${this.live ? ' It may be older than the time range, or it has not happened again.' : ''}`);
      dom.show(this.missing, true);
      this.missing.scrollIntoView({block: 'nearest'});
    }
  }

  togglePause() {
    this.paused = !this.paused;
    this.controls.setPaused(this.paused);
    if (!this.paused) this.render();
    this.showConnection(this.state);
  }

  /** @param {ConnectionState} state */
  showConnection(state) {
    this.state = state;
    const lost = state.kind === 'lost';
    dom.attribute(this.connection, 'class', `connection ${lost ? 'lost' : 'paused'}`);
    if (lost) {
      const age = this.newest ? `the picture is ${format.duration(Math.max(1, Math.round((Date.now() - state.since) / 1000)) * 1000)} old` : 'there is no picture yet';
      dom.text(this.connection, `\u2716 No connection to the process: ${age}. ${state.error ? `Reason: ${state.error}. ` : ''}The page tries again.`);
    } else if (this.paused && this.shown) {
      dom.text(this.connection, `\u2016 Paused at ${format.clock(this.shown.now)}; the page collects new data meanwhile.`);
    }
    dom.show(this.connection, lost || this.paused);
    document.documentElement.classList.toggle('is-lost', lost);
  }

  /** @param {Picture} picture */
  showSnapshot(picture) {
    dom.attribute(this.connection, 'class', 'connection snapshot');
    dom.text(this.connection, picture.source === 'recording' ? `Report of a recording, ${format.date(picture.from)} to ${format.date(picture.now)} ${format.zoneName()}` : `Snapshot of ${format.date(picture.now)} ${format.zoneName()}`);
    dom.show(this.connection, true);
  }
}

const app = new App();
