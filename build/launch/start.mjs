// `npm start [-- NAME] [--no-open] [--exit]`: investigates an included demo incident, prints what was found and opens it
// in the desktop window, or in the browser where no Electron runtime can be had. `--no-open` prints the link only;
// `--no-open --exit` is the form for scripts: the process ends with the answer.
import { fileURLToPath } from 'url';
import { runOnCurrentNode } from './node-version.mjs';

runOnCurrentNode(fileURLToPath(import.meta.url), function () {
  return import('./run-demo.mjs').then(function (module) {
    return module.runDemo(process.argv.slice(2));
  });
});
