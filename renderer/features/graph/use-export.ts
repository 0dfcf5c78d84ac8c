/** Saves the whole graph as a file, with the sentence that describes it inside, or copies it as a picture. */
import { useCallback, useRef } from 'react';
import { copyPicture } from '../../client/copy-text.ts';
import { graphToPng, graphToSvg } from '../../graph/export/export-graph.ts';
import { textMeasure } from '../../graph/draw/text-measure.ts';
import { readTheme } from '../../graph/draw/theme.ts';
import type { Placement } from '../../graph/layout/placement.ts';
import type { Scene } from '../../graph/model/scene.ts';
import { announce } from '../../stores/announce.ts';
import { showProblem } from '../../stores/problem.ts';
import type { GraphPanelProps } from './graph-types.ts';

export function useExport(
  scene: Scene,
  place: Placement | null,
  props: GraphPanelProps,
): { readonly save: (kind: 'svg' | 'png') => void; readonly copy: () => void } {
  const latest = useRef({ scene, place, props });
  latest.current = { scene, place, props };
  const copy = useCallback(() => {
    const { scene: shown, place: placed } = latest.current;
    if (!placed) return;
    const request = { scene: shown, place: placed, theme: readTheme(), measure: textMeasure() };
    // The promise goes into the item, not before it: a clipboard is open only while the key press is being handled.
    const picture = graphToPng(request).then((bytes) => new Blob([bytes], { type: 'image/png' }));
    copyPicture(picture).then(
      () => announce('The graph is copied as a picture.'),
      (error: unknown) => showProblem('The graph could not be copied as a picture.', error),
    );
  }, []);
  const save = useCallback((kind: 'svg' | 'png') => {
    const { scene: shown, place: placed, props: given } = latest.current;
    if (!placed) return;
    const request = { scene: shown, place: placed, theme: readTheme(), measure: textMeasure() };
    const name = `dependency-graph${given.isMasked ? '-masked' : ''}.${kind}`;
    if (kind === 'svg') {
      given.onSave(name, new TextEncoder().encode(graphToSvg(request)), 'image/svg+xml');
      return;
    }
    graphToPng(request).then(
      (bytes) => given.onSave(name, bytes, 'image/png'),
      (error: unknown) => showProblem('The graph could not be saved as a picture.', error),
    );
  }, []);
  return { save, copy };
}
