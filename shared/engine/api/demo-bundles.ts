/**
 * The incidents that come with Faultline: folders of build/demo with a bundle in them, what a responder would be handed.
 * What lies beside a bundle (the truth) is not read. No such folder = no demos, as in a program packed without them.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface DemoBundle {
  /** `slow-database`. */
  readonly name: string;
  /** `Slow database`. */
  readonly title: string;
  readonly path: string;
  readonly sizeBytes: number;
}

/** Seen from the source and from the bundled engine in dist/engine. */
const PLACES = ['../../../build/demo', '../../build/demo'].map((place) =>
  fileURLToPath(new URL(place, import.meta.url)),
);

/** By name. */
export async function listDemos(places: readonly string[] = PLACES): Promise<readonly DemoBundle[]> {
  for (const place of places) {
    const names = await namesIn(place);
    const demos = (await Promise.all(names.sort().map((name) => demoIn(place, name)))).flat();
    if (demos.length > 0) return demos;
  }
  return [];
}

async function demoIn(place: string, name: string): Promise<readonly DemoBundle[]> {
  const bundle = (await namesIn(join(place, name))).find((file) => /^bundle(\.|$)/.test(file));
  if (bundle === undefined) return [];
  const path = join(place, name, bundle);
  const { size } = await stat(path);
  return [{ name, title: titleOf(name), path, sizeBytes: size }];
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

function titleOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
}
