import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readExamples } from '../../scripts/generate/examples';
import { readManifest } from '../../scripts/generate/manifest';
import { REFERENCE, referenceFile } from '../../scripts/generate/reference';

const ROOT = join(__dirname, '../..');
const manifest = readManifest(readFileSync(join(ROOT, 'integration.yml'), 'utf8'));
const reference = readFileSync(join(ROOT, REFERENCE), 'utf8');
const examples = readExamples();

test.each(manifest.script.commands.map((command) => [command.name, command] as const))(
  'the reference lists %s and names every argument and output of it',
  (name, command) => {
    const section = reference.split('\n## ').find((one) => one.startsWith(`${name}\n`)) ?? '';
    const wanted = [
      ...command.arguments.map((argument) => `\`${argument.name}\``),
      ...(command.outputs ?? []).map((output) => `\`${output.contextPath}\``),
    ];
    expect(wanted.filter((word) => !section.includes(word))).toEqual([]);
    expect(reference).toContain(`- [\`${name}\`](#${name}): `);
  },
);

const names = manifest.script.commands.map(({ name }) => name);

test.each(names)('the reference has an example of %s with its output', (name) => {
  expect(reference).toContain(`\`\`\`text\n!${name}`);
  expect(examples.get(name)?.table).not.toBe('');
});

test('a changed manifest changes the reference', () => {
  const [first, ...others] = manifest.script.commands;
  const changed = {
    ...manifest,
    script: { ...manifest.script, commands: [{ ...first, description: 'Changed.' }, ...others] },
  };
  expect(referenceFile(changed as typeof manifest, examples)).not.toBe(reference);
});

test('a command without an example fails the generator with its name', () => {
  const [name = ''] = names;
  const others = new Map([...examples].filter(([one]) => one !== name));
  expect(() => referenceFile(manifest, others)).toThrow(name);
});
