// Where opening an address led: { url, status }. Waits until the document is parsed and something is in it, at most `input.within` ms.
const until = performance.now() + input.within;
if (document.readyState === 'loading') {
  await Promise.race([pause(input.within), new Promise((resolve) => addEventListener('DOMContentLoaded', resolve, { capture: true, once: true }))]);
}
while (!document.body && performance.now() < until) await pause(20);
const entry = performance.getEntriesByType('navigation')[0];
return { url: location.href, status: entry?.responseStatus || null };
