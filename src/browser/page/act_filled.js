// Makes sure that the field says what was typed; sets it through the native setter when the keys did not do it (a date
// field, a field that a script rewrites). Input: { text }. Gives true when the field says so in the end.
const field = state.target;
if (!field || !field.isConnected) return null;
const says = () => ('value' in field ? field.value : field.innerText);
const dense = (text) => text.replace(/[\s\-]/g, '');
const right = () => {
  const now = dense(says() ?? ''); const wanted = dense(input.text);
  const limit = field.maxLength > 0 ? field.maxLength : Infinity;
  return now === wanted || (now.length >= Math.min(limit, wanted.length) && now !== '' && wanted.startsWith(now));
};
if (!right()) {
  const view = field.ownerDocument.defaultView;
  const kind = { input: 'HTMLInputElement', textarea: 'HTMLTextAreaElement' }[field.localName];
  if (kind) Object.getOwnPropertyDescriptor(view[kind].prototype, 'value').set.call(field, input.text);
  else field.textContent = input.text;
  field.dispatchEvent(new view.Event('input', { bubbles: true, composed: true }));
  field.dispatchEvent(new view.Event('change', { bubbles: true, composed: true }));
}
// Search suggestions often listen to keys only.
field.dispatchEvent(new (field.ownerDocument.defaultView.KeyboardEvent)('keyup', { bubbles: true, composed: true, key: input.text.slice(-1) }));
// A script that rewrites what was typed does so at once or in a moment.
if (stirring([field.ownerDocument.defaultView])) await frame();
return right();
