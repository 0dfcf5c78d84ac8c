#!/usr/bin/env node
// The `faultline` command. Everything up to the version check has to run on any Node that knows modules (12 and later),
// so that a Node that is too old ends in a sentence, not in a crash: better-sqlite3 takes Node 20 down with it.
import { fileURLToPath } from 'url';
import { runOnCurrentNode } from './node-version.mjs';

runOnCurrentNode(fileURLToPath(import.meta.url), function () {
  return import('./run-command-line.mjs').then(function (module) {
    return module.runCommandLine(process.argv.slice(2));
  });
});
