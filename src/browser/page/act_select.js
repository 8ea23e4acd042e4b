// After the tap on a field: selects all of its text, so that what is typed replaces it. Input: { empty }: delete it at once.
state.release?.();
const field = state.target;
if (!field || !field.isConnected) return { hit: state.hit ?? null, gone: true };
if (field.readOnly || field.disabled) return { hit: state.hit ?? null, readonly: true };
const page = field.ownerDocument;
const focused = () => { let at = page.activeElement; while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement; return at; };
if (!holds(field, focused() ?? page)) field.focus();
if (typeof field.select === 'function') field.select();
else { page.defaultView.getSelection().selectAllChildren(field); }
if (input.empty) page.execCommand('delete');
return { hit: state.hit ?? null, focused: holds(field, focused() ?? page) };
