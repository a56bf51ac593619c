import { code, oneLine, table } from '../generate/markdown';
import type { Manifest, ManifestCommand } from '../manifest/shape';
import type { Playbook } from '../playbooks/shape';

/** The text beside the integration: how to set it up, and every command with its arguments and outputs. */
export function integrationReadme({ display, description, script }: Manifest, setup: string): string {
  const commands = script.commands.map(commandSection);
  return [`# ${display}`, oneLine(description), setup.trim(), '## Commands', ...commands]
    .join('\n\n')
    .concat('\n');
}

function commandSection({ name, description, arguments: args, outputs = [] }: ManifestCommand): string {
  const inputs = args.map((one) => [
    code(one.name),
    oneLine(one.description),
    one.required ? 'Required' : 'Optional',
  ]);
  const context = outputs.map((one) => [code(one.contextPath), one.type, oneLine(one.description)]);
  return [
    `### ${name}`,
    oneLine(description),
    ...(inputs.length === 0
      ? []
      : ['#### Input', table(['Argument', 'Description', 'Required'], inputs).trim()]),
    ...(context.length === 0
      ? []
      : ['#### Context output', table(['Path', 'Type', 'Description'], context).trim()]),
  ].join('\n\n');
}

/** The text beside a playbook: what it does, reads and writes, and its picture. */
export function playbookReadme({ name, description, inputs, outputs }: Playbook, picture: string): string {
  const given = inputs.map(({ key, description: what, required }) => [
    code(key),
    oneLine(what ?? ''),
    required ? 'Required' : 'Optional',
  ]);
  const written = outputs.map(({ contextPath, type, description: what }) => [
    code(contextPath),
    type ?? '',
    oneLine(what ?? ''),
  ]);
  return [
    `# ${name}`,
    oneLine(description),
    '## Playbook Inputs',
    table(['Name', 'Description', 'Required'], given).trim(),
    '## Playbook Outputs',
    table(['Path', 'Type', 'Description'], written).trim(),
    `## Playbook Image\n\n---\n\n![${name}](../${picture})`,
  ]
    .join('\n\n')
    .concat('\n');
}
