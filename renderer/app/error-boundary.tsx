/** A bug in one view must not take the screen away in mid-incident: the rest stays, and this says what happened. */
import { Component } from 'react';
import type { ReactNode } from 'react';
import { ErrorState } from '../ui/states.tsx';

interface Properties {
  /** What could not be shown: `The logs view`. */
  readonly what: string;
  readonly children: ReactNode;
}

export class ErrorBoundary extends Component<Properties, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { readonly error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <ErrorState
        title={`${this.props.what} could not be shown.`}
        error={error}
        onRetry={() => this.setState({ error: null })}
      >
        <p>Nothing in the case was changed. Other views still work; this is a fault of Faultline, not of your data.</p>
      </ErrorState>
    );
  }
}
