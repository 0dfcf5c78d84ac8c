import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers, OutputOf } from '../../contract/derived-types.ts';
import { unixNano } from '../../model/time.ts';
import { listDemos } from './demo-bundles.ts';
import { listRecentCases, rememberCase } from './recent-cases.ts';
import type { EngineSession } from './engine-session.ts';

export function caseHandlers(session: EngineSession): NamespaceHandlers<Contract, 'case'> {
  const summary = async (): Promise<OutputOf<Contract['case.summary']>> => {
    const info = await session.engine.info();
    return { ...info, revision: session.revision };
  };
  return {
    'case.open': async ({ caseFile, isReadOnly, parseThreads }) => {
      await session.open({ caseFile, isReadOnly, parseThreads });
      const now = BigInt(Date.now()) * 1_000_000n;
      if (session.recentCasesFile !== undefined) await rememberCase(session.recentCasesFile, caseFile, now);
      session.touch('case');
      return summary();
    },
    'case.close': async () => {
      await session.close();
      return { revision: session.touch('case') };
    },
    'case.summary': summary,
    'case.changed': (_, { after, signal }) => {
      session.warmViews();
      return session.changes.follow(after, signal);
    },
    'case.demos': async () => ({ demos: [...(await listDemos())] }),
    'case.recent': async () => {
      const cases = session.recentCasesFile === undefined ? [] : await listRecentCases(session.recentCasesFile);
      return { cases: cases.map((one) => ({ ...one, openedTime: unixNano(one.openedTime) })) };
    },
  };
}
