import { useRef, useState } from 'preact/hooks';
import { notify, startLine } from '../actions';
import { getState, useStore } from '../store';
import { Icon } from '../ui/icons';
import { type Suggestion, suggest, wordBefore } from './completion';

/** The line at which commands are typed: Tab completes, arrows go through history or suggestions. */
export function CommandLine() {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(-1);
  const [open, setOpen] = useState(false);
  const [back, setBack] = useState(0);
  const setup = useStore((state) => state.setup);
  const graph = useStore((state) => state.graph);
  const suggestions = open ? suggest(text, setup, graph) : [];

  function change(next: string, nextOpen = true): void {
    setText(next);
    setChosen(-1);
    setOpen(nextOpen);
  }

  function accept({ insert }: Suggestion): void {
    change(text.slice(0, text.length - wordBefore(text).length) + insert);
    input.current?.focus();
  }

  function enter(): void {
    const line = text.trim();
    if (line === '') return;
    setBack(0);
    change('', false);
    void startLine(line);
  }

  function recall(step: number): void {
    const lines = getState().lines.map(({ line }) => line);
    const next = Math.min(Math.max(back + step, 0), lines.length);
    setBack(next);
    change(next === 0 ? '' : (lines[lines.length - next] ?? ''), false);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const picked = suggestions[Math.max(chosen, 0)];
    if (event.key === 'Tab' && !event.shiftKey && picked !== undefined && text !== '') accept(picked);
    else if (event.key === 'Enter') chosen >= 0 && picked !== undefined ? accept(picked) : enter();
    else if (event.key === 'Escape' && open) setOpen(false);
    else if (event.key === 'ArrowDown' && suggestions.length > 0)
      setChosen((chosen + 1) % suggestions.length);
    else if (event.key === 'ArrowUp' && suggestions.length > 0 && chosen >= 0) setChosen(chosen - 1);
    else if (event.key === 'ArrowUp') recall(1);
    else if (event.key === 'ArrowDown') recall(-1);
    else if (
      event.key === 'c' &&
      event.ctrlKey &&
      input.current?.selectionStart === input.current?.selectionEnd
    )
      change('', false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div class="command">
      {suggestions.length > 0 && (
        <ul class="suggestions" id="suggestions" role="listbox" aria-label="Suggestions">
          {suggestions.map((suggestion, index) => (
            <li
              key={suggestion.label}
              id={`suggestion-${index}`}
              role="option"
              aria-selected={index === chosen}
              onPointerDown={(event) => {
                event.preventDefault();
                accept(suggestion);
              }}
            >
              <code>{suggestion.label}</code>
              <span>{suggestion.help}</span>
            </li>
          ))}
        </ul>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          enter();
        }}
      >
        <span class="mark" aria-hidden="true">
          !
        </span>
        <input
          ref={input}
          type="text"
          value={text}
          placeholder="domain contoso.com"
          aria-label="Command"
          role="combobox"
          aria-expanded={suggestions.length > 0}
          aria-controls="suggestions"
          aria-autocomplete="list"
          aria-activedescendant={chosen >= 0 ? `suggestion-${chosen}` : undefined}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          maxLength={10_000}
          onInput={({ currentTarget }) => {
            if (currentTarget.value.length >= 10_000) notify('A line has up to 10,000 characters.', true);
            change(currentTarget.value);
          }}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
        <button type="submit" class="button primary" aria-label="Run">
          <Icon name="play" />
          <span>Run</span>
        </button>
      </form>
    </div>
  );
}
