// `npm start [-- NAME] [--no-open] [--exit]`: investigates an included demo incident, prints what was found and writes
// the report. `--no-open --exit` is the form for scripts: nothing is opened and the process ends with the answer.
import { fileURLToPath } from 'url';
import { runOnCurrentNode } from './node-version.mjs';

runOnCurrentNode(fileURLToPath(import.meta.url), function () {
  return import('./run-demo.mjs').then(function (module) {
    return module.runDemo(process.argv.slice(2));
  });
});
