/** The last thing that did not work, for the line below the top bar. It stays until it is read; it covers no data. */
import { create } from 'zustand';
import { announce } from './announce.ts';

export interface Problem {
  /** What could not be done, in a person's words. */
  readonly title: string;
  /** Why, and what to do. */
  readonly reason: string;
}

export const useProblem = create<{ readonly problem: Problem | null }>(() => ({ problem: null }));

export function showProblem(title: string, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  useProblem.setState({ problem: { title, reason } });
  announce(`${title} ${reason}`);
}

export function dismissProblem(): void {
  useProblem.setState({ problem: null });
}
