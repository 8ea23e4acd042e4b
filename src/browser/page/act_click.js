// Calls `click()` on the element that was found.
state.release?.();
state.target?.click();
return null;
