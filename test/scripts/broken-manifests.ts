import type { Argument, Manifest, ManifestCommand, Output, Parameter } from '../../scripts/manifest/shape';

/** A manifest with one thing wrong, and the one finding that is expected of it. */
export interface Broken {
  readonly expected: string;
  readonly manifest: Manifest;
}

type Change<Part> = Partial<Record<keyof Part, unknown>> & Readonly<Record<string, unknown>>;

/** Variants of a sound manifest that each break one rule; the cast is what lets them be unsound. */
export function brokenManifests(sound: Manifest): Broken[] {
  const whole = (expected: string, change: Change<Manifest>) => ({
    expected,
    manifest: { ...sound, ...change } as Manifest,
  });
  const script = (expected: string, change: Readonly<Record<string, unknown>>) =>
    whole(expected, { script: { ...sound.script, ...change } });
  const fetching = (expected: string, configuration: unknown) =>
    whole(expected, { configuration, script: { ...sound.script, isfetch: true } });
  const commonfields = (expected: string, change: Readonly<Record<string, unknown>>) =>
    whole(expected, { commonfields: { ...sound.commonfields, ...change } });
  const parameter = (expected: string, change: Change<Parameter>) =>
    whole(expected, { configuration: [...sound.configuration, { ...PARAMETER, ...change }] });
  const command = (expected: string, change: Change<ManifestCommand>) =>
    script(expected, { commands: [...sound.script.commands, { ...COMMAND, ...change }] });
  const argument = (expected: string, change: Change<Argument>) =>
    command(expected, { arguments: [{ ...ARGUMENT, ...change }] });
  const output = (expected: string, change: Change<Output>) =>
    command(expected, { outputs: [{ ...OUTPUT, ...change }] });
  const generic = (expected: string, change: Change<ManifestCommand>) =>
    script(expected, {
      commands: sound.script.commands.map((one) => (one.name === 'cve' ? { ...one, ...change } : one)),
    });
  const outputs = sound.script.commands.find(({ name }) => name === 'cve')?.outputs ?? [];
  const without = (name: string) => sound.configuration.filter((one) => one.name !== name);
  const capped = sound.configuration.map((one) =>
    one.name === 'max_fetch' ? { ...one, defaultvalue: undefined } : one,
  );

  return [
    whole('manifest: unknown key: color', { color: 'blue' }),
    whole('manifest: missing: display', { display: undefined }),
    whole('manifest: the category is not the one of threat intelligence', { category: 'Utilities' }),
    whole('manifest: fromversion is not of the form 6.10.0', { fromversion: '6.10' }),
    parameter('manifest: two parameters of one name: app_id', { name: 'app_id' }),
    commonfields('commonfields: unknown key: name', { name: 'x' }),
    commonfields('commonfields: id is missing', { id: '' }),
    commonfields('commonfields: version is not -1', { version: 1 }),
    parameter('parameter extra: unknown key: defaultValue', { defaultValue: 'x' }),
    parameter('parameter extra: the type is not one of the platform', { type: 7 }),
    parameter('parameter extra: display is missing', { display: undefined }),
    parameter('parameter extra: display does not start with a capital, or contains an underscore', {
      display: 'An_extra',
    }),
    parameter('parameter extra: there is no help text (additionalinfo)', { additionalinfo: '' }),
    whole('parameter proxy: the platform wants a checkbox, off by default, in its own words', {
      configuration: sound.configuration.map((one) =>
        one.name === 'proxy' ? { ...one, display: 'Proxy' } : one,
      ),
    }),
    parameter('parameter extra: a checkbox cannot be required', { type: 8, required: true }),
    parameter("parameter extra: the default of a checkbox is the text 'true' or 'false'", {
      type: 8,
      defaultvalue: 'on',
    }),
    parameter('parameter extra: a secret uses type 9', { type: 4 }),
    parameter('parameter extra: the default is a URL without https', { defaultvalue: 'http://contoso.com' }),
    parameter('parameter extra: a select has no options', { type: 16 }),
    parameter('parameter extra: the default is not among the options', {
      type: 15,
      options: ['a'],
      defaultvalue: 'b',
    }),
    parameter('parameter extra: the section is not in sectionorder', { section: 'Optimize' }),
    script('script: unknown key: image', { image: 'x' }),
    script('script: type is not python, powershell or javascript', { type: 'typescript' }),
    script('script: there is no dockerimage to run in', { dockerimage: '' }),
    script('script: two commands of one name: contoso-extra', {
      commands: [...sound.script.commands, COMMAND, COMMAND],
    }),
    fetching('script: a fetching integration lacks the parameter: first_fetch', without('first_fetch')),
    fetching('script: a fetching integration needs a default for max_fetch', capped),
    command('command contoso-extra: unknown key: args', { args: [] }),
    command('command contoso-extra: the description is missing', { description: undefined }),
    command('command contoso-extra: arguments is not a list', { arguments: undefined }),
    command('command contoso-extra: two arguments of one name: thing', { arguments: [ARGUMENT, ARGUMENT] }),
    command('command contoso-extra: more than one argument takes the unnamed value', {
      arguments: [
        { ...ARGUMENT, default: true },
        { ...ARGUMENT, name: 'other', default: true },
      ],
    }),
    command('command contoso-extra: two outputs of one path: Contoso.id', { outputs: [OUTPUT, OUTPUT] }),
    argument('contoso-extra, argument thing: unknown key: defaultvalue', { defaultvalue: 'x' }),
    argument('contoso-extra, argument thing: the description is missing', { description: '' }),
    argument('contoso-extra, argument thing: auto and predefined values do not go together', {
      auto: 'PREDEFINED',
    }),
    argument('contoso-extra, argument thing: the default is not among the predefined values', {
      auto: 'PREDEFINED',
      predefined: ['a'],
      defaultValue: 'b',
    }),
    argument('contoso-extra, argument thing: required and a default cannot be combined', {
      required: true,
      defaultValue: 'a',
    }),
    output('output Contoso.id: unknown key: text', { text: 'x' }),
    output('output Contoso.@odata.type: the context path cannot be addressed', {
      contextPath: 'Contoso.@odata.type',
    }),
    output('output Contoso.id: the description is not a sentence', { description: 'the id' }),
    output('output Contoso.id: the type is not one of the platform', { type: 'Int32' }),
    generic(
      'command cve: a generic command needs a list argument with its name that takes the unnamed value',
      {
        arguments: [{ ...ARGUMENT, name: 'cve', isArray: true }],
      },
    ),
    generic("command cve: a generic command describes its score in the platform's words: DBotScore.Vendor", {
      outputs: outputs.filter(({ contextPath }) => contextPath !== 'DBotScore.Vendor'),
    }),
    generic('command cve: a generic command declares the indicator itself: CVE.ID', {
      outputs: outputs.filter(({ contextPath }) => contextPath !== 'CVE.ID'),
    }),
    whole('command cve: a generic command needs the parameter integrationReliability, a single select', {
      configuration: without('integrationReliability'),
      script: { ...sound.script, commands: sound.script.commands.filter(({ name }) => name === 'cve') },
    }),
  ];
}

const PARAMETER: Parameter = {
  name: 'extra',
  display: 'An extra',
  type: 0,
  required: false,
  section: 'Connect',
  additionalinfo: 'What it does.',
};

const ARGUMENT: Argument = { name: 'thing', description: 'The thing.' };

const OUTPUT: Output = { contextPath: 'Contoso.id', description: 'The ID.', type: 'String' };

const COMMAND: ManifestCommand = {
  name: 'contoso-extra',
  description: 'Does more.',
  arguments: [ARGUMENT],
  outputs: [OUTPUT],
};
