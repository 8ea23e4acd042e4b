// What the dialogue boxes have said since it was decided how they are answered; waits for one. Input: { patience }.
const until = performance.now() + input.patience;
while (!state.boxes?.length && performance.now() < until) await pause(50);
const said = state.boxes?.length ? state.boxes.shift() : null;
return said;
