import { runChecks } from '../../doctor/run-checks';
import { withSignals } from '../io/signals';
import { writeStdout } from '../io/stdout';
import { checkLine } from './check-line';
import { localServices, type ParamSource } from './local-services';

/** `mdti doctor`: the checks of a sign-in, each printed when it is done; status 1 where one of them fails. */
export function doctor(source: ParamSource): Promise<number> {
  return withSignals(async (signal) => {
    let status = 0;
    for await (const result of runChecks({ ...localServices(source), environment: process.env, signal })) {
      await writeStdout(`${checkLine(result)}\n`, signal);
      if (result.status === 'fail') status = 1;
    }
    return status;
  });
}
