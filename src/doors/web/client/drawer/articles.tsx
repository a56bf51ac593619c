import type { WebArticle } from '../../shared/protocol';
import { select, show, startCommand } from '../actions';
import { Markdown } from '../room/markdown';
import { Button } from '../ui/button';

/** Articles to read in place, their indicators as chips. */
export function Articles({ articles }: { articles: readonly WebArticle[] }) {
  return (
    <>
      {articles.map(({ id, title, at, body, indicators }) => (
        <details key={id} class="article" open={articles.length === 1}>
          <summary>
            {title}
            {at !== undefined && <span class="note">{at}</span>}
          </summary>
          <Markdown text={body} />
          <h3>Indicators</h3>
          <div class="pivots">
            {indicators.map((node) => (
              <button
                key={node.id}
                type="button"
                class={`chip ${node.verdict ?? ''}`}
                onClick={() => {
                  show('graph');
                  select(node.id);
                }}
              >
                {node.value}
              </button>
            ))}
          </div>
          <Button
            icon="plus"
            label="Add all indicators to the graph"
            onClick={() => void startCommand('article-indicators', { article_id: id, all_results: 'true' })}
          />
        </details>
      ))}
    </>
  );
}
