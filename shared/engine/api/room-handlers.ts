import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import type { EngineSession } from './engine-session.ts';

export function roomHandlers(session: EngineSession): NamespaceHandlers<Contract, 'room'> {
  return {
    'room.publish': (state) => {
      session.room.publish(state, session.isOpen);
      return { revision: session.revision };
    },
    'room.mask': ({ isMasked }) => {
      session.room.mask(isMasked);
      return { revision: session.revision };
    },
    'room.follow': (_, { after, scope, signal }) => session.room.follow(after, scope, signal),
    'room.members': () => ({ ...session.room.members(), isMasked: session.room.isMasked }),
  };
}
