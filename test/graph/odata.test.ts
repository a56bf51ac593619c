import { formatQuery, literal, optionValue, parseQuery, searchOption } from '../../src/graph/odata';
import fc, { samples } from '../support/property';
import { raised } from '../support/raised';

const ALLOWED = 'Allowed are $count $expand $filter $orderby $search $select $skip $top.';
const ONCE = 'Give each query option once.';
const CHARACTER = 'Type the character itself.';

const TAKES = {
  $count: 'Use true or false.',
  $expand: 'Use names of navigation properties.',
  $filter: "Use a filter whose literals are closed ('' is a quote inside one).",
  $orderby: 'Use property names, each with asc or desc.',
  $search: 'Use a string whose double quotes are closed.',
  $select: 'Use property names, separated by commas.',
  $skip: 'Use a whole number, 0 or higher.',
  $top: 'Use a whole number, 1 or higher.',
} as const;

type Refused = readonly [typed: string, what: string, wish: string];

function unreadable(typed: string): Refused {
  const [name = '', ...value] = typed.split('=');
  return [
    typed,
    `${name}: ${JSON.stringify(value.join('='))} is not valid`,
    TAKES[name as keyof typeof TAKES],
  ];
}

const REFUSED: readonly Refused[] = [
  ['$format=json', '"$format" is not an OData system query option', ALLOWED],
  ['$top=1&$format=json', '"$format" is not an OData system query option', ALLOWED],
  [' top = 5', '"top" is not an OData system query option', `Write $top. ${ALLOWED}`],
  ['OrderBy=title', '"OrderBy" is not an OData system query option', `Write $orderby. ${ALLOWED}`],
  ['%24format%3Djson', '"$format" is not an OData system query option', ALLOWED],
  ['=5', '"" is not an OData system query option', ALLOWED],
  [`$top=5&'x'=3`, `"'x'" is not an OData system query option`, ALLOWED],
  ['$search=a&"b"=3', '"\\"b\\"" is not an OData system query option', ALLOWED],
  ['$top=5&$skip=1&$TOP=6', '$top is given twice', ONCE],
  ['$top', '$top has no value', 'Write $top=….'],
  ['$top=1&$count', '$count has no value', 'Write $count=….'],
  ...Object.entries(TAKES).map(([name, wish]): Refused => [`${name}= `, `${name} has no value`, wish]),
  ...[
    '$count=yes',
    '$count=trueish',
    '$count=untrue',
    "$expand=host'",
    "$filter=title eq 'O'Brien'",
    "$orderby=title'",
    '$search="a',
    '$search="a\\"',
    '$select=title;drop',
    '$select=a b',
    '$select=a,,b',
    '$select=a*',
    '$select=*a',
    '$skip=-1',
    '$skip=1x',
    '$skip=x1',
    '$skip=1234567890123456',
    '$top=0',
    '$top=00',
    '$top=1.5',
    '$top=1e3',
    '$top=x1',
  ].map(unreadable),
  ['$filter=a eq %FF', '"a eq %FF" contains a percent-encoded sequence that is not UTF-8', CHARACTER],
  ['%24top%FF', '"%24top%FF" contains a percent-encoded sequence that is not UTF-8', CHARACTER],
];

test.each(REFUSED)('%j is rejected, and the hint says what to write', async (typed, what, wish) => {
  const { code, message, hint } = await raised(() => parseQuery(typed));
  expect({ code, message, hint }).toEqual({
    code: 'ARGUMENT_INVALID',
    message: `odata: ${what}.`,
    hint: wish,
  });
});

test('the error behind a sequence that is not UTF-8 is kept', async () => {
  expect((await raised(() => parseQuery('$filter=%FF'))).cause).toBeInstanceOf(URIError);
});

const SENT: readonly (readonly [typed: string, line: string])[] = [
  ['', ''],
  [' ? ', ''],
  ['  ?$top=5 ', '?$top=5'],
  ['%3f$top=5', '?$top=5'],
  ['%3F%24top%3D5', '?$top=5'],
  ['&& &$top=5& &$skip=0&', '?$top=5&$skip=0'],
  [' $TOP = 5 & %24Skip = 2 ', '?$top=5&$skip=2'],
  ['$top=999999999999999&$count=false', '?$top=999999999999999&$count=false'],
  ['$top=1&$skip=123456789012345&$count=true', '?$top=1&$skip=123456789012345&$count=true'],
  ['$select=title , tags/name,x.y_1', '?$select=id,title,tags/name,x.y_1'],
  ['$select= id ,title', '?$select=id,title'],
  ['$select=title, *', '?$select=title,*'],
  ['$orderby=lastUpdatedDateTime desc', '?$orderby=lastUpdatedDateTime%20desc'],
  ['$expand=host,tags', '?$expand=host,tags'],
  ["$filter=a eq 'x&y=z'&$top=5", '?$filter=a%20eq%20%27x%26y%3Dz%27&$top=5'],
  ['$filter=a eq %27x & y%27&$top=5', '?$filter=a%20eq%20%27x%20%26%20y%27&$top=5'],
  ["$top=5&$filter=a eq '50% of 5%C3%A9 %zz'", '?$top=5&$filter=a%20eq%20%2750%25%20of%205%C3%A9%20%25zz%27'],
  [
    "$filter=a eq '$search=?&' and b&$search=x",
    '?$filter=a%20eq%20%27$search%3D%3F%26%27%20and%20b&$search=x',
  ],
  ['$filter=a eq "x&$top=5', '?$filter=a%20eq%20%22x&$top=5'],
  ['$top=5& $search = "a & b"&$skip=1', '?$top=5&$search=%22a%20%26%20b%22&$skip=1'],
  ['%24SEARCH=%22a & b%22&$top=5', '?$search=%22a%20%26%20b%22&$top=5'],
  [`$search="it's & so"&$top=5`, '?$search=%22it%27s%20%26%20so%22&$top=5'],
  ['$search="a\\" & \\\\"&$top=5', '?$search=%22a%5C%22%20%26%20%5C%5C%22&$top=5'],
  ['$search=a\\&$top=5', '?$search=a%5C&$top=5'],
  ['$filter=a eq %2527', '?$filter=a%20eq%20%2527'],
  ["$filter=a/b eq '@:$,'", '?$filter=a/b%20eq%20%27@:$,%27'],
];

test.each(SENT)('%j leaves as %j', (typed, line) => {
  expect(formatQuery(parseQuery(typed))).toBe(line);
});

test('any text can be searched for, and be the literal of a filter, with other options behind it', () => {
  const typeable = fc
    .oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[\\"'& ]{1,8}$/))
    .filter((text) => !/%[0-9a-f]{2}/i.test(text));
  fc.assert(
    fc.property(typeable, (text) => {
      const search = searchOption(text);
      const filter = { name: '$filter', value: `title eq ${literal(text)}` } as const;
      const typed = `$search=${search.value}&$filter=${filter.value}&$top=3`;
      expect(parseQuery(typed)).toEqual([search, filter, { name: '$top', value: '3' }]);
    }),
    { numRuns: samples(500) },
  );
});

test('quotes and backslashes of a string are escaped once', () => {
  expect(searchOption('a "b" \\c')).toEqual({ name: '$search', value: '"a \\"b\\" \\\\c"' });
  expect(literal("O'Brien's")).toBe("'O''Brien''s'");
});

test('an option is found by its name', () => {
  const options = parseQuery('$top=3&$skip=1');
  expect([optionValue(options, '$skip'), optionValue(options, '$count')]).toEqual(['1', undefined]);
});
