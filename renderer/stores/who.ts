/** Who decided something, as a person reads it: `you`, a name (masked where names are), or `someone here`. */
import { useIsOperator } from '../client/engine-context.tsx';
import { useNaming } from './naming.ts';
import { usePreferences } from './preferences.ts';

/** A guest never decided anything; the owner without a name is who left none. */
export function useWho(): (by: string) => string {
  const naming = useNaming();
  const author = usePreferences((preferences) => preferences.author);
  const isOperator = useIsOperator();
  return (by) => (isOperator && by === author ? 'you' : by === '' ? 'someone here' : naming.person(by, 'a responder'));
}
