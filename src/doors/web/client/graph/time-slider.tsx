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
      <label>
        <span>Seen from {day(low)}</span>
        <input
          type="range"
          min={first}
          max={last}
          value={low}
          aria-valuetext={day(low)}
          onInput={({ currentTarget }) => set(Math.min(Number(currentTarget.value), high), high)}
        />
      </label>
      <label>
        <span>to {day(high)}</span>
        <input
          type="range"
          min={first}
          max={last}
          value={high}
          aria-valuetext={day(high)}
          onInput={({ currentTarget }) => set(low, Math.max(Number(currentTarget.value), low))}
        />
      </label>
    </div>
  );
}

function day(days: number): string {
  return new Date(days * DAY).toISOString().slice(0, 10);
}
