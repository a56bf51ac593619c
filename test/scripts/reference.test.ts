import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from '../../scripts/generate/manifest';
import { REFERENCE, referenceFile, withCommandList } from '../../scripts/generate/reference';

const ROOT = join(__dirname, '../..');
const manifest = readManifest(readFileSync(join(ROOT, 'integration.yml'), 'utf8'));
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const reference = readFileSync(join(ROOT, REFERENCE), 'utf8');

test.each(manifest.script.commands.map((command) => [command.name, command] as const))(
  'the reference tells every argument and output of %s, and the README leads there',
  (name, command) => {
    const section = reference.split('\n## ').find((one) => one.startsWith(`${name}\n`)) ?? '';
    const told = [
      ...command.arguments.map((argument) => `\`${argument.name}\``),
      ...(command.outputs ?? []).map((output) => `\`${output.contextPath}\``),
    ];
    expect(told.filter((word) => !section.includes(word))).toEqual([]);
    expect(readme).toContain(`[\`${name}\`](${REFERENCE}#${name}): `);
  },
);

test('a changed manifest changes both texts', () => {
  const [first, ...others] = manifest.script.commands;
  const renamed = {
    ...manifest,
    script: { ...manifest.script, commands: [{ ...first, name: 'renamed' }, ...others] },
  };
  expect(withCommandList(readme, renamed as typeof manifest)).not.toBe(readme);
  expect(referenceFile(renamed as typeof manifest)).not.toBe(reference);
});

test('a README without the two marks is refused', () => {
  expect(() => withCommandList('# Read me', manifest)).toThrow('lacks the lines');
});
