// The flow as the peers are told it: 12 steps, 6 documents.
const BROWSER = '/usr/bin/chromium-headless-shell';
// The same switches that zoutong gives its browser.
const SWITCHES = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run',
  '--no-default-browser-check', '--disable-sync', '--disable-quic', '--disable-breakpad', '--disable-crash-reporter', '--lang=zh-CN'];
const STEPS = 12;
const WARM = 2;
const [site, flows] = [process.argv[2], Number(process.argv[3])];

// Walks the flow a few times to warm up, then `flows` times between BEGIN and END.
async function race(walk) {
  for (let flow = 0; flow < WARM; flow += 1) await walk();
  console.log('BEGIN');
  for (let flow = 0; flow < flows; flow += 1) await walk();
  console.log(`END ${flows * STEPS}`);
}

export { BROWSER, SWITCHES, race, site };
