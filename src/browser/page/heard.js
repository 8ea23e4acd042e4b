// Waits for new text after `listen`. Input: { except, quiet, patience }. Null when this page was never listened to.
const ear = state.ear;
if (!ear) return null;
const until = Date.now() + input.patience;
ear.except = input.except;
for (;;) {
  ear.watch();
  ear.check();
  if (ear.said && !ear.busy && Date.now() - ear.changed >= input.quiet) break;
  if (Date.now() >= until) break;
  await pause(50);
}
const links = [];
for (const one of ear.fresh) for (const link of one.links) {
  if (link && typeof link.href === 'string' && !/^javascript:/i.test(link.href) && !links.some((known) => known.url === link.href)) {
    links.push({ text: collapse(link.innerText ?? ''), url: link.href });
  }
}
const from = state.tapped > ear.since && (ear.first === null || state.tapped <= ear.first) ? state.tapped : ear.since;
return { text: ear.said.slice(0, 100000), links: links.slice(0, 200), first: ear.first === null ? null : Math.max(0, ear.first - from),
  complete: ear.said !== '' && !ear.busy };
