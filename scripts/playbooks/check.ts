import type { Manifest, ManifestCommand } from '../manifest/shape';
import { pathsOf, pathsOfValue } from './paths';
import type { Playbook, Task } from './shape';

/** What is wrong with a playbook, a line each: its steps, and every command, argument and context path that does not exist. */
export function checkPlaybook(playbook: Playbook, manifest: Manifest): string[] {
  const tasks = Object.entries(playbook.tasks);
  const commands = tasks.flatMap(([, task]) => commandOf(task, manifest) ?? []);
  return [
    ...headFindings(playbook),
    ...tasks.flatMap(([key, task]) =>
      [...stepFindings(playbook, key, task), ...commandFindings(task, manifest)].map(
        (finding) => `task ${key}: ${finding}`,
      ),
    ),
    ...unreachable(playbook).map((key) => `task ${key}: no step leads to it`),
    ...tasks.flatMap(([key, task]) =>
      pathsOf(task)
        .filter((path) => !isInput(playbook, path) && !isOutput(commands, path))
        .map((path) => `task ${key}: nothing in the playbook writes ${path}`),
    ),
    ...playbook.outputs
      .filter(({ contextPath }) => !isOutput(commands, contextPath))
      .map(({ contextPath }) => `output ${contextPath}: nothing in the playbook writes it`),
    ...inputFindings(playbook, manifest),
  ];
}

function headFindings({
  id,
  version,
  name,
  description,
  fromversion,
  starttaskid,
  tasks,
}: Playbook): string[] {
  const taskids = Object.values(tasks).map(({ taskid }) => taskid);
  return [
    ...(id === name && name && description && fromversion
      ? []
      : ['id, name, description or fromversion is missing']),
    ...(version === -1 ? [] : ['version is not -1']),
    ...(tasks[starttaskid]?.type === 'start' ? [] : ['the first task is not a start']),
    ...(new Set(taskids).size === taskids.length ? [] : ['two tasks have one taskid']),
  ];
}

function stepFindings({ tasks }: Playbook, key: string, task: Task): string[] {
  const { id, taskid, type, nexttasks = {}, conditions = [] } = task;
  const next = Object.values(nexttasks).flat();
  const labels = Object.keys(nexttasks).filter((label) => !label.startsWith('#'));
  const requested = conditions.map(({ label }) => label);
  return [
    ...(id === key && task.task.id === taskid ? [] : ['its ids differ']),
    ...next
      .filter((target) => !(target in tasks))
      .map((target) => `it leads to ${target}, which does not exist`),
    ...(next.length > 0 || type === 'title' ? [] : ['it leads nowhere']),
    ...(labels.join() === requested.join() ? [] : ['its conditions and its ways differ']),
    ...(type !== 'condition' || '#default#' in nexttasks
      ? []
      : ['no way is left where no condition applies']),
  ];
}

function commandFindings(task: Task, manifest: Manifest): string[] {
  if (!task.task.iscommand) return [];
  const command = commandOf(task, manifest);
  if (command === undefined) return [`there is no command ${task.task.script}`];
  const given = Object.keys(task.scriptarguments ?? {});
  const known = command.arguments.map(({ name }) => name);
  const needed = command.arguments.filter(({ required }) => required).map(({ name }) => name);
  return [
    ...given.filter((name) => !known.includes(name)).map((name) => `${command.name} has no argument ${name}`),
    ...needed
      .filter((name) => !given.includes(name))
      .map((name) => `${command.name} needs the argument ${name}`),
  ];
}

function commandOf({ task }: Task, { name, script }: Manifest): ManifestCommand | undefined {
  return script.commands.find((command) => task.script === `${name}|||${command.name}`);
}

function unreachable({ tasks, starttaskid }: Playbook): string[] {
  const reached = new Set([starttaskid]);
  for (const key of reached)
    for (const next of Object.values(tasks[key]?.nexttasks ?? {}).flat()) reached.add(next);
  return Object.keys(tasks).filter((key) => !reached.has(key));
}

function isInput({ inputs }: Playbook, path: string): boolean {
  return inputs.some(({ key }) => path === `inputs.${key}`);
}

/** Whether commands write there, or below it. */
function isOutput(commands: readonly ManifestCommand[], path: string): boolean {
  const written = commands.flatMap(({ outputs = [] }) => outputs.map(({ contextPath }) => contextPath));
  return written.some((output) => output === path || output.startsWith(`${path}.`));
}

/** An input that nothing reads, or whose default is a place in context that no command of ours knows. */
function inputFindings({ inputs, tasks }: Playbook, { script }: Manifest): string[] {
  const read = new Set(Object.values(tasks).flatMap(pathsOf));
  return inputs.flatMap(({ key, value }) => [
    ...(read.has(`inputs.${key}`) ? [] : [`input ${key}: nothing reads it`]),
    ...pathsOfValue(value)
      .filter((path) => !isOutput(script.commands, path))
      .map((path) => `input ${key}: no command writes ${path}`),
  ]);
}
