/** Each included demo incident is answered with its true cause, as `npm start` would print it. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const demos = path.join(root, 'build/demo');
const names = fs.readdirSync(demos).filter((name) => fs.existsSync(path.join(demos, name, 'bundle.tar.gz')));

describe('demo incidents', () => {
  it('are three', () => expect(names.length).toBe(3));

  it.each(names)('%s names the true cause first', (name) => {
    const truth = JSON.parse(fs.readFileSync(path.join(demos, name, 'truth.json'), 'utf8')) as {
      causes: { entity: unknown; faultKind: string }[];
    };
    const command = path.join(root, 'build/launch/faultline.mjs');
    const bundle = path.join(demos, name, 'bundle.tar.gz');
    const run = spawnSync(process.execPath, [command, 'investigate', bundle, '--json'], { encoding: 'utf8' });
    expect(run.status, run.stderr).toBe(0);
    const answer = JSON.parse(run.stdout) as {
      caseFile: string;
      incidents: { hypotheses: { entity: unknown; faultKind: string }[] }[];
    };
    fs.rmSync(path.dirname(answer.caseFile), { recursive: true });
    const first = answer.incidents[0]?.hypotheses[0];
    expect(answer.incidents.length).toBe(1);
    expect(first?.entity).toEqual(truth.causes[0]?.entity);
    expect(first?.faultKind).toBe(truth.causes[0]?.faultKind);
  });
});
