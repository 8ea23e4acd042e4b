// At light speed, runs after preload.js and before any script of every document: the page is there but is not laid out or
// painted, which halves what it costs. What wants to be touched or pressed lifts the veil first. Whatever asks whether it is
// in view is told so, once: a page that fills itself only as it is scrolled would stay empty for ever.
(() => {
  const state = window[Symbol.for('zoutong')];
  if (!state || state.veiled !== undefined) return;
  const veil = new CSSStyleSheet();
  veil.replaceSync(':root{display:none!important}');
  document.adoptedStyleSheets.push(veil);
  state.veiled = true;
  state.unveil = () => { veil.disabled = true; state.veiled = false; };
  const told = new WeakSet();
  const inView = (entry) => {
    if (!state.veiled || entry.isIntersecting || told.has(entry.target)) return entry;
    told.add(entry.target);
    const claims = { isIntersecting: true, intersectionRatio: 1 };
    return new Proxy(entry, { get: (real, name) => claims[name] ?? Reflect.get(real, name, real) });
  };
  window.IntersectionObserver = new Proxy(IntersectionObserver, {
    construct(target, [callback, ...rest], as) {
      if (typeof callback !== 'function') return Reflect.construct(target, [callback, ...rest], as);
      return Reflect.construct(target, [(entries, observer) => callback.call(observer, entries.map(inView), observer), ...rest], as);
    },
  });
})();
