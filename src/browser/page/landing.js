// Where opening an address led: { url, status }. Waits until the document is parsed and something is in it.
if (document.readyState === 'loading') await new Promise((resolve) => addEventListener('DOMContentLoaded', resolve, { capture: true, once: true }));
const until = performance.now() + 3000;
while (!document.body && performance.now() < until) await pause(20);
const entry = performance.getEntriesByType('navigation')[0];
return { url: location.href, status: entry?.responseStatus || null };
