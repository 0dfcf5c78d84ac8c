/** `node --import ./register.ts dist/desktop/main.js`: every `import 'electron'` gets the stand-in. */
import { registerHooks } from 'node:module';
import { noticeOfLimits } from './limits.ts';

const standIn = new URL('./electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main'
      ? { url: standIn, shortCircuit: true }
      : next(specifier, context),
});
process.stderr.write(noticeOfLimits());
