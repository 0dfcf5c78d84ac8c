/**
 * The contract as guests of a masked room get it: no answer, chunk, event or error holds a name of the case, and what they
 * ask in pseudonyms is asked in names. Everything goes through here, so a procedure that is added later is masked as well.
 * Other sessions are not touched.
 */
import { contract } from '../../contract/contract.ts';
import type { Contract } from '../../contract/contract.ts';
import { ContractError } from '../../contract/contract-error.ts';
import type { Handlers, SequencedEvent } from '../../contract/derived-types.ts';
import { mapStrings } from '../../contract/map-strings.ts';
import type { StringVisitor } from '../../contract/map-strings.ts';
import type { Procedure, Scope } from '../../contract/procedure.ts';
import { readRoomPicture } from '../../contract/room-picture.ts';
import { wordedPlace } from '../../report/masked-place.ts';
import type { MaskedSpeech } from '../../report/masked-speech.ts';
import { SEALED_MARK } from '../../report/seal.ts';
import { contractErrorOf } from './contract-error-of.ts';
import type { EngineSession } from './engine-session.ts';

interface Context {
  readonly signal: AbortSignal;
  readonly scope: Scope;
  readonly after: number | undefined;
}
type LooseHandler = (input: unknown, context: Context) => unknown;
type LooseHandlers = Readonly<Record<string, LooseHandler>>;

/** Closed to guests of a masked room: their answers are free in form. */
const CLOSED: Readonly<Record<string, string>> = {
  'sql.run':
    'Names are masked in this room, and the answer to a statement could tell them. Ask the presenter, or look in the other views.',
};
const CASE_CLOSED = 'The case was closed meanwhile.';
/** Hold no name. */
const UNTOUCHED: ReadonlySet<string> = new Set(['case.changed', 'room.members', 'schema.get']);
/** Masked where they are written: what fails of them is masked here all the same. */
const WRITTEN_MASKED: ReadonlySet<string> = new Set(['report.render']);

export function maskedForGuests(session: EngineSession, handlers: Handlers<Contract>): Handlers<Contract> {
  const masked = Object.entries(handlers as unknown as LooseHandlers).map(([name, handler]) => {
    const procedure = (contract as Readonly<Record<string, Procedure>>)[name];
    if (!procedure || procedure.scope !== 'viewer' || UNTOUCHED.has(name)) return [name, handler];
    return [name, guarded(session, name, procedure, handler)];
  });
  return Object.fromEntries(masked) as Handlers<Contract>;
}

function guarded(session: EngineSession, name: string, procedure: Procedure, handler: LooseHandler): LooseHandler {
  const isHidden = ({ scope }: Context): boolean => session.room.isHiddenFrom(scope);
  const ask = async (input: unknown, context: Context): Promise<unknown> => {
    if (!isHidden(context)) return handler(input, context);
    refuse(name);
    return handler(await named(session, procedure, input), context);
  };
  /** Asked anew for each part of an answer: masking may begin in the midst of it. */
  const part = async (schema: Parameters<typeof mapStrings>[0], value: unknown, context: Context): Promise<unknown> => {
    if (!isHidden(context) || WRITTEN_MASKED.has(name)) return value;
    refuse(name);
    return mapStrings(schema, value, await maskingVisitor(session));
  };
  const failed = async (error: unknown, input: unknown, context: Context): Promise<unknown> =>
    isHidden(context) ? maskedError(session, error, procedure, input) : error;
  if (procedure.kind === 'query' || procedure.kind === 'command') {
    return async (input, context) => {
      try {
        return await part(procedure.output, await ask(input, context), context);
      } catch (error) {
        throw await failed(error, input, context);
      }
    };
  }
  return async function* (input, context) {
    try {
      for await (const item of (await ask(input, context)) as AsyncIterable<unknown>) {
        if (procedure.kind === 'stream') yield await part(procedure.chunk, item, context);
        else {
          const { sequence, event } = item as SequencedEvent<unknown>;
          yield { sequence, event: await part(procedure.event, event, context) };
        }
      }
    } catch (error) {
      throw await failed(error, input, context);
    }
  };
}

/** What cannot be masked. */
function refuse(name: string): void {
  const refusal = CLOSED[name];
  if (refusal !== undefined) throw new ContractError('permission_denied', refusal);
}

/** The input with names for pseudonyms. Without a case nothing has a name. */
async function named(session: EngineSession, procedure: Procedure, input: unknown): Promise<unknown> {
  if (!session.isOpen) return input;
  const { speech } = await session.pseudonyms();
  return mapStrings(procedure.input, input, {
    entity: speech.entityOf,
    key: (key) => key,
    text: (text, place) =>
      isId(place) ? speech.idOf(text) : isPath(place) ? speech.pathOf(text) : speech.textOf(text),
  });
}

/** Whether the input held a sealed word: what fails tends to quote what was asked, and that would open it. */
function holdsSealed(procedure: Procedure, input: unknown): boolean {
  let isFound = false;
  const look = (text: string): string => {
    isFound ||= text.includes(SEALED_MARK);
    return text;
  };
  mapStrings(procedure.input, input, {
    entity: (entity) => ({ ...entity, name: look(entity.name) }),
    key: (key) => key,
    text: look,
  });
  return isFound;
}

