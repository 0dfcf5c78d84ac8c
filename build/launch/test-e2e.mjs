// `npm run test:e2e [-- ARGUMENTS]`: Playwright specs of the workstation; arguments are passed on (`-g WORDS`,
// `--project browser`).
import { fileURLToPath } from 'url';
import { runOnCurrentNode } from './node-version.mjs';

runOnCurrentNode(fileURLToPath(import.meta.url), function () {
  return import('./run-tests.mjs').then(function (module) {
    return module.runPageTests(process.argv.slice(2));
  });
});
