// Whether the last tap landed on its target: true, false, or null when the page does not know (it is a new page).
state.release?.();
return state.hit ?? null;
