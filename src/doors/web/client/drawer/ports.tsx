import type { WebPort } from '../../shared/protocol';

export function Ports({ ports }: { ports: readonly WebPort[] }) {
  return (
    <ul class="ports">
      {ports.map(({ port, protocol, status, last, banners, services }) => (
        <li key={`${port} ${protocol}`}>
          <p>
            <strong>
              {port}/{protocol}
            </strong>{' '}
            {status}
            {last !== undefined && <span class="note">last seen {last.slice(0, 10)}</span>}
          </p>
          {services.length > 0 && <p>{services.join(', ')}</p>}
          {banners.map((banner) => (
            <pre key={banner} tabIndex={0}>
              {banner}
            </pre>
          ))}
        </li>
      ))}
    </ul>
  );
}
