import { attempt, startLine } from './actions';
import { post } from './api';
import { useStore } from './store';
import { Button } from './ui/button';

const EXAMPLES = [
  ['ip 192.0.2.1', 'Is this address malicious?', 'Verdict, score and the reasons behind it'],
  ['expand contoso.com', 'What belongs to this domain?', 'A graph of everything around it'],
  ['articles limit=5', 'What is new?', 'The latest articles of Microsoft'],
] as const;

/** Renders an empty investigation. */
export function FirstScreen() {
  const target = useStore((state) => state.target);
  const login = useStore((state) => state.login);
  return (
    <section class="first" aria-labelledby="first-title">
      <h2 id="first-title">Start an investigation</h2>
      {login ? (
        <p>
          {target === 'sandbox'
            ? 'Connected to the sandbox: all data is invented.'
            : 'Connected to Microsoft Defender Threat Intelligence of your tenant.'}
        </p>
      ) : (
        <div class="callout">
          <p>
            <strong>No sign-in is configured.</strong> Run <code>mdti login</code> or{' '}
            <code>mdti config init</code> in a terminal and start <code>mdti web</code> again, or try
            everything with invented data.
          </p>
          <Button primary label="Use the sandbox" onClick={() => void attempt(() => post('sandbox'))} />
        </div>
      )}
      {login && (
        <ul class="examples">
          {EXAMPLES.map(([line, title, text]) => (
            <li key={line}>
              <button type="button" onClick={() => void startLine(line)}>
                <strong>{title}</strong>
                <span>{text}</span>
                <code>{line}</code>
              </button>
            </li>
          ))}
        </ul>
      )}
      <p class="hint">
        Or type a command below: a short name and its subject, such as <code>domain contoso.com</code>. Tab
        completes. Everything that is found appears on the graph.
      </p>
    </section>
  );
}
