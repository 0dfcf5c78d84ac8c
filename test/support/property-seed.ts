// Loaded before every test file, so that property tests draw by the wanted seed.
import fc from 'fast-check';
import { WANTED_SEED } from './wanted-seed.ts';

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: WANTED_SEED });
