import { isPluginError } from '../src/base/errors';
import { catalog } from '../src/commands/generated/catalog';
import { formatQuery, parseQuery } from '../src/graph/odata';
import { commands } from '../src/manifest/generated/commands';
import type { CommandName } from '../src/manifest/generated/types';
import { normalizeHost } from '../src/observables/host';
import { cutTexts, toContext } from '../src/output/to-context';
import { parseCommandLine } from '../src/xsoar/command-line';
import fc, { samples } from './support/property';
import { recordedPlugin } from './support/recorder';

const ROOT = 'https://graph.microsoft.com/v1.0/security/threatIntelligence/';

/** Texts as users, scripts and attackers send them. */
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '..',
    '.',
    '../../../me',
    '//evil.example/',
    'https://evil.example/',
    '%2e%2e%2f',
    '\\..\\',
    '?$top=1',
    '#',
    'contoso.com',
    '192.0.2.1',
    '@evil.example',
    '\u0000',
    '/v1.0/me',
  ),
  fc.webUrl(),
  fc.domain(),
  fc.ipV6(),
);

test.each(Object.keys(catalog) as CommandName[])(
  '%s: whatever is typed, no request leaves the API',
  async (name) => {
    const names = Object.keys(commands[name].arguments);
    const args = fc.dictionary(
      fc.constantFrom('unknown', ...names),
      fc.oneof(text, fc.array(text, { maxLength: 3 }), fc.jsonValue()),
    );
    await fc.assert(
      fc.asyncProperty(args, async (given) => {
        const { plugin, requested } = recordedPlugin();
        const { entries } = await plugin.execute(name, given);
        expect(entries).toHaveLength(1);
        for (const line of requested) {
          const url = new URL(line.replace('GET ', ''));
          expect(`${url.origin}${url.pathname}`.startsWith(ROOT)).toBe(true);
          expect(url.pathname).not.toMatch(/\/\.{1,2}(?:\/|$)|\\/);
        }
      }),
      { numRuns: samples(80) },
    );
  },
);

test('normalizing a host twice changes nothing', () => {
  fc.assert(
    fc.property(text, (typed) => {
      const host = hostOrRefusal(typed);
      if (host !== undefined) expect(normalizeHost(host)).toBe(host);
    }),
    { numRuns: samples(1000) },
  );
});

function hostOrRefusal(typed: string): string | undefined {
  try {
    return normalizeHost(typed);
  } catch (error) {
    if (!isPluginError(error)) throw error;
    return undefined;
  }
}

test('a name in its final form is what the URL standard makes of it, which a final dot asks for', () => {
  const label = fc.oneof(
    fc.stringMatching(/^[a-z0-9_-]{1,9}$/),
    fc.constantFrom('xn--', 'xn--mnchen-3ya', 'XN--A', '0x7f', '127', '08', 'a'.repeat(64), 'a'.repeat(63)),
  );
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 5 }), (labels) => {
      const name = labels.join('.');
      expect(hostOrRefusal(name)).toBe(hostOrRefusal(`${name}.`));
    }),
    { numRuns: samples(750) },
  );
});

test('a defanged host is the host', () => {
  fc.assert(
    fc.property(fc.domain(), (domain) => {
      expect(normalizeHost(`hxxps://${domain.replaceAll('.', '[.]').toUpperCase()}:8443/x?y#z`)).toBe(
        normalizeHost(domain),
      );
    }),
  );
});

test('every literal reaches Graph as typed, raw or encoded', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }).filter((literal) => !/%[0-9a-f]{2}/i.test(literal)),
      (literal) => {
        const filter = `title eq '${literal.replaceAll("'", "''")}x'`;
        for (const typed of [
          `$filter=${filter}&$count=true`,
          `?$count=true&$filter=${encodeURIComponent(filter)}`,
        ]) {
          const sent = new URL(`${ROOT}articles${formatQuery(parseQuery(typed))}`).searchParams;
          expect([sent.get('$filter'), sent.get('$count'), [...sent.keys()].length]).toEqual([
            filter,
            'true',
            2,
          ]);
        }
      },
    ),
    { numRuns: samples(500) },
  );
});

test('any text is either query options that encode to themselves, or a refusal', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        text,
        fc.string().map((value) => `$filter=${value}`),
        fc.string().map((value) => `$search=${value}`),
      ),
      (typed) => {
        try {
          const options = parseQuery(typed);
          expect(parseQuery(formatQuery(options))).toEqual(options);
        } catch (error) {
          expect(isPluginError(error)).toBe(true);
        }
      },
    ),
    { numRuns: samples(1000) },
  );
});

test('context keeps every property under its own name, and none with a dot of OData', () => {
  fc.assert(
    fc.property(
      fc
        .json()
        .filter((json) => !/"(?:__proto__|constructor|prototype)"/.test(json))
        .map((json) => JSON.parse(json) as unknown),
      (value) => {
        const kept = JSON.stringify(toContext(value));
        expect(kept).toBe(JSON.stringify(value));
        const annotated = { '@odata.etag': 'x', 'a@odata.type': 'y', value };
        expect(JSON.stringify(toContext(annotated))).toBe(JSON.stringify({ value }));
      },
    ),
  );
});

test('a string is cut to its length and no other value is touched', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer(),
      (long, most, number) => {
        const { kept, id, count } = cutTexts({ kept: long, id: long, count: number }, most) as {
          kept: string;
          id: string;
          count: number;
        };
        expect([
          kept.replace(/…$/, '').length <= most,
          long.startsWith(kept.replace(/…$/, '')) || long === kept,
          id,
          count,
        ]).toEqual([true, true, long, number]);
      },
    ),
  );
});

test('a printed command line is the command', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);
  fc.assert(
    fc.property(name, fc.dictionary(name, fc.string()), (command, args) => {
      const printed = Object.entries(args).map(
        ([key, value]) => `${key}="${value.replace(/[\\"]/g, '\\$&')}"`,
      );
      expect(parseCommandLine(`!${[command, ...printed].join(' ')}`)).toEqual({ command, args: { ...args } });
    }),
  );
});
