/**
 * A text box that says while names are masked what stands in it in pseudonyms, and reads pseudonyms as names. What a person
 * types is theirs to see until they leave the box.
 */
import { useState } from 'react';
import type { ChangeEvent } from 'react';
import { useNaming } from './naming.ts';

type Box = HTMLInputElement | HTMLTextAreaElement;

export interface MaskedBox {
  readonly value: string;
  readonly onChange: (event: ChangeEvent<Box>) => void;
  readonly onBlur: () => void;
}

/** `box`: its name among the filters of a view; `text`: what stands in it, with names; `onText` gets it with names. */
export function useMaskedBox(box: string, text: string, onText: (text: string) => void): MaskedBox {
  const naming = useNaming();
  const [draft, setDraft] = useState<{ readonly shown: string; readonly text: string } | null>(null);
  if (!naming.isMasked)
    return { value: text, onChange: (event) => onText(event.target.value), onBlur: () => undefined };
  return {
    // Changed from elsewhere meanwhile: then it is no longer what was typed.
    value: draft?.text === text ? draft.shown : naming.typed(box, text),
    onChange: ({ target }) => {
      const named = naming.typedOf(box, target.value);
      setDraft({ shown: target.value, text: named });
      onText(named);
    },
    onBlur: () => setDraft(null),
  };
}
