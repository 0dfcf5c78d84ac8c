/** Bundles are made once, before the first host starts; two hosts building at once would only cost time. */
import { PREBUILT, ensureBuilt } from '../../../build/launch/ensure-built.mjs';

async function globalSetup(): Promise<void> {
  await ensureBuilt('engine');
  await ensureBuilt('page');
  await ensureBuilt('desktop');
  // Workers and the hosts they start inherit it.
  process.env[PREBUILT] = '1';
}

// Playwright calls the default export.
export default globalSetup;
