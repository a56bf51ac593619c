import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { sharedEnvironment, startRedis, type TestRedis } from '../test/server/redis';
import { atLeast, atMost, type Figure, figureOf, quantile } from './figure';
import { type LimitedService, limitedService } from './limited-service';
import type { EngineReport } from './shared-engine';

/** Requests per second that the service grants, and milliseconds until it responds. */
const RATE = 100;
const LATENCY = 200;

/** Seconds of a run with a rate that is set, and of one with a rate that is learned. */
const SECONDS = 12;
const LEARNING = 60;

/** Concurrent requests of one engine. */
const LANES = 16;

/** One budget for several processes over a real Redis: how much of it is used, how evenly, and what happens when Redis is killed. */
export async function shared(): Promise<Figure[]> {
  const redis = await startRedis();
  try {
    const figures: Figure[] = [];
    for (const engines of [2, 4, 8]) figures.push(...(await used(redis, engines)));
    return [...figures, ...(await learned(redis, 4)), ...(await killed(redis, 8))];
  } finally {
    await redis.close();
  }
}

async function used(redis: TestRedis, engines: number): Promise<Figure[]> {
  const service = await limitedService(RATE, LATENCY);
  const running = await startEngines(redis, service, engines, String(RATE), SECONDS);
  const reports = await running.reports;
  await service.close();
  const { granted, refused } = service;
  const span = ((granted.at(-1) ?? 0) - (granted[0] ?? 0)) / 1000;
  const name = (what: string) => `shared: ${what}, ${engines} processes`;
  return [
    figureOf(name('budget used'), (100 * granted.length) / (RATE * span), '%', atLeast(95)),
    figureOf(name('requests refused'), share(refused.length, granted.length), '%', atMost(1)),
    figureOf(name('worst sliding second'), (100 * worstSecond(granted)) / RATE, '%', atMost(110)),
    figureOf(name('fairness (Jain)'), jain(reports.map((one) => one.granted)), 'x', atLeast(0.98)),
    figureOf(
      name(`a user's request at ${LATENCY} ms latency, 95th percentile`),
      quantile(reports[0]?.waits ?? [], 0.95),
      'ms',
      atMost(300),
    ),
  ];
}

/** The rate is not configured; what counts is the second half of the run. */
async function learned(redis: TestRedis, engines: number): Promise<Figure[]> {
  const service = await limitedService(RATE, LATENCY);
  const begun = Date.now();
  const running = await startEngines(redis, service, engines, 'learned', LEARNING);
  await running.reports;
  await service.close();
  const half = begun + (Date.now() - begun) / 2;
  const granted = service.granted.filter((time) => time >= half);
  const refused = service.refused.filter((time) => time >= half);
  const span = ((granted.at(-1) ?? 0) - half) / 1000;
  const name = (what: string) => `shared: ${what}, rate learned, ${engines} processes, second half minute`;
  return [
    figureOf(name('budget used'), (100 * granted.length) / (RATE * span), '%', atLeast(90)),
    figureOf(name('requests refused'), share(refused.length, granted.length), '%', atMost(1)),
  ];
}

/** Redis is killed in the middle, and comes back: nothing stops, and nothing comes at once. */
async function killed(redis: TestRedis, engines: number): Promise<Figure[]> {
  const service = await limitedService(RATE * 10, LATENCY);
  const running = await startEngines(redis, service, engines, String(RATE), SECONDS + 4);
  await pause(5_000);
  await redis.kill();
  await pause(4_000);
  await redis.start();
  await running.reports;
  await service.close();
  return [
    figureOf(
      `shared: worst sliding second with Redis killed and back, ${engines} processes`,
      (100 * worstSecond(service.granted)) / RATE,
      '%',
      atMost(150),
    ),
    figureOf(
      `shared: longest pause with Redis killed and back, ${engines} processes`,
      longestPause(service.granted),
      'ms',
      atMost(2_000),
    ),
  ];
}

/** Starts engines that start together. */
async function startEngines(
  redis: TestRedis,
  service: LimitedService,
  engines: number,
  rate: string,
  seconds: number,
): Promise<{ readonly reports: Promise<EngineReport[]> }> {
  const environment = { ...process.env, ...sharedEnvironment(redis) };
  const children = Array.from({ length: engines }, (_, index) => {
    const script = join(__dirname, 'shared-engine.ts');
    const words = [service.origin, rate, String(seconds), String(LANES), index === 0 ? '1' : '0'];
    const child = spawn(process.execPath, ['--import', 'tsx', script, ...words], {
      env: environment,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    return { child, lines: createInterface(child.stdout)[Symbol.asyncIterator]() };
  });
  for (const { lines } of children) await lines.next();
  for (const { child } of children) child.stdin.write('go\n');
  return { reports: Promise.all(children.map(({ child, lines }) => reportOf(child, lines))) };
}

async function reportOf(child: ChildProcess, lines: AsyncIterator<string>): Promise<EngineReport> {
  const closed = once(child, 'close');
  const { value } = await lines.next();
  await closed;
  return JSON.parse(value);
}

function share(refused: number, granted: number): number {
  return (100 * refused) / Math.max(1, refused + granted);
}

function jain(counts: readonly number[]): number {
  const sum = counts.reduce((total, count) => total + count, 0);
  return sum ** 2 / (counts.length * counts.reduce((total, count) => total + count ** 2, 0));
}

function worstSecond(granted: readonly number[]): number {
  let worst = 0;
  for (let first = 0, last = 0; last < granted.length; last++) {
    while ((granted[last] ?? 0) - (granted[first] ?? 0) >= 1000) first++;
    worst = Math.max(worst, last - first + 1);
  }
  return worst;
}

function longestPause(granted: readonly number[]): number {
  return Math.max(0, ...granted.slice(1).map((time, at) => time - (granted[at] ?? time)));
}
