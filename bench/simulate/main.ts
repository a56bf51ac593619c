import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Curve, svgOf } from './chart';
import { MACHINE, machinesWorthHaving, type Scenario, simulate } from './model';

const ROOT = join(__dirname, '../..');
const PAGE = join(ROOT, 'docs/scale-out.md');
const IMAGES = join(ROOT, 'docs/images');
const BEGIN = '<!-- Written by `npm run simulate`. -->';
const END = '<!-- End of what `npm run simulate` writes. -->';

/** Requests per second and tenant: 500 in 10 s as the neighboring APIs document it, and its multiples. */
const BUDGETS = [50, 200, 1_000];
const ROWS = [1e6, 1e7, 1e8];
const TENANTS = [1, 10, 100, 500];
const HIT_RATES = [0, 0.5, 0.95];
const MACHINES = [1, 2, 4, 8, 16, 32];
const SEED = 20261121;

const base: Scenario = { rows: 1e6, hitRate: 0, tenants: 1, budget: 50, machines: 1, seed: SEED };

/** Writes the curves and the table of `docs/scale-out.md`; `--check` fails when they are not what the model gives. */
function main(check: boolean): void {
  const files: Record<string, string> = {
    [join(IMAGES, 'scale-out-machines.svg')]: svgOf({
      title: '10 million rows: time by machines (1,000 requests/s per tenant)',
      x: 'machines',
      y: 'hours',
      curves: TENANTS.map((tenants) =>
        curve(`${tenants} tenant${tenants === 1 ? '' : 's'}`, MACHINES, (machines) =>
          hours({ ...base, rows: 1e7, tenants, machines, budget: 1_000 }),
        ),
      ),
    }),
    [join(IMAGES, 'scale-out-cache.svg')]: svgOf({
      title: 'One tenant, one machine: time by rows and cache hits',
      x: 'rows',
      y: 'hours',
      curves: HIT_RATES.map((hitRate) =>
        curve(`${hitRate * 100} % cached`, ROWS, (rows) => hours({ ...base, rows, hitRate })),
      ),
    }),
  };
  const page = readFileSync(PAGE, 'utf8');
  const [head = '', rest = ''] = page.split(BEGIN);
  const tail = rest.split(END)[1] ?? '';
  files[PAGE] = `${head}${BEGIN}\n\n${table()}\n\n${END}${tail}`;
  mkdirSync(IMAGES, { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    if (!check) writeFileSync(file, text);
    else if (readFileSync(file, 'utf8') !== text) {
      console.error(`${file} is out of date: run npm run simulate`);
      process.exitCode = 1;
    }
  }
}

function table(): string {
  const rows = ROWS.flatMap((count) =>
    TENANTS.flatMap((tenants) =>
      BUDGETS.map((budget) => {
        const scenario = { ...base, rows: count, tenants, budget };
        const { seconds, requests } = simulate(scenario);
        const cached = simulate({ ...scenario, hitRate: 0.95 });
        return `| ${count / 1e6} million | ${tenants} | ${budget} | ${duration(seconds)} | ${(requests / 1e6).toFixed(0)} million | ${duration(cached.seconds)} | ${machinesWorthHaving({ ...scenario, rows: Math.min(count, 1e7) })} |`;
      }),
    ),
  );
  return [
    `One machine: ${MACHINE.rowsPerSecond.toLocaleString('en')} rows/s of pure work, ${MACHINE.latency * 1000} ms latency.`,
    '',
    '| rows | tenants | requests/s per tenant | time on one machine | requests | time, 95 % cached | machines worth having |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function curve(label: string, xs: readonly number[], y: (x: number) => number): Curve {
  return { label, points: xs.map((x) => [x, y(x)] as const) };
}

function hours(scenario: Scenario): number {
  return simulate(scenario).seconds / 3600;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${seconds.toFixed(0)} s`;
  if (seconds < 5400) return `${(seconds / 60).toFixed(0)} min`;
  return seconds < 172_800 ? `${(seconds / 3600).toFixed(1)} h` : `${(seconds / 86_400).toFixed(1)} days`;
}

main(process.argv.includes('--check'));
