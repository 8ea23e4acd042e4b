// Gives the boxed-out fields their own look back.
for (const { field, style } of state.masked ?? []) {
  if (style === null) field.removeAttribute('style');
  else field.setAttribute('style', style);
}
state.masked = [];
return true;
