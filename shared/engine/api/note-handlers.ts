import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import type { EngineSession } from './engine-session.ts';

export function noteHandlers(session: EngineSession): NamespaceHandlers<Contract, 'note'> {
  return {
    'note.list': async () => ({ notes: [...(await session.engine.notes())] }),
    'note.add': async (note) => ({ note: await session.engine.addNote(note), revision: session.touch('notes') }),
    'note.change': async (change) => ({
      note: await session.engine.changeNote(change),
      revision: session.touch('notes'),
    }),
    'note.remove': async ({ id }) => {
      await session.engine.removeNote(id);
      return { revision: session.touch('notes') };
    },
  };
}
