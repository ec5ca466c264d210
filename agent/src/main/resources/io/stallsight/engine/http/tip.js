'use strict';

/** The one floating box. It shows the values of the element under the pointer or with focus. Labels and tables have the same for screen readers. */
const tip = (() => {
  const box = dom.el('div', {class: 'tip', 'aria-hidden': 'true', hidden: true});
  document.body.append(box);

  /**
   * @param {{x: number, y: number}} at in the window
   * @param {string} title
   * @param {[string, string][]} rows name and value
   */
  function show(at, title, rows) {
    box.replaceChildren(
      dom.el('p', {class: 'tip-title', text: title}),
      ...rows.map(([name, value]) => dom.el('p', {class: 'tip-row'}, dom.el('span', {text: name}), dom.el('span', {text: value}))),
    );
    box.hidden = false;
    const {width, height} = box.getBoundingClientRect();
    const left = Math.max(4, Math.min(at.x + 14, document.documentElement.clientWidth - width - 8));
    const top = at.y + 18 + height > window.innerHeight ? at.y - height - 12 : at.y + 18;
    box.style.transform = `translate(${Math.round(left)}px, ${Math.round(Math.max(4, top))}px)`;
  }

  function hide() {
    dom.show(box, false);
  }

  window.addEventListener('scroll', hide, {passive: true});
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hide();
  });
  return {show, hide};
})();
