// Boxes out what has been typed, before a picture is taken. Gives the size of the page and how many fields were boxed.
const FILLABLE = 'input:not([type=button]):not([type=submit]):not([type=reset]):not([type=image]):not([type=checkbox]):not([type=radio]),'
  + 'textarea,[contenteditable=""],[contenteditable=true],[contenteditable=plaintext-only]';
state.masked = everywhere(FILLABLE).filter((field) => (('value' in field ? field.value : field.textContent) ?? '') !== '')
  .map((field) => ({ field, style: field.getAttribute('style') }));
for (const { field } of state.masked) {
  const black = [['color', 'transparent'], ['-webkit-text-fill-color', 'transparent'], ['text-shadow', 'none'], ['background', '#222'], ['caret-color', 'transparent'], ['transition', 'none']];
  for (const [name, value] of black) field.style.setProperty(name, value, 'important');
}
if (state.masked.length) { await frame(); await frame(); }
const page = document.documentElement;
return { masked: state.masked.length, width: Math.max(window.innerWidth, 1), height: Math.max(page.scrollHeight, document.body?.scrollHeight ?? 0, window.innerHeight),
  ratio: window.devicePixelRatio || 1 };
