import type { Fault } from './faults';
import type { Outcome } from './program';

interface Row {
  runs: number;
  killed: number;
  memory: number;
  time: number;
  broken: number;
}

/** What a campaign did, and what was not as promised. */
export class Tally {
  readonly doors = new Map<string, Row>();
  readonly faults = new Map<string, Row>();
  readonly broken: string[] = [];
  runs = 0;

  add(door: string, fault: Fault, upset: boolean, { signal, used }: Outcome, why: string | undefined): void {
    this.runs += 1;
    const services = upset ? 'Graph misbehaves' : 'Graph is well';
    for (const row of [rowOf(this.doors, door), rowOf(this.faults, `${fault.name}; ${services}`)]) {
      row.runs += 1;
      row.killed += signal === null ? 0 : 1;
      row.memory = Math.max(row.memory, used?.memory ?? 0);
      row.time = Math.max(row.time, used?.time ?? 0);
      row.broken += why === undefined ? 0 : 1;
    }
    if (why !== undefined)
      this.broken.push(`program ${this.runs}, ${door}, ${fault.name}; ${services}: ${why}`);
  }

  /** Counts a second look at the same program. */
  judge(door: string, why: string | undefined): void {
    if (why === undefined) return;
    rowOf(this.doors, door).broken += 1;
    this.broken.push(`program ${this.runs}, ${door}: ${why}`);
  }
}

function rowOf(rows: Map<string, Row>, name: string): Row {
  const row = rows.get(name) ?? { runs: 0, killed: 0, memory: 0, time: 0, broken: 0 };
  rows.set(name, row);
  return row;
}

export interface Circumstances {
  readonly minutes: number;
  readonly seed: number;
  /** Whether a small file system could be mounted. */
  readonly mounted: boolean;
}

export function printTable(tally: Tally, { minutes, seed, mounted }: Circumstances): void {
  console.log(`${tally.runs} programs in ${minutes} minutes, seed ${seed}`);
  if (!mounted) console.log('disk full: not tried, since this user may not mount a file system');
  print('door', tally.doors);
  print('fault', tally.faults);
  for (const line of tally.broken.slice(0, 40)) console.log(line);
}

function print(title: string, rows: ReadonlyMap<string, Row>): void {
  console.log(
    `\n| ${title} | programs | stopped by a signal | most memory | most processor time | not as promised |`,
  );
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const [name, { runs, killed, memory, time, broken }] of [...rows].sort())
    console.log(`| ${name} | ${runs} | ${killed} | ${memory} MB | ${time} ms | ${broken} |`);
}
