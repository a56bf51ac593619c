import { argumentRules, commandRules, outputRules } from './command-rules';
import { parameterRules } from './parameter-rules';
import { reputationRules } from './reputation-rules';
import { commonfieldsRules, rootRules, scriptRules } from './root-rules';
import type { Rule } from './rule';
import type { Argument, Manifest, ManifestCommand, Output, Parameter, Script } from './shape';

export interface Report {
  /** One line each: where it is, and what is wrong. */
  readonly findings: readonly string[];
  readonly commands: number;
  readonly arguments: number;
  readonly outputs: number;
}

/** The rules of the platform for an integration's manifest, by the level that they are about. */
export const rules = {
  manifest: rootRules,
  commonfields: commonfieldsRules,
  parameter: parameterRules,
  script: scriptRules,
  command: [...commandRules, ...reputationRules],
  argument: argumentRules,
  output: outputRules,
} as const;

/** Checks a manifest, which may lack anything, against every rule. */
export function checkManifest(manifest: Manifest): Report {
  const { commonfields, configuration = [], sectionorder = [], script }: Partial<Manifest> = manifest;
  const context = { ...manifest, configuration, sectionorder };
  const commands = script?.commands ?? [];
  const argumentsOf = commands.flatMap((command) =>
    named(`${command.name}, argument`, command.arguments ?? []),
  );
  const outputs = commands.flatMap((command) => command.outputs ?? []);
  const findings = [
    ...broken<Manifest>(context, rules.manifest, [['manifest', manifest]]),
    ...broken<Commonfields>(
      context,
      rules.commonfields,
      commonfields ? [['commonfields', commonfields]] : [],
    ),
    ...broken<Parameter>(context, rules.parameter, named('parameter', configuration)),
    ...broken<Script>(context, rules.script, script ? [['script', script]] : []),
    ...broken<ManifestCommand>(context, rules.command, named('command', commands)),
    ...broken<Argument>(context, rules.argument, argumentsOf),
    ...broken<Output>(
      context,
      rules.output,
      outputs.map((output) => [`output ${output.contextPath}`, output]),
    ),
  ];
  return { findings, commands: commands.length, arguments: argumentsOf.length, outputs: outputs.length };
}

type Commonfields = Manifest['commonfields'];
type Placed<Part> = readonly [where: string, part: Part];

function named<Part extends { readonly name: string }>(
  level: string,
  parts: readonly Part[],
): Placed<Part>[] {
  return parts.map((part) => [`${level} ${part.name}`, part]);
}

function broken<Part>(
  manifest: Manifest,
  list: readonly Rule<Part>[],
  parts: readonly Placed<Part>[],
): string[] {
  return parts.flatMap(([where, part]) =>
    list.flatMap((rule) => {
      const offenders = rule.broken(part, manifest);
      if (typeof offenders === 'boolean') return offenders ? [`${where}: ${rule.finding}`] : [];
      return offenders.map((name) => `${where}: ${rule.finding}: ${name}`);
    }),
  );
}
