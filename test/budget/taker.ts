import { systemClock } from '../../src/base/clock';
import { localBudget } from '../../src/budget/local-budget';
import { budgetSockets } from '../../src/budget/machine/budget-sockets';
import { machineBudget } from '../../src/budget/machine/machine-budget';

/** A process on a machine's budget: `taker FOLDER`. For each line on stdin it takes one request, and prints the line when it is granted. */
const [folder = ''] = process.argv.slice(2);
const budget = machineBudget({
  sockets: budgetSockets(folder, 'test'),
  serves: true,
  local: localBudget(systemClock),
  clock: systemClock,
  log: () => {},
});

let rest = '';
process.stdin.on('data', (chunk) => {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines)
    void Promise.resolve(budget.take(1, 'bulk')).then(() => {
      process.stdout.write(`${line}\n`);
      budget.accepted?.(1);
    });
});
