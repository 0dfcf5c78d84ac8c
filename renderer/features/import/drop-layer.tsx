/** Anything dropped or pasted anywhere on the page is imported. While something is dragged over it, the page says so. */
import { useEffect, useState } from 'react';
import { useHost } from '../../client/engine-context.tsx';
import { useOpenCase } from '../../stores/open-case.ts';
import { showProblem } from '../../stores/problem.ts';
import { Icon } from '../../ui/icon.tsx';
import { collectDropped, fileOfText } from './collect-dropped.ts';
import type { Collected } from './collect-dropped.ts';
import { useImportFiles } from './use-import-paths.ts';
import { useImportRunner } from './use-import-runner.ts';
import './import.css';

export function DropLayer() {
  const [isOver, setOver] = useState(false);
  const importFiles = useImportFiles();
  const keepsFolders = useHost().bridge.kind === 'desktop';
  const hasCase = useOpenCase().status === 'open';
  useImportRunner();
  useEffect(() => {
    const takeIn = (collecting: Promise<Collected>): void => {
      collecting.then(
        ({ files, missing }) => {
          importFiles(files);
          if (missing === '') return;
          const title = files.length === 0 ? 'Nothing of that could be read.' : 'Not all of that is read.';
          showProblem(title, new Error(missing));
        },
        (error: unknown) => showProblem('What was dropped could not be looked at.', error),
      );
    };
    const onDragOver = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onDragLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      setOver(false);
      if (!event.dataTransfer || !hasFiles(event)) return;
      event.preventDefault();
      takeIn(collectDropped(event.dataTransfer, keepsFolders));
    };
    const onPaste = (event: ClipboardEvent): void => {
      if (!event.clipboardData || event.defaultPrevented || isTyping(event.target)) return;
      const text = fileOfText(event.clipboardData.getData('text/plain'), new Date());
      const hasPastedFiles = [...event.clipboardData.items].some(({ kind }) => kind === 'file');
      if (!hasPastedFiles && !text) return;
      event.preventDefault();
      if (hasPastedFiles) takeIn(collectDropped(event.clipboardData, keepsFolders));
      else if (text) importFiles([text]);
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
      window.removeEventListener('paste', onPaste);
    };
  }, [importFiles, keepsFolders]);
  if (!isOver) return null;
  return (
    <div className="drop-layer">
      <div className="drop-zone">
        <Icon name="download" size={20} />
        <span className="strong">{hasCase ? 'Drop to add to this case' : 'Drop to begin a case'}</span>
        <span className="text-2">files, folders, archives</span>
      </div>
    </div>
  );
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]') !== null;
}
