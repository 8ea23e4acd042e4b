// Puts back what the pages of an origin kept, before its first script asks for it.
for (const { origin, local, session } of input) {
  if (origin !== location.origin) continue;
  try {
    for (const [key, value] of Object.entries(local)) localStorage.setItem(key, value);
    for (const [key, value] of Object.entries(session)) sessionStorage.setItem(key, value);
  } catch { /* Full, or not allowed here: the page will say that nobody is signed in. */ }
}
