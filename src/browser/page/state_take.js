// What the pages of this origin keep in the browser; null where they may keep nothing (an empty page, a page without an origin).
const all = (store) => Object.fromEntries(Object.keys(store).map((key) => [key, String(store.getItem(key))]));
try {
  return { origin: location.origin, local: all(localStorage), session: all(sessionStorage) };
} catch {
  return null;
}
