// Loaded before every test file: property tests draw the same examples in every run, so that a red build is about the
// change and not about luck. `PROPERTY_SEED=random npm test` looks for examples nobody has seen yet; any other number
// repeats a run that found one.
import fc from 'fast-check';

const wanted = process.env['PROPERTY_SEED'] ?? '20261121';
if (wanted !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) });
