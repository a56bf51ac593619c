import { createHash } from 'node:crypto';

/** A seeded source of choices: the same seed makes the same world, on every machine. */
export interface Chance {
  /** A whole number from `from` to `to`, both included. */
  number(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
  /** `count` different elements, in the order of the list. */
  some<T>(list: readonly T[], count: number): T[];
  /** A moment within a span of days after a date, ISO 8601 with milliseconds. */
  moment(from: string, days: number): string;
}

export function chance(seed: string): Chance {
  let drawn = 0;
  function fraction(): number {
    drawn += 1;
    return createHash('sha256').update(`${seed}/${drawn}`).digest().readUInt32BE() / 2 ** 32;
  }
  function number(from: number, to: number): number {
    return from + Math.floor(fraction() * (to - from + 1));
  }
  return {
    number,
    pick: (list) => list[number(0, list.length - 1)] as (typeof list)[number],
    some(list, count) {
      const left = list.map((_, index) => index);
      while (left.length > count) left.splice(number(0, left.length - 1), 1);
      return left.map((index) => list[index] as (typeof list)[number]);
    },
    moment: (from, days) => new Date(Date.parse(from) + number(0, days * 86_400_000)).toISOString(),
  };
}

export function hex(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

/** A record id of readable parts, as most of Graph's are: `contoso.com$$443` in base64. */
export function base64(...parts: readonly (string | number)[]): string {
  return Buffer.from(parts.join('$$')).toString('base64');
}

/** A record id of hash bytes; among some dozen there are `/` and `+`. */
export function base64Hash(text: string): string {
  return createHash('sha1').update(text).digest('base64');
}

export function guid(text: string): string {
  return hex(text, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
