// Decides how the page's dialogue boxes are answered from now on, and notes what they say. Input: { ok, text }.
const answered = (view) => {
  view.alert = (said) => { state.boxes.push(String(said ?? '')); };
  view.confirm = (said) => { state.boxes.push(String(said ?? '')); return input.ok; };
  view.prompt = (said, usual) => { state.boxes.push(String(said ?? '')); return input.ok ? input.text ?? usual ?? '' : null; };
};
state.boxes = [];
for (const page of documents()) if (page.defaultView) answered(page.defaultView);
return null;
