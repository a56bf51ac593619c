import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icons';

interface ButtonProps {
  readonly icon?: IconName;
  /** The name for users and screen readers; shown unless `children` is. */
  readonly label: string;
  readonly onClick: () => void;
  /** Shows the icon only. */
  readonly quiet?: boolean;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly primary?: boolean;
  readonly children?: ComponentChildren;
}

export function Button({ icon, label, onClick, quiet, disabled, pressed, primary, children }: ButtonProps) {
  return (
    <button
      type="button"
      class={`button${quiet ? ' quiet' : ''}${primary ? ' primary' : ''}`}
      title={quiet ? label : undefined}
      aria-label={quiet || children !== undefined ? label : undefined}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
    >
      {icon !== undefined && <Icon name={icon} />}
      {!quiet && (children ?? <span>{label}</span>)}
    </button>
  );
}
