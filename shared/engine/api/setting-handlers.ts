import type { Contract } from '../../contract/contract.ts';
import { ContractError } from '../../contract/contract-error.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import { PSEUDONYM_SETTINGS } from './case-pseudonyms.ts';
import type { EngineSession } from './engine-session.ts';

export function settingHandlers(session: EngineSession): NamespaceHandlers<Contract, 'setting'> {
  return {
    'setting.get': async ({ key }, { scope }) => {
      // Also while the room shows names: who has kept it could read everything once they are masked.
      if (scope === 'viewer' && key.startsWith(PSEUDONYM_SETTINGS))
        throw new ContractError('permission_denied', 'Which pseudonym stands for which name is not told to guests.');
      return { json: await session.engine.setting(key) };
    },
    'setting.set': async ({ key, json }) => {
      if (json !== null && !isJson(json)) throw new ContractError('invalid_argument', `The setting ${key} is no JSON.`);
      await session.engine.setSetting(key, json);
      return { revision: session.touch('settings') };
    },
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
