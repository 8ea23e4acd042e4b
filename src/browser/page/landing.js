// Where opening an address led: { url, status }. Waits until the document is parsed and something is in it.
const until = performance.now() + 3000;
while ((document.readyState === 'loading' || !document.body) && performance.now() < until) await pause(20);
const entry = performance.getEntriesByType('navigation')[0];
return { url: location.href, status: entry?.responseStatus || null };
