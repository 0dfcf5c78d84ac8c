import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import type { EngineSession } from './engine-session.ts';

export function importHandlers(session: EngineSession): NamespaceHandlers<Contract, 'import'> {
  return {
    'import.start': async ({ paths, options, limits, readAs }) => {
      const started = await session.engine.import({ paths, options, limits: definedOnly(limits ?? {}), readAs });
      // Also a file that is begun anew, or comes again after another was read another way, takes former rows out.
      session.watchAnalysisOver(started.result);
      return { jobId: session.rememberImport(started), revision: session.touch('jobs') };
    },
    'import.report': ({ jobId }) => session.importResult(jobId),
    'import.readers': async ({ file, from }) => {
      const { readers, ...others } = await session.engine.readers(file, from);
      return { ...others, readers: [...readers] };
    },
    'import.files': async () => ({ files: [...(await session.engine.files())] }),
  };
}

/** Without the keys whose value is undefined, so that defaults fill them. */
function definedOnly<T extends object>(value: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: NonNullable<T[K]> };
}
