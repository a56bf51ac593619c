import fc from 'fast-check';

/**
 * fast-check with one seed, so that a run repeats. MDTI_SEED=N tries others; a fault that one of them finds gets a separate test.
 */
fc.configureGlobal({ seed: Number(process.env.MDTI_SEED ?? 20260731) });

export default fc;

/** The number of samples of a property: `npm run fuzz` takes ten times the number of `npm test`. */
export function samples(number: number): number {
  return process.env.MDTI_FUZZ === 'whole' ? 10 * number : number;
}
