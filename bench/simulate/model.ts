/** One scenario of bulk enrichment. */
export interface Scenario {
  readonly rows: number;
  /** Share of the rows that the response cache already holds, 0 to 1. */
  readonly hitRate: number;
  readonly tenants: number;
  /** Requests per second that Graph grants one tenant. */
  readonly budget: number;
  readonly machines: number;
  readonly seed: number;
}

/** What one machine can do; measured, see `docs/scale-out.md`. */
export interface Machine {
  /** Rows per second of pure work (reading, mapping, writing) on one processor. */
  readonly rowsPerSecond: number;
  /** Seconds for one HTTP exchange. */
  readonly latency: number;
  /** `$batch` requests in flight, of 20 each. */
  readonly concurrency: number;
}

export interface Outcome {
  readonly seconds: number;
  readonly requests: number;
  /** Share of the tenants' budgets that was used while they had work, 0 to 1. */
  readonly budgetUsed: number;
}

export const MACHINE: Machine = { rowsPerSecond: 14_400, latency: 0.1, concurrency: 8 };

const BATCH = 20;
/** Rows that travel as one event; a chunk of the queue is a few of them. */
const CHUNK = 1_000;
/** Chunks of one tenant that one machine works on at a time. */
const CHUNKS_AT_ONCE = 2;

interface Tenant {
  left: number;
  /** When the next request may depart, in seconds (GCRA). */
  arrival: number;
}

/**
 * Runs one scenario as discrete events. A worker takes two chunks of each tenant at a time; a chunk occupies the machine's
 * processor, then waits for its tenant's budget and for the network. Deterministic for a seed.
 */
export function simulate(scenario: Scenario, machine: Machine = MACHINE): Outcome {
  const random = generator(scenario.seed);
  const share = Math.ceil(scenario.rows / scenario.tenants);
  const tenants: Tenant[] = Array.from({ length: scenario.tenants }, () => ({ left: share, arrival: 0 }));
  const processors = new Float64Array(scenario.machines);
  const lanes = new TimeHeap();
  for (let lane = 0; lane < scenario.machines * scenario.tenants * CHUNKS_AT_ONCE; lane++)
    lanes.push(lane * 1e-9, lane);
  let requests = 0;
  let end = 0;
  while (lanes.size > 0) {
    const [now, lane] = lanes.pop();
    const tenant = tenants[lane % scenario.tenants];
    const processor = Math.floor(lane / scenario.tenants) % scenario.machines;
    if (tenant === undefined || tenant.left === 0) continue;
    const rows = Math.min(CHUNK, tenant.left);
    tenant.left -= rows;
    const sent = binomial(rows, 1 - scenario.hitRate, random);
    requests += sent;
    const worked = Math.max(now, processors[processor] ?? 0) + rows / machine.rowsPerSecond;
    processors[processor] = worked;
    const granted = Math.max(tenant.arrival, now) + sent / scenario.budget;
    tenant.arrival = granted;
    const exchanges = Math.ceil(sent / BATCH / machine.concurrency) * machine.latency;
    const jitter = 0.9 + 0.2 * random();
    const received =
      sent === 0
        ? now
        : Math.max(granted + machine.latency, now + exchanges) + (jitter - 1) * machine.latency;
    const done = Math.max(worked, received);
    end = Math.max(end, done);
    lanes.push(done, lane);
  }
  const granted = scenario.budget * scenario.tenants * end;
  return { seconds: end, requests, budgetUsed: granted === 0 ? 0 : Math.min(1, requests / granted) };
}

/** The fewest machines whose time is within 5 % of what any number of machines could reach. */
export function machinesWorthHaving(
  scenario: Omit<Scenario, 'machines'>,
  machine: Machine = MACHINE,
): number {
  const best = simulate({ ...scenario, machines: 64 }, machine).seconds;
  for (const machines of [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48]) {
    if (simulate({ ...scenario, machines }, machine).seconds <= best * 1.05) return machines;
  }
  return 64;
}

/** Mulberry32: the same numbers for the same seed on every machine. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A number of successes among `trials`, by the normal approximation; exact at the ends. */
function binomial(trials: number, chance: number, random: () => number): number {
  if (chance <= 0) return 0;
  if (chance >= 1) return trials;
  const deviation = Math.sqrt(trials * chance * (1 - chance));
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.max(0, Math.min(trials, Math.round(trials * chance + deviation * normal)));
}

/** A binary heap of times, each with the machine that is free then. */
class TimeHeap {
  readonly #times: number[] = [];
  readonly #ids: number[] = [];

  get size(): number {
    return this.#times.length;
  }

  push(time: number, id: number): void {
    let at = this.#times.length;
    this.#times.push(time);
    this.#ids.push(id);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.#times[parent] ?? 0) <= time) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  pop(): [time: number, id: number] {
    const [time = 0] = this.#times;
    const [id = 0] = this.#ids;
    const lastTime = this.#times.pop() ?? 0;
    const lastId = this.#ids.pop() ?? 0;
    if (this.#times.length > 0) {
      this.#times[0] = lastTime;
      this.#ids[0] = lastId;
      this.#sink();
    }
    return [time, id];
  }

  #sink(): void {
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const right = left + 1;
      const time = (index: number) => this.#times[index] ?? Number.POSITIVE_INFINITY;
      const least = time(right) < time(left) ? right : left;
      if (time(least) >= time(at)) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #swap(one: number, other: number): void {
    const time = this.#times[one] ?? 0;
    const id = this.#ids[one] ?? 0;
    this.#times[one] = this.#times[other] ?? 0;
    this.#ids[one] = this.#ids[other] ?? 0;
    this.#times[other] = time;
    this.#ids[other] = id;
  }
}
