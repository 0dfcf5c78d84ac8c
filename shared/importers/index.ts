/** Every importer there is. A new one adds its folder and one line here. */
import type { Importer } from './importer.ts';

export const importers: readonly Importer[] = [];
