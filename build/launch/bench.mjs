// `npm run bench [-- NAME…]`: runs every test/perf/*.bench.ts in a process of its own, one after the other, so that they
// do not disturb each other. Each prints its figures and fails when it misses its budget.
import { fileURLToPath } from 'url';
import { runOnCurrentNode } from './node-version.mjs';

runOnCurrentNode(fileURLToPath(import.meta.url), function () {
  return import('./run-benches.mjs').then(function (module) {
    return module.runBenches(process.argv.slice(2));
  });
});
