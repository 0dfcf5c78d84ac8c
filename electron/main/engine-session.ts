/** The engine's session, telling the main process which case is open, so that it can be opened again after a crash. */
import { EngineSession } from '../../shared/engine/api/engine-session.ts';
import type { EngineFactory, SessionOptions } from '../../shared/engine/api/engine-session.ts';
import type { Engine, EngineOptions } from '../../shared/engine/engine-interface.ts';
import type { OpenedCase } from './engine-messages.ts';

export class DesktopEngineSession extends EngineSession {
  readonly #onCase: (opened: OpenedCase | null) => void;

  constructor(createEngine: EngineFactory, options: SessionOptions, onCase: (opened: OpenedCase | null) => void) {
    super(createEngine, options);
    this.#onCase = onCase;
  }

  override async open(options: EngineOptions): Promise<Engine> {
    const engine = await super.open(options);
    this.#onCase({ caseFile: engine.caseFile, isReadOnly: options.isReadOnly ?? false });
    return engine;
  }

  override async close(): Promise<void> {
    await super.close();
    this.#onCase(null);
  }
}
