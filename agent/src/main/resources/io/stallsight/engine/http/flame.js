'use strict';

/** Sampled stacks as a flame graph, outermost frame on top, with keys (arrows move, Enter zooms, Escape zooms out) and as a table. */
const flames = (() => {
  const ROW = 20;
  /** The graph omits a frame with a smaller share of its width: it would be a hair line. */
  const NARROWEST = 0.004;

  class Node {
    /** @param {string} frame @param {Node | null} parent */
    constructor(frame, parent) {
      this.frame = frame;
      this.parent = parent;
      this.count = 0;
      /** @type {Map<string, Node>} */
      this.children = new Map();
    }

    /** @param {string[]} stack innermost first @param {number} count */
    add(stack, count) {
      /** @type {Node} */
      let node = this;
      node.count += count;
      for (let index = stack.length - 1; index >= 0; index--) {
        const frame = stack[index];
        let child = node.children.get(frame);
        if (!child) node.children.set(frame, (child = new Node(frame, node)));
        child.count += count;
        node = child;
      }
    }
  }

  /** @param {Profile[]} profile @returns {Node} */
  function tree(profile) {
    const root = new Node('all samples', null);
    for (const {count, stack} of profile) root.add(stack, count);
    return root;
  }

  /**
   * The outer frames that all samples share. They end before the first frame of the application and before the first branch.
   *
   * @param {Node} root @param {(frame: string) => boolean} isOwn @returns {{node: Node, skipped: number}} the innermost of these frames
   */
  function trunk(root, isOwn) {
    let node = root;
    let skipped = 0;
    for (;;) {
      const [only] = node.children.values();
      if (node.children.size !== 1 || only.count !== root.count || isOwn(only.frame) || only.children.size === 0) return {node, skipped};
      node = only;
      skipped++;
    }
  }

  class Flame {
    /** @param {Profile[]} profile @param {string | null} site */
    constructor(profile, site) {
      this.root = tree(profile);
      this.site = site;
      this.isOwn = stacks.applicationTest(site);
      const {node, skipped} = trunk(this.root, this.isOwn);
      this.trunk = node;
      this.zoomed = skipped > 2 ? node : this.root;
      this.graph = dom.el('div', {class: 'flame', role: 'group', 'aria-label': 'Flame graph of the samples. Arrow keys move between frames, Enter zooms in, Escape zooms out. A table with the same samples follows.'});
      this.outer = dom.el('button', {type: 'button', class: 'quiet', on: {click: () => this.zoom(this.zoomed === this.root ? this.trunk : this.root)}});
      this.element = dom.el('div', {class: 'block'},
        dom.el('div', {class: 'block-head'}, dom.el('h4', {text: `${format.plural(this.root.count, 'sample')} of the stack`}), this.outer), this.graph, table(profile, this.root.count, this.isOwn));
      /** @type {Map<Element | null, Node>} */
      this.nodes = new Map();
      this.graph.addEventListener('keydown', (event) => this.key(event));
      this.graph.addEventListener('pointermove', (event) => this.point(event));
      this.graph.addEventListener('pointerleave', tip.hide);
      this.graph.addEventListener('focusin', (event) => this.focus(event));
      this.graph.addEventListener('focusout', tip.hide);
      this.graph.addEventListener('click', (event) => {
        const node = this.nodes.get(/** @type {Element} */ (event.target).closest('button'));
        if (node) this.zoom(node === this.zoomed ? node.parent ?? node : node);
      });
      this.draw();
    }

    /** @param {Node} node */
    zoom(node) {
      const hadFocus = this.graph.contains(document.activeElement);
      this.zoomed = node;
      this.draw();
      if (hadFocus) this.buttonOf(node)?.focus();
    }

    draw() {
      this.nodes.clear();
      const rows = this.place(this.zoomed, 0, 0, []);
      this.graph.replaceChildren(...rows);
      this.graph.style.height = `${(this.depth(this.zoomed) + 1) * ROW}px`;
      const hidden = this.zoomed !== this.root;
      dom.show(this.outer, hidden || this.trunk !== this.root);
      dom.text(this.outer, hidden ? 'Show the outer frames' : 'Hide the outer frames');
      this.buttonOf(this.zoomed)?.setAttribute('tabindex', '0');
    }

    /** @param {Node} node @returns {number} */
    depth(node) {
      let deepest = 0;
      for (const child of node.children.values()) {
        if (child.count / this.zoomed.count >= NARROWEST) deepest = Math.max(deepest, 1 + this.depth(child));
      }
      return deepest;
    }

    /** @param {Node} node @param {number} left share @param {number} depth @param {HTMLElement[]} into @returns {HTMLElement[]} */
    place(node, left, depth, into) {
      const width = node.count / this.zoomed.count;
      if (width < NARROWEST) return into;
      const {method} = format.frame(node.frame);
      const button = dom.el('button', {type: 'button', tabindex: '-1', class: this.isOwn(node.frame) ? 'own' : '', 'aria-label': `${node.frame}, ${format.percent(node.count / this.root.count)} of the samples`},
        dom.el('span', {text: method}));
      button.style.left = `${left * 100}%`;
      button.style.width = `${width * 100}%`;
      button.style.top = `${depth * ROW}px`;
      this.nodes.set(button, node);
      into.push(button);
      let at = left;
      for (const child of [...node.children.values()].sort((a, b) => b.count - a.count)) {
        this.place(child, at, depth + 1, into);
        at += child.count / this.zoomed.count;
      }
      return into;
    }

    /** @param {Node | undefined | null} node @returns {HTMLElement | null} */
    buttonOf(node) {
      for (const [button, of] of this.nodes) if (of === node) return /** @type {HTMLElement} */ (button);
      return null;
    }

    /** @param {KeyboardEvent} event */
    key(event) {
      const node = this.nodes.get(document.activeElement);
      if (!node) return;
      const siblings = node.parent ? [...node.parent.children.values()].sort((a, b) => b.count - a.count) : [node];
      const moves = /** @type {Record<string, () => Node | null | undefined>} */ ({
        ArrowUp: () => node.parent,
        ArrowDown: () => [...node.children.values()].sort((a, b) => b.count - a.count)[0],
        ArrowLeft: () => siblings[siblings.indexOf(node) - 1],
        ArrowRight: () => siblings[siblings.indexOf(node) + 1],
      });
      if (event.key === 'Escape' && this.zoomed !== this.root) {
        event.stopPropagation();
        this.zoom(this.root);
      } else if (moves[event.key]) {
        event.preventDefault();
        const button = this.buttonOf(moves[event.key]());
        if (!button) return;
        document.activeElement?.setAttribute('tabindex', '-1');
        button.setAttribute('tabindex', '0');
        button.focus();
      }
    }

    /** @param {PointerEvent} event */
    point(event) {
      const node = this.nodes.get(/** @type {Element} */ (event.target).closest('button'));
      if (node) this.describe(node, {x: event.clientX, y: event.clientY});
      else tip.hide();
    }

    /** @param {FocusEvent} event */
    focus(event) {
      const button = /** @type {Element} */ (event.target);
      const node = this.nodes.get(button);
      const box = button.getBoundingClientRect();
      if (node && button.matches(':focus-visible')) this.describe(node, {x: box.left, y: box.top});
    }

    /** @param {Node} node @param {{x: number, y: number}} at */
    describe(node, at) {
      tip.show(at, node.frame, [['samples', `${format.count(node.count)} of ${format.count(this.root.count)}`], ['share', format.percent(node.count / this.root.count)]]);
    }
  }

  /** @param {Profile[]} profile @param {number} total @param {(frame: string) => boolean} isOwn @returns {HTMLElement} */
  function table(profile, total, isOwn) {
    const rows = [...profile].sort((a, b) => b.count - a.count).map(({count, stack}) => dom.el('tr', {},
      dom.el('td', {class: 'number', text: format.count(count)}), dom.el('td', {class: 'number', text: format.percent(count / total)}),
      dom.el('td', {class: 'mono', text: stack[0] ?? ''}), dom.el('td', {class: 'mono', text: stack.find(isOwn) ?? format.DASH})));
    return dom.el('details', {class: 'as-table'}, dom.el('summary', {text: 'The samples as a table'}),
      dom.el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'The samples as a table'},
        dom.el('table', {class: 'plain'},
          dom.el('thead', {}, dom.el('tr', {}, ...['Samples', 'Share', 'Innermost frame', 'Application frame'].map((title, index) => dom.el('th', {scope: 'col', class: index < 2 ? 'number' : '', text: title})))),
          dom.el('tbody', {}, ...rows))));
  }

  return {Flame};
})();