async function maskedError(
  session: EngineSession,
  error: unknown,
  procedure: Procedure,
  input: unknown,
): Promise<unknown> {
  const known = error instanceof ContractError ? error : contractErrorOf(error);
  if (!known) return error;
  if (holdsSealed(procedure, input)) {
    const message = known.code === 'not_found' ? 'There is nothing of this id.' : 'This could not be answered.';
    return new ContractError(known.code, message, { cause: error });
  }
  // Without a case nobody knows the names in what ended with it; that none is open says no name.
  if (!session.isOpen) return known.code === 'failed_precondition' ? known : new ContractError(known.code, CASE_CLOSED);
  const { speech } = await session.pseudonyms();
  const { details } = known;
  // A file or a place in the input is no news to who asked; what it is called may be.
  return new ContractError(
    known.code,
    speech.text(known.message),
    details?.kind === 'version' ? { details, cause: error } : { cause: error },
  );
}

const IDS: ReadonlySet<string> = new Set([
  'id',
  'externalId',
  'incidentId',
  'templateId',
  'templateIds',
  'excludedTemplateIds',
  'traceId',
  'spanId',
  'jobId',
  'changeId',
  'anchorRef',
  'foldedInto',
  'fingerprint',
  'sha256',
]);
const PATHS: ReadonlySet<string> = new Set(['path', 'sourcePath']);
/** Ids by their place, where the field's name alone means something else elsewhere. */
const ID_PLACES: ReadonlySet<string> = new Set([
  'incidents.findings',
  '.findings',
  'links.from',
  'links.to',
  'evidence.refs',
  'findings.refs',
  'rows.ref',
  '.refs',
  'columns.entity',
  'columns.peer',
  'columns.traceId',
]);
/** Shown, and asked for again as it was shown. */
const LOOKUP_PLACES: ReadonlySet<string> = new Set([
  'facets.key',
  'values.value',
  'metrics.name',
  'series.name',
  'instances.name',
]);
/** Words of the engine itself. */
const OWN_PLACES: ReadonlySet<string> = new Set([
  'fields.name',
  'files.format',
  'findings.detector',
  'blindSpots.kind',
  'queues.name',
  'progress.stage',
  '.stage',
  'metrics.unit',
  'metrics.type',
  'series.unit',
  'series.type',
  'series.temporality',
  'findings.unit',
]);
const PERSONS: ReadonlySet<string> = new Set(['author', 'by', 'presenter']);

function isId(place: string): boolean {
  return ID_PLACES.has(place) || IDS.has(fieldOf(place));
}

function isPath(place: string): boolean {
  return PATHS.has(fieldOf(place));
}

function fieldOf(place: string): string {
  return place.slice(place.lastIndexOf('.') + 1);
}

async function maskingVisitor(session: EngineSession): Promise<StringVisitor> {
  // What comes without a case is of one that was closed: nobody knows its names any more.
  if (!session.isOpen) return { entity: ({ type }) => ({ type, name: '' }), key: () => '', text: () => '' };
  const { speech, masking } = await session.pseudonyms();
  return {
    entity: speech.entity,
    key: masking.names,
    text: (text, place) => {
      const isOfAnother = fieldOf(place) === 'stateJson' && !session.room.isOfOpenCase;
      return isOfAnother ? '' : maskedText(text, place, speech);
    },
  };
}

function maskedText(text: string, place: string, speech: MaskedSpeech): string {
  const field = fieldOf(place);
  if (text === '' || OWN_PLACES.has(place)) return text;
  if (isId(place)) return speech.id(text);
  if (isPath(place)) return speech.path(text);
  if (LOOKUP_PLACES.has(place)) return speech.lookup(text);
  switch (field) {
    case 'caseFile':
      return '‹case›';
    case 'parametersJson':
      return '{}';
    case 'stateJson':
      return maskedPicture(text, speech);
    case 'json':
      return maskedJson(text, speech);
  }
  if (!PERSONS.has(field)) return speech.text(text);
  const person = speech.text(text);
  return person === text ? 'somebody' : person;
}

/** '' when it is none: nothing that was not understood goes to a guest. */
function maskedPicture(stateJson: string, speech: MaskedSpeech): string {
  const picture = readRoomPicture(stateJson);
  if (!picture) return '';
  const { place, presentation } = picture;
  const spotlight = presentation.spotlight === null ? null : speech.id(presentation.spotlight);
  return JSON.stringify({
    ...picture,
    place: wordedPlace(place, speech),
    presentation: { ...presentation, spotlight },
  });
}

/** Settings: keys of entities such as pinned nodes, and texts. */
function maskedJson(json: string, speech: MaskedSpeech): string {
  const word = (text: string): string => (/^[a-z]+:./s.test(text) ? speech.id(text) : speech.text(text));
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return word(value);
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [word(key), walk(item)]));
  };
  return JSON.stringify(walk(JSON.parse(json)));
}
