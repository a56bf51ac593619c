/** Work of one tenant at once, and of all tenants together. */
const PER_TENANT = 32;
const ALL_TENANTS = 512;

type Work = () => Promise<void>;

interface DocumentQueue {
  add(tenant: string, work: Work): void;
  /** Resolves when everything that was added is done. */
  idle(): Promise<void>;
}

/** Runs work of many tenants in turn, so that a slow tenant delays no other. */
export function documentQueue(perTenant = PER_TENANT, allTenants = ALL_TENANTS): DocumentQueue {
  const waiting = new Map<string, Work[]>();
  const running = new Map<string, number>();
  let total = 0;
  let wake: (() => void)[] = [];

  function count(tenant: string): number {
    return running.get(tenant) ?? 0;
  }

  function run(tenant: string, work: Work): void {
    total += 1;
    running.set(tenant, count(tenant) + 1);
    void work().finally(() => end(tenant));
  }

  /** A tenant that got a turn moves behind the others that wait. */
  function start(): void {
    for (const [tenant, works] of waiting) {
      if (total >= allTenants) return;
      if (count(tenant) >= perTenant) continue;
      const work = works.shift() as Work;
      waiting.delete(tenant);
      if (works.length > 0) waiting.set(tenant, works);
      run(tenant, work);
    }
  }

  function end(tenant: string): void {
    total -= 1;
    const busy = count(tenant) - 1;
    if (busy === 0) running.delete(tenant);
    else running.set(tenant, busy);
    start();
    if (running.size > 0) return;
    for (const call of wake) call();
    wake = [];
  }

  return {
    add(tenant, work) {
      const works = waiting.get(tenant);
      if (works !== undefined) works.push(work);
      else if (total < allTenants && count(tenant) < perTenant) run(tenant, work);
      else waiting.set(tenant, [work]);
    },
    idle: () =>
      new Promise((resolve) => {
        if (running.size === 0) resolve();
        else wake.push(resolve);
      }),
  };
}
