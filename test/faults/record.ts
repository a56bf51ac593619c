import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = join(__dirname, '../../docs/resilience.md');

/**
 * The table of one test file in docs/resilience.md: what was tried, and what a user saw. After the tests it is compared with the
 * page, whatever the order of the tests, or, with MDTI_TABLES=write, written into it; `off` leaves it alone.
 */
export function faultTable(section: string): (tried: string, seen: string) => void {
  const rows = new Map<string, string[]>();
  // Waits are half by chance; a table must not be.
  beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0.5));
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => {
    if (process.env.MDTI_TABLES === 'off') return;
    const page = readFileSync(PAGE, 'utf8');
    const [head = '', rest = ''] = page.split(`<!-- tried: ${section} -->\n`);
    const end = rest.indexOf('<!-- end -->');
    const lines = [...rows].map(([seen, tried]) => `| ${tried.join('; ')} | ${seen} |`);
    const table = ['| what was tried | what is seen |', '| --- | --- |', ...lines].join('\n');
    const whole = `${head}<!-- tried: ${section} -->\n${table}\n${rest.slice(end)}`;
    if (process.env.MDTI_TABLES === 'write') writeFileSync(PAGE, whole);
    else expect(sorted(rest.slice(0, end))).toEqual(sorted(`${table}\n`));
  });
  return (tried, seen) => rows.set(cell(seen), [...(rows.get(cell(seen)) ?? []), cell(tried)]);
}

/** The rows of a table sorted, and what was tried in each row sorted. */
function sorted(table: string): string[] {
  return table
    .split('\n')
    .map((line) =>
      line.replace(/^\| (.*?) \| /, (_, tried: string) => `| ${tried.split('; ').sort().join('; ')} | `),
    )
    .sort();
}

function cell(text: string): string {
  return text
    .replace(/localhost:\d+/g, 'localhost')
    .replaceAll('/v1.0/security/threatIntelligence/', '…/')
    .replace(/\n+/g, ' ')
    .replace(/[|<>*`[\]&{~\\]|(?<!\w)_|_(?!\w)/g, '\\$&');
}
