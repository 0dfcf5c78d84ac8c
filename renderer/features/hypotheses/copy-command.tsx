/** A command in a dashed box with Copy: the one step that would settle what the case cannot. */
import { useEffect, useState } from 'react';
import { copyText } from '../../client/copy-text.ts';
import type { Evidence } from '../../../shared/model/analysis-result.ts';
import { Button } from '../../ui/controls.tsx';
import { recipeFor } from './collection-recipe.ts';
import type { Recipe, RecipeScope } from './collection-recipe.ts';

const SAID_FOR_MS = 2_000;

export function collectionFor(item: Evidence, name: string, window: Pick<RecipeScope, 'from' | 'to'>): Recipe {
  return recipeFor(item.signal, { name, ...window });
}

export function CopyCommand({ recipe }: { readonly recipe: Recipe }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return undefined;
    const timer = setTimeout(() => setSaid(''), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [said]);
  function copy(): void {
    copyText(recipe.command).then(
      () => setSaid('Copied'),
      () => setSaid('Select and copy by hand'),
    );
  }
  return (
    <div className="cause-command">
      <span className="detail text-3">{recipe.hint}</span>
      <div>
        <code className="mono" tabIndex={0} aria-label="Command that fetches it" title={recipe.command}>
          {recipe.command}
        </code>
        <Button icon="copy" isSmall onClick={copy} title="Copy the command">
          {said === '' ? 'Copy' : said}
        </Button>
      </div>
    </div>
  );
}
