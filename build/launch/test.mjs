// `npm test`: unit, golden, storage, conformance and command-line tests. Arguments are passed on to vitest
// (`npm test -- test/unit/model`). The last line, `N passed, N failed`, is counted from vitest's own JSON result.
import { fileURLToPath } from 'url';
import { runOnCurrentNode } from './node-version.mjs';

runOnCurrentNode(fileURLToPath(import.meta.url), function () {
  return import('./run-tests.mjs').then(function (module) {
    return module.runTests(process.argv.slice(2));
  });
});
