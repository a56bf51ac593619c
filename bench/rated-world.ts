import { rmSync } from 'node:fs';
import type { Plugin } from '../src/index';
import { type Served, serve } from './served';
import { typed, worldWith } from './world';

/** So many names, the same ones every time. */
export function names(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `host${index}.example.net`);
}

/** A sandbox that knows a reputation of each of them. */
export async function serveRated(hosts: readonly string[]): Promise<Served> {
  const world = worldWith(hosts.map(rated));
  const served = await serve(world);
  rmSync(world, { recursive: true });
  return served;
}

/** Requests their reputations by one command. @returns how many came back */
export async function rate(plugin: Plugin, host_id: readonly string[]): Promise<number> {
  const { entries } = await plugin.execute('msg-defender-threat-intel-host-reputation', { host_id });
  return [entries[0]?.Contents].flat().filter((row) => typeof row === 'object' && row !== null).length;
}

function rated(id: string, index: number): object {
  const reputation = {
    ...typed('hostReputation'),
    id: `reputation-${index}`,
    classification: 'suspicious',
    score: index % 100,
    rules: [{ name: 'Name server', severity: 'medium', description: 'Shared with other hosts.' }],
  };
  return { ...typed('hostname'), id, reputation };
}
