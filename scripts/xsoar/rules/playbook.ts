import { digestIn, flowChart, pictureOf, sourceDigest } from '../playbook-picture';
import { type PackRule, playbooks, readmeOf } from './rule';

export const PLAYBOOK_RULES: readonly PackRule[] = [
  {
    code: 'PB118',
    wants: 'every input used by a task',
    broken: (pack) =>
      playbooks(pack).flatMap(([path, playbook]) => {
        const tasks = JSON.stringify(playbook.tasks);
        return playbook.inputs
          .filter(({ key }) => !isUsed(key, tasks))
          .map(({ key }) => `${path}: input ${key}`);
      }),
  },
  {
    code: 'RM116',
    wants: 'a picture of every playbook, drawn from its current tasks and shown in its README',
    broken: (pack) =>
      playbooks(pack).flatMap(([path, playbook]) => {
        const picture = pictureOf(path);
        if (!(picture in pack)) return [`${picture} is missing`];
        const isCurrent =
          digestIn(Buffer.from(pack[picture] ?? '', 'latin1')) === sourceDigest(flowChart(playbook));
        return [
          ...(isCurrent ? [] : [`${picture} is outdated: run \`npx tsx scripts/playbook-pictures.ts\``]),
          ...(pack[readmeOf(path)]?.includes(`](../${picture})`) ? [] : [`${readmeOf(path)}: no picture`]),
        ];
      }),
  },
];

/** `${inputs.Host}` in a string, or a root of `inputs` with the key as accessor. */
function isUsed(key: string, tasks: string): boolean {
  return tasks.includes(`inputs.${key}`) || tasks.includes(`"root":"inputs","accessor":"${key}"`);
}
