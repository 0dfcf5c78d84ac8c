// `npm test`: unit, golden, storage, conformance and command-line tests by vitest, then the quick specs of the page by
// Playwright. With arguments, vitest alone gets them (`npm test -- test/unit/model`). The last line, `N passed, N failed`,
// is counted from the JSON results of both.
import { fileURLToPath } from 'url';
import { runOnCurrentNode } from './node-version.mjs';

runOnCurrentNode(fileURLToPath(import.meta.url), function () {
  return import('./run-tests.mjs').then(function (module) {
    return module.runTests(process.argv.slice(2));
  });
});
