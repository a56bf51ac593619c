import { useEffect, useState } from 'preact/hooks';
import type { WebContextChild, WebContextPage } from '../../shared/protocol';
import { attempt, copy } from '../actions';
import { post } from '../api';
import { useStore } from '../store';

/** The context as a tree; a path copies as `${…}`. */
export function ContextPanel() {
  const revision = useStore((state) => state.revision);
  return (
    <div class="context-tree" tabIndex={0} role="region" aria-label="Context tree">
      <Children keys={[]} revision={revision} />
    </div>
  );
}

function Children({ keys, revision }: { keys: readonly string[]; revision: number }) {
  const [page, setPage] = useState<WebContextPage | undefined>();
  useEffect(() => {
    let current = true;
    void attempt(async () => {
      const next = await post<WebContextPage>('context', { keys, offset: 0 });
      if (current) setPage(next);
    });
    return () => {
      current = false;
    };
  }, [revision]);
  if (page === undefined) return null;
  if (page.total === 0) return <p class="hint">{keys.length === 0 ? 'Nothing yet.' : 'Empty.'}</p>;
  const more = () =>
    void attempt(async () => {
      const next = await post<WebContextPage>('context', { keys, offset: page.children.length });
      setPage({ ...next, children: [...page.children, ...next.children] });
    });
  return (
    <ul>
      {page.children.map((child) => (
        <Child key={child.key} child={child} keys={[...keys, child.key]} revision={revision} />
      ))}
      {page.children.length < page.total && (
        <li>
          <button type="button" class="link" onClick={more}>
            {page.total - page.children.length} more
          </button>
        </li>
      )}
    </ul>
  );
}

function Child({
  child,
  keys,
  revision,
}: {
  child: WebContextChild;
  keys: readonly string[];
  revision: number;
}) {
  const [open, setOpen] = useState(keys.length === 1);
  const reference = `\${${child.path}}`;
  const copyPath = (
    <button
      type="button"
      class="copy-path"
      title={`Copy ${reference}`}
      aria-label={`Copy path ${child.path}`}
      onClick={() => copy(reference, reference)}
    >
      {'${}'}
    </button>
  );
  if (child.type === 'value')
    return (
      <li>
        <div class="row">
          <span class="key">{child.key}</span>
          <span class="value">{child.preview}</span>
          {copyPath}
        </div>
      </li>
    );
  return (
    <li>
      <div class="row">
        <button type="button" class="toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span aria-hidden="true">{open ? '▾' : '▸'}</span> {child.key}
          <span class="note">{child.type === 'list' ? `[${child.preview}]` : `{${child.preview}}`}</span>
        </button>
        {copyPath}
      </div>
      {open && <Children keys={keys} revision={revision} />}
    </li>
  );
}
