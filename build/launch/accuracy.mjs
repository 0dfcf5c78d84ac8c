// `npm run accuracy -- KIND DIR [options]`: runs the harness of one kind of accuracy (test/accuracy/KIND.ts).
import { existsSync } from 'fs';
import { fileURLToPath, pathToFileURL } from 'url';
import { runOnCurrentNode } from './node-version.mjs';

runOnCurrentNode(fileURLToPath(import.meta.url), function () {
  const kind = process.argv[2];
  const script = fileURLToPath(new URL('../../test/accuracy/' + kind + '.ts', import.meta.url));
  if (!kind || !/^[a-z]+$/.test(kind) || !existsSync(script)) {
    process.stderr.write(
      'Say what to measure: npm run accuracy -- rca DIR [--predictions OUT] [--json], or npm run accuracy -- simulated.\n',
    );
    return Promise.resolve(2);
  }
  // The harness reads its own arguments from the third on.
  process.argv.splice(1, 2, script);
  return import(pathToFileURL(script).href).then(function () {
    return Number(process.exitCode || 0);
  });
});
