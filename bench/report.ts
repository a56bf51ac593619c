import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import axios from 'axios/package.json';
import { type Figure, holds } from './figure';

export const RESULTS = join(__dirname, 'results', `node-${process.versions.node.split('.')[0]}.json`);

/** Figures as a table for users; a figure that misses its target is marked. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((one) => [
    one.name,
    `${shown(one.value)} ${one.unit}`,
    one.spread === undefined ? '' : `${shown(one.spread[0])} – ${shown(one.spread[1])}`,
    String(one.samples),
    one.target === undefined ? '' : `${one.target.is} ${one.target.value}${holds(one) ? '' : ' MISSED'}`,
  ]);
  const lines = [['figure', 'median', 'middle half', 'samples', 'target'], ...rows];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The same as JSON, with the machine and the versions that it was measured with. */
export function write(figures: readonly Figure[]): void {
  mkdirSync(dirname(RESULTS), { recursive: true });
  const results = {
    machine: {
      processor: cpus()[0]?.model,
      cores: cpus().length,
      memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
      system: `${platform()} ${arch()}`,
    },
    versions: { node: process.versions.node, v8: process.versions.v8, axios: axios.version },
    figures: figures.map((one) => ({ ...one, value: round(one.value), spread: one.spread?.map(round) })),
  };
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
}

function shown(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
