import { randomBytes, randomInt } from 'node:crypto';
import type { DeviceCodeTimes } from '../options';
import { errors } from './errors';

interface Pending {
  readonly userCode: string;
  readonly expires: number;
  state: 'pending' | 'approved' | 'declined' | 'redeemed';
  polled: number;
}

export interface DeviceCodes {
  start(): { readonly deviceCode: string; readonly userCode: string };
  /** Approves or declines a user code; false if no sign-in waits for that code. */
  decide(userCode: string, decision: 'approved' | 'declined'): boolean;
  /** Uses an approved device code up. @throws LoginError while it waits, and where it will never be approved. */
  redeem(deviceCode: string): void;
  clear(): void;
}

/** No vowels and no look-alikes, as in Microsoft's codes. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ23456789';

export function makeDeviceCodes(times: DeviceCodeTimes, clock: () => number): DeviceCodes {
  const codes = new Map<string, Pending>();
  return {
    start() {
      const deviceCode = randomBytes(48).toString('base64url');
      const userCode = Array.from({ length: 9 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
      const expires = clock() + times.lifetime * 1000;
      codes.set(deviceCode, { userCode, expires, state: 'pending', polled: Number.NEGATIVE_INFINITY });
      return { deviceCode, userCode };
    },
    decide(userCode, decision) {
      const waiting = [...codes.values()].find(
        (code) => code.userCode === userCode && code.state === 'pending' && clock() < code.expires,
      );
      if (waiting) waiting.state = decision;
      return waiting !== undefined;
    },
    redeem(deviceCode) {
      const code = codes.get(deviceCode);
      if (!code) throw errors.unknownDeviceCode();
      const since = clock() - code.polled;
      code.polled = clock();
      if (code.state === 'redeemed') throw errors.usedDeviceCode();
      if (code.state === 'declined') throw errors.declined();
      if (clock() >= code.expires) throw errors.deviceCodeExpired();
      if (code.state === 'pending') throw since < times.interval * 1000 ? errors.tooFast() : errors.pending();
      code.state = 'redeemed';
    },
    clear: () => codes.clear(),
  };
}
