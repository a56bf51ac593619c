import type { WebDifference, WebFact } from '../../shared/protocol';
import { Facts } from './drawer';

/** The current record, and what changed from one record to the next. */
export function WhoisHistory({
  facts,
  changes,
}: {
  facts: readonly WebFact[];
  changes: readonly WebDifference[];
}) {
  return (
    <>
      <Facts facts={facts} />
      {changes.length > 0 && <h3>Changes</h3>}
      <ol class="changes">
        {changes.map(({ at, changes: fields }, index) => (
          <li key={`${at} ${index}`}>
            <time>{at}</time>
            <dl>
              {fields.map(({ field, before, after }) => (
                <div key={field}>
                  <dt>{field}</dt>
                  <dd>
                    {before !== '' && <del>{before}</del>} {after !== '' && <ins>{after}</ins>}
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ol>
    </>
  );
}
