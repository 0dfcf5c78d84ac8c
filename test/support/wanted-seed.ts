/**
 * The seed of everything drawn by chance in tests: the same in every run, so that a red build is about the change and not
 * about luck. `PROPERTY_SEED=random npm test` looks for examples nobody has seen yet (tests print what was drawn); any
 * other number repeats a run that found one.
 */
const wanted = process.env['PROPERTY_SEED'] ?? '20261121';

export const WANTED_SEED = wanted === 'random' ? Date.now() % 2 ** 31 : Number(wanted);
