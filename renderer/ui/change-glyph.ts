/** Kinds of change have one hue and a glyph each; kinds of other tools that we do not know get the plain diamond. */
import { isIconName } from './icon.tsx';
import type { IconName } from './icon.tsx';

const OTHER_NAMES: Readonly<Record<string, IconName>> = {
  feature_flag: 'flag',
  commit: 'notes',
  pipeline: 'deployment',
  other: 'changes',
};

export function changeGlyph(changeKind: string): IconName {
  const other = Object.hasOwn(OTHER_NAMES, changeKind) ? OTHER_NAMES[changeKind] : undefined;
  return other ?? (isIconName(changeKind) ? changeKind : 'changes');
}
