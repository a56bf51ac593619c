import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from '../../scripts/generate/manifest';
import { checkPlaybook } from '../../scripts/playbooks/check';
import { pathsOfValue } from '../../scripts/playbooks/paths';
import { readPlaybooks } from '../../scripts/playbooks/read';
import type { Playbook, Task } from '../../scripts/playbooks/shape';

const root = join(__dirname, '../..');
const manifest = readManifest(readFileSync(join(root, 'integration.yml'), 'utf8'));
const playbooks = readPlaybooks(root);

test('contains the four documented playbooks', () => {
  expect(Object.keys(playbooks).sort()).toEqual([
    'enrich-a-host.yml',
    'follow-an-actor.yml',
    'look-into-a-cve.yml',
    'triage-indicators.yml',
  ]);
});

test.each(Object.entries(playbooks))('%s uses nothing that does not exist', (_, playbook) => {
  expect(checkPlaybook(playbook, manifest)).toEqual([]);
});

const sound = playbooks['look-into-a-cve.yml'] as Playbook;

function withTask(key: string, change: (task: Task) => unknown): Playbook {
  const task = sound.tasks[key] as Task;
  return { ...sound, tasks: { ...sound.tasks, [key]: { ...task, ...(change(task) as object) } } };
}

const broken: readonly (readonly [finding: string, playbook: Playbook])[] = [
  ['version is not -1', { ...sound, version: 1 }],
  ['id, name, description or fromversion is missing', { ...sound, description: '' }],
  ['the first task is not a start', { ...sound, starttaskid: '1' }],
  ['two tasks have one taskid', withTask('7', () => ({ taskid: sound.tasks['1']?.taskid }))],
  ['task 1: its ids differ', withTask('1', () => ({ id: '2' }))],
  [
    'task 1: it leads to 99, which does not exist',
    withTask('1', () => ({ nexttasks: { '#none#': ['2', '99'] } })),
  ],
  ['task 1: it leads nowhere', withTask('1', () => ({ nexttasks: {} }))],
  [
    'task 2: its conditions and its ways differ',
    withTask('2', () => ({ nexttasks: { '#default#': ['3', '4'] } })),
  ],
  [
    'task 2: no way is left where no condition applies',
    withTask('2', ({ nexttasks }) => ({ nexttasks: { yes: nexttasks?.yes } })),
  ],
  ['task 7: no step leads to it', { ...sound, tasks: { ...sound.tasks, ...leadingTo('7', '4') } }],
  [
    'task 1: there is no command MicrosoftDefenderThreatIntelligence|||cves',
    withTask('1', ({ task }) => ({ task: { ...task, script: `${task.script}s` } })),
  ],
  [
    'task 1: cve has no argument id',
    withTask('1', ({ scriptarguments }) => ({ scriptarguments: { ...scriptarguments, id: {} } })),
  ],
  ['task 1: cve needs the argument cve', withTask('1', () => ({ scriptarguments: {} }))],
  [
    'task 1: nothing in the playbook writes inputs.Cve',
    withTask('1', () => ({ scriptarguments: { cve: { simple: '${inputs.Cve}' } } })),
  ],
  [
    'task 6: nothing in the playbook writes MSGDefenderThreatIntel.Article.ident',
    withTask('6', () => ({
      scriptarguments: { article_id: { simple: '${MSGDefenderThreatIntel.Article.[0].ident}' } },
    })),
  ],
  [
    'output CVE.Name: nothing in the playbook writes it',
    { ...sound, outputs: [{ contextPath: 'CVE.Name' }] },
  ],
  ['input More: nothing reads it', { ...sound, inputs: [...sound.inputs, { key: 'More', value: {} }] }],
  [
    'input CVE: no command writes CVE.Name',
    {
      ...sound,
      inputs: sound.inputs.map((one) =>
        one.key === 'CVE' ? { ...one, value: { simple: '${CVE.Name}' } } : one,
      ),
    },
  ],
];

/** The tasks that led to one, leading to another. */
function leadingTo(from: string, to: string): Record<string, Task> {
  const turned = Object.entries(sound.tasks).map(([key, task]) => {
    const ways = Object.entries(task.nexttasks ?? {}).map(([label, next]) => [
      label,
      next.map((target) => (target === from ? to : target)),
    ]);
    return [key, { ...task, nexttasks: Object.fromEntries(ways) }] as const;
  });
  return Object.fromEntries(turned);
}

test.each(broken)('found: %s', (finding, playbook) => {
  expect(checkPlaybook(playbook, manifest)).toContain(finding);
});

test('a path is read without its filters and indexes, and so is what the filters look at', () => {
  expect(pathsOfValue({ simple: "${A.B(val.c.d == 'e').[0].f} and ${A.g}" })).toEqual([
    'A.B.f',
    'A.B.c.d',
    'A.g',
  ]);
  expect(
    pathsOfValue({
      complex: {
        root: 'A',
        accessor: 'b',
        filters: [[{ left: { value: { simple: 'A.c' }, iscontext: true } }]],
      },
    }),
  ).toEqual(['A.b', 'A.c']);
});
