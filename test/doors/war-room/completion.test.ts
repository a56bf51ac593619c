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
  ['/context ', []],
  ['  host  h', ['host_id=']],
  [' /ex', ['/export ', '/exit ']],
  ['host\tu', ['using=']],
  ['host host_id=a raw-response=', ['raw-response=true ', 'raw-response=false ']],
  ['host host_id=a ignore-outputs=t', ['ignore-outputs=true ']],
  ['expand seeds=a follow=a', ['follow=articles ', 'follow=all ']],
  ['host nothing=', []],
  ['host "raw-response=', []],
  ['host host_id=a using=b host', []],
  ['nothing h', []],
  ['host odata=a host_id', ['host_id=']],
  ['host host_id=a using=b us', []],
])('%s', (line, candidates) => {
  expect(complete(line)).toEqual([candidates, /\S*$/.exec(line)?.[0]]);
});

test('an empty line offers everything', () => {
  const [candidates] = complete('');
  expect(candidates).toEqual(expect.arrayContaining(['ip ', 'host ', '/help ']));
});
