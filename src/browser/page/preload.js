// Runs before any script of every document: counts requests under way and notes the last change of the page, so that a
// later script can tell whether the page is still. Proxies keep the wrapped functions looking native.
(() => {
  const KEY = Symbol.for('zoutong');
  if (window[KEY]) return;
  // `soon`: timers and frames about to run; `opaque`: work goes on where it cannot be seen from here.
  const state = { pending: new Map(), serial: 0, changed: performance.now(), soon: new Set(), opaque: false };
  Object.defineProperty(window, KEY, { value: state, enumerable: false });
  // Our own waiting is no work of the page.
  const later = window.setTimeout;
  state.later = later.bind(window);
  state.frame = window.requestAnimationFrame.bind(window);
  // Where the page believes to be: an address of the same document is entered before the page hears of it.
  state.hash = location.hash;
  const arrive = () => { state.hash = location.hash; state.changed = performance.now(); };
  addEventListener('hashchange', () => later(arrive, 0), true);
  for (const name of ['pushState', 'replaceState']) {
    history[name] = new Proxy(history[name], {
      apply(target, self, args) {
        const answer = Reflect.apply(target, self, args);
        arrive();
        return answer;
      },
    });
  }
  // Whether the page's own scripts make shadow roots; those that its text declares are there once it has been parsed.
  state.rooted = false;
  const notes = (owner, name) => {
    if (typeof owner?.[name] !== 'function') return;
    owner[name] = new Proxy(owner[name], { apply(target, self, args) { state.rooted = true; return Reflect.apply(target, self, args); } });
  };
  notes(Element.prototype, 'attachShadow');
  for (const owner of [Element.prototype, window.ShadowRoot?.prototype]) notes(owner, 'setHTMLUnsafe');
  notes(window.Document, 'parseHTMLUnsafe');

  const begin = () => { state.serial += 1; state.pending.set(state.serial, performance.now()); return state.serial; };
  const end = (id) => { if (state.pending.delete(id)) state.changed = performance.now(); };

  if (typeof window.fetch === 'function') {
    window.fetch = new Proxy(window.fetch, {
      apply(target, self, args) {
        const id = begin();
        const answer = Reflect.apply(target, self, args);
        // The body may still be read after the headers came: a moment's grace, then the quiet time takes over.
        answer.then(() => later(end, 20, id), () => end(id));
        return answer;
      },
    });
  }
  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = new Proxy(send, {
    apply(target, self, args) {
      const id = begin();
      self.addEventListener('loadend', () => end(id), { once: true });
      try {
        return Reflect.apply(target, self, args);
      } catch (error) {
        end(id);
        throw error;
      }
    },
  });
  // What a page sets off for the next moment; what is further off is not waited for.
  const scheduled = (name, cancel, near) => {
    window[name] = new Proxy(window[name], {
      apply(target, self, [callback, ...rest]) {
        if (typeof callback !== 'function' || !near(rest)) return Reflect.apply(target, self, [callback, ...rest]);
        const id = Reflect.apply(target, self, [function run(...given) { state.soon.delete(id); return callback.apply(this, given); }, ...rest]);
        state.soon.add(id);
        return id;
      },
    });
    window[cancel] = new Proxy(window[cancel], {
      apply(target, self, args) { state.soon.delete(args[0]); return Reflect.apply(target, self, args); },
    });
  };
  scheduled('setTimeout', 'clearTimeout', ([delay]) => !(delay > 100));
  scheduled('requestAnimationFrame', 'cancelAnimationFrame', () => true);
  for (const name of ['Worker', 'SharedWorker', 'WebSocket', 'EventSource', 'MessageChannel', 'BroadcastChannel', 'IntersectionObserver', 'ResizeObserver']) {
    if (typeof window[name] === 'function') {
      window[name] = new Proxy(window[name], { construct(...made) { state.opaque = true; return Reflect.construct(...made); } });
    }
  }
  // On the way to another document, whatever set it off (the page around a frame, a script, a link): until that comes, what is
  // shown is not what was asked for.
  const LONGEST_WAY = 3000;
  window.navigation?.addEventListener('navigate', (event) => {
    if (event.destination.sameDocument || event.downloadRequest !== null) return;
    const id = begin();
    event.signal.addEventListener('abort', () => end(id), { once: true });
    later(() => { if (event.defaultPrevented) end(id); }, 0);
    later(end, LONGEST_WAY, id);
  });
  // The same for a form that is sent and a link that is followed, in browsers that do not tell.
  const leaving = (event, goes) => {
    if (window.navigation || event.defaultPrevented || !goes) return;
    const id = begin();
    later(end, 1200, id);
  };
  addEventListener('submit', (event) => leaving(event, (event.target.target || '_self') === '_self'));
  addEventListener('click', (event) => {
    const link = event.composedPath().find((element) => element instanceof HTMLAnchorElement && element.href);
    const here = location.href.split('#')[0];
    leaving(event, link && /^https?:/.test(link.href) && link.href.split('#')[0] !== here && !link.hasAttribute('download')
      && (link.target || '_self') === '_self');
  });
  // Styles are left out: a carousel changes them for ever. What the parser adds is no change either: it ends with the load.
  const watch = () => new MutationObserver(() => { state.changed = performance.now(); })
    .observe(document, { subtree: true, childList: true, characterData: true, attributeFilter: ['class', 'hidden', 'open', 'src'] });
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', watch, { capture: true, once: true });
  else watch();
})();
