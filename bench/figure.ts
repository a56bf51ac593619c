/** One measured ratio or count, with what it should be. */
export interface Figure {
  /** `cold: command / bare GET`. */
  readonly name: string;
  readonly value: number;
  readonly unit:
    | 'x'
    | '%'
    | 'KB/row'
    | 'µs/row'
    | 'MB'
    | 'requests'
    | 'rows'
    | 'rows/s'
    | 'files'
    | 'runs'
    | 'ms'
    | 'KB'
    | 'frames/s';
  /** The middle half of the samples, where there are several. */
  readonly spread?: readonly [low: number, high: number];
  readonly samples: number;
  /** `at most 1.25`; absent for a figure without a target. */
  readonly target?: Target;
}

export interface Target {
  readonly is: 'at most' | 'at least';
  readonly value: number;
}

export function holds({ value, target }: Figure): boolean {
  if (target === undefined) return true;
  return target.is === 'at most' ? value <= target.value : value >= target.value;
}

export function atMost(value: number): Target {
  return { is: 'at most', value };
}

export function atLeast(value: number): Target {
  return { is: 'at least', value };
}

/** The figure of one value; `samples` is what it was counted over. */
export function figureOf(
  name: string,
  value: number,
  unit: Figure['unit'],
  target?: Target,
  samples = 1,
): Figure {
  return { name, value, unit, samples, ...(target === undefined ? {} : { target }) };
}

/** The figure of samples: their median, and the middle half of them. */
export function figure(
  name: string,
  unit: Figure['unit'],
  samples: readonly number[],
  target?: Target,
): Figure {
  return {
    name,
    unit,
    value: quantile(samples, 0.5),
    spread: [quantile(samples, 0.25), quantile(samples, 0.75)],
    samples: samples.length,
    ...(target === undefined ? {} : { target }),
  };
}

export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}
