// Whether the field says the text. Input: { text }. Null when the field is gone.
const field = state.target;
if (!field || !field.isConnected) return null;
return (('value' in field ? field.value : field.innerText) ?? '').replace(/[\s\-]/g, '') === input.text.replace(/[\s\-]/g, '');
