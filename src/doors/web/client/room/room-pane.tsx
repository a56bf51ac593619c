import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { cancel } from '../actions';
import { setState, useStore } from '../store';
import { Button } from '../ui/button';
import { CommandLine } from './command-line';
import { ContextPanel } from './context-panel';
import { LineCard } from './line-card';

/** Pixels from the end within which new lines are followed. */
const NEAR_END = 160;

export function RoomPane({ children }: { children?: ComponentChildren }) {
  const lines = useStore((state) => state.lines);
  const jobs = useStore((state) => state.jobs);
  const earlier = useStore((state) => state.earlier);
  const contextOpen = useStore((state) => state.contextOpen);
  const feed = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    if (atEnd.current) feed.current?.scrollTo({ top: feed.current.scrollHeight });
  }, [lines, jobs.length]);
  return (
    <div class={`room${contextOpen ? ' with-context' : ''}`}>
      <div class="room-main">
        <div
          class="feed"
          ref={feed}
          role="log"
          aria-label="Entries"
          tabIndex={0}
          onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
            atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
          }}
        >
          <div class="feed-inner">
            {lines.length > 0 && <h2 class="visually-hidden">Entries</h2>}
            {children}
            {earlier > 0 && <p class="hint">{earlier} earlier lines are in the report and the export.</p>}
            {lines.map((line) => (
              <LineCard key={line.id} line={line} />
            ))}
            {jobs.map(({ id, line, responses }) => (
              <article key={id} class="line running" aria-label={`Running: ${line}`}>
                <header>
                  <code>{line}</code>
                  <span class="spinner" aria-hidden="true" />
                  <span>{responses === 0 ? 'Waiting…' : `${responses} responses so far`}</span>
                  <Button label="Cancel" onClick={() => void cancel(id)} />
                </header>
              </article>
            ))}
          </div>
        </div>
        <CommandLine />
      </div>
      <aside class="context" aria-label="Context">
        <header>
          <h2>Context</h2>
          <Button
            icon={contextOpen ? 'close' : 'tree'}
            quiet
            label={contextOpen ? 'Close context' : 'Open context'}
            onClick={() => setState({ contextOpen: !contextOpen })}
          />
        </header>
        {contextOpen && <ContextPanel />}
      </aside>
    </div>
  );
}
