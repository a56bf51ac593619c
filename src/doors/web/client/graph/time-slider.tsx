import { getState, setState, useStore } from '../store';
import { timeRange } from './visible';

const DAY = 86_400_000;

/** Leaves out what was not seen between two days. */
export function TimeSlider() {
  const graph = useStore((state) => state.graph);
  const { from, to } = useStore((state) => state.filter);
  const range = timeRange(graph);
  if (range === undefined) return null;
  const [first, last] = [Math.floor(range[0] / DAY), Math.ceil(range[1] / DAY)];
  const [low, high] = [from === undefined ? first : from / DAY, to === undefined ? last : to / DAY];
  const set = (nextLow: number, nextHigh: number) => {
    const { from: _, to: __, ...filter } = getState().filter;
    setState({
      filter: {
        ...filter,
        ...(nextLow <= first ? {} : { from: nextLow * DAY }),
        ...(nextHigh >= last ? {} : { to: nextHigh * DAY }),
      },
    });
  };
  return (
    <div class="time" role="group" aria-label="Time seen">
      <DayInput
        label="Seen from"
        value={low}
        range={[first, last]}
        onDay={(to) => set(Math.min(to, high), high)}
      />
      <DayInput label="to" value={high} range={[first, last]} onDay={(to) => set(low, Math.max(to, low))} />
    </div>
  );
}

interface DayInputProps {
  readonly label: string;
  /** Days since the epoch. */
  readonly value: number;
  readonly range: readonly [first: number, last: number];
  onDay(value: number): void;
}

function DayInput({ label, value, range: [min, max], onDay }: DayInputProps) {
  return (
    <label>
      <span>
        {label} {day(value)}
      </span>
      <input
        type="range"
        min={min}
        max={max}
        value={value}
        aria-valuetext={day(value)}
        onInput={({ currentTarget }) => onDay(Number(currentTarget.value))}
      />
    </label>
  );
}

function day(days: number): string {
  return new Date(days * DAY).toISOString().slice(0, 10);
}
