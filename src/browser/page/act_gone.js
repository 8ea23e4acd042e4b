// Waits until nothing that the locators mean is visible. Input: { locators, patience }.
const until = performance.now() + input.patience;
for (;;) {
  const match = best(input.locators, 'visible', false);
  if (!match.element) return true;
  if (performance.now() >= until) return false;
  await change(100);
}
