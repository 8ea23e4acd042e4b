// What the three browser peers run in the page: the 40 fields by their hand-written selectors, and the materials table.
const FIELDS = ['item_name', 'daily_name', 'item_type', 'base_code', 'impl_code', 'dept', 'dept_type', 'power_source', 'use_level',
  'project_type', 'legal_limit', 'promise_limit', 'law_basis', 'condition', 'prohibit', 'quota', 'flow', 'special', 'agency', 'place',
  'time', 'consult', 'complain', 'fee_flag', 'service_object', 'visits', 'handle_form', 'online_flag', 'online_depth', 'booking',
  'express', 'pay_online', 'terminal', 'hall', 'cross_area', 'result_type', 'result_name', 'faq', 'commit', 'remedy'];

// Runs in the page; `fields` come as the argument. `innerText` is what a person sees, and what people write here.
function extract(fields) {
  const text = (element) => (element ? element.innerText.trim() : null);
  return {
    fields: Object.fromEntries(fields.map((id) => [id, text(document.getElementById(id))])),
    rows: [...document.querySelectorAll('table.materials tbody tr')].map((row) => [...row.cells].map(text)),
  };
}

// Counts what was read, so that a contender that reads nothing cannot win.
const counted = (record) => [Object.values(record.fields).filter(Boolean).length, record.rows.length];

const DIFFERENT = 200;
const WARM = 5;
const BROWSER = '/usr/bin/chromium-headless-shell';
// What quiets a browser; zoutong gives its own the same, and `FASTER` besides.
const SWITCHES = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run',
  '--no-default-browser-check', '--disable-sync', '--disable-quic', '--disable-breakpad', '--disable-crash-reporter', '--lang=zh-CN'];
const FASTER = ['--enable-features=RenderDocument:level/subframe'];

// `visit(url)` gives the record of one page; `visitors` are as many as sessions.
async function race(visitors, site, pages) {
  for (const visit of visitors) for (let page = 0; page < WARM; page += 1) await visit(`${site}/${page}`);
  console.log('BEGIN');
  let next = 0; let fields = 0; let rows = 0;
  await Promise.all(visitors.map(async (visit) => {
    while (next < pages) {
      const page = next; next += 1;
      const [some, more] = counted(await visit(`${site}/${page % DIFFERENT}`));
      fields += some; rows += more;
    }
  }));
  console.log(`END ${pages} ${fields} ${rows}`);
}

const [site, pages, sessions] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
export { BROWSER, FASTER, FIELDS, SWITCHES, extract, pages, race, sessions, site };
