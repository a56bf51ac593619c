import { complete } from '../../../src/doors/war-room/completion';

test.each([
  ['!msg-defender-threat-intel-host-rep', ['!msg-defender-threat-intel-host-reputation ']],
  ['msg-defender-threat-intel-host-rep', ['msg-defender-threat-intel-host-reputation ']],
  ['!no-such', []],
  ['/ex', ['/export ', '/exit ']],
  ['!host-rep', ['!host-reputation ']],
  ['host-rep', ['host-reputation ']],
  ['host h', ['host_id=']],
  ['!msg-defender-threat-intel-host h', ['host_id=']],
  ['!msg-defender-threat-intel-host host_id=a r', ['raw-response=', 'retry-count=', 'retry-interval=']],
  ['!msg-defender-threat-intel-host host_id=a host', []],
  ['!msg-defender-threat-intel-article-list all_results=', ['all_results=true ', 'all_results=false ']],
  ['!msg-defender-threat-intel-article-list all_results=t', ['all_results=true ']],
  ['!msg-defender-threat-intel-host-pairs-list direction=p', ['direction=parent ']],
  ['!msg-defender-threat-intel-host host_id=', []],
  ['/context a', []],
])('%s', (line, candidates) => {
  expect(complete(line)).toEqual([candidates, /\S*$/.exec(line)?.[0]]);
});

test('an empty line offers everything', () => {
  const [candidates] = complete('');
  expect(candidates).toEqual(expect.arrayContaining(['ip ', 'host ', '/help ']));
});
