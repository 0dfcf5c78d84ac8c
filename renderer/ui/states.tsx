/** The states of a panel that has no rows to show: empty, loading, failed. Each says why and what to do. */
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { ContractError } from '../../shared/contract/contract-error.ts';
import { useNaming } from '../stores/naming.ts';
import { Button } from './controls.tsx';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

/** Content that was there stays this long before its place goes grey (design.md §9). */
const LOADING_DELAY_MS = 300;

export function EmptyState(properties: {
  readonly title: string;
  /** What would stand here: the sign of the view or of the signal. */
  readonly icon?: IconName;
  /** Why it is empty in this case and what would fill it. */
  readonly children: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="state">
      {properties.icon && <Icon name={properties.icon} size={26} className="state-icon" />}
      <h2>{properties.title}</h2>
      <div>{properties.children}</div>
      {properties.action}
    </div>
  );
}

/** Still grey shapes; `what` says what is being read. */
export function LoadingState({ what, rows = 6 }: { readonly what: string; readonly rows?: number }) {
  const [isVisible, setVisible] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setVisible(true), LOADING_DELAY_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isVisible) return <div className="state-loading" aria-busy="true" />;
  return (
    <div className="state-loading" role="status">
      <span className="detail text-3">{what}</span>
      {Array.from({ length: rows }, (_, index) => (
        <i key={index} data-step={index % 3} aria-hidden="true" />
      ))}
    </div>
  );
}

export function ErrorState(properties: {
  /** What could not be done, in a person's words. */
  readonly title: string;
  readonly error: Pick<ContractError, 'message'>;
  readonly onRetry?: (() => void) | undefined;
  readonly children?: ReactNode;
}) {
  const naming = useNaming();
  return (
    <div className="state" role="alert">
      <Icon name="critical" size={26} className="mark-fail" />
      <h2>{properties.title}</h2>
      <p dir="auto">{naming.text(properties.error.message)}</p>
      {properties.children}
      {properties.onRetry && <Button onClick={properties.onRetry}>Try again</Button>}
    </div>
  );
}
