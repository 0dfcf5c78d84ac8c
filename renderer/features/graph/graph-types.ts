/** What the graph panel is given. It reads no engine itself, so a case, a snapshot and a test can all feed it. */
import type { Hypothesis, Incident } from '../../../shared/model/analysis-result.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';
import type { KnownPlaces } from '../../graph/layout/layout-request.ts';
import type { GraphInput, GraphLevel } from '../../graph/model/graph-data.ts';
import type { MemberEntity } from '../../graph/model/membership.ts';
import type { Signs } from '../../graph/model/signs.ts';
import type { WindowStats } from '../../graph/model/window-state.ts';

export type PlacesByPicture = Readonly<Record<string, KnownPlaces>>;
export type GraphCause = Pick<Hypothesis, 'entity' | 'explains' | 'change'>;

export interface GraphPanelProps {
  readonly graph: GraphInput;
  /** Entities with attributes: who belongs to which service and namespace. */
  readonly entities: readonly MemberEntity[];
  readonly incident: Pick<Incident, 'entities' | 'changes'> | null;
  readonly hypotheses: readonly GraphCause[];
  /** The cause whose path is drawn. */
  readonly cause: GraphCause | null;
  /** State in the chosen range; null = as the analysis saw the incident. */
  readonly windowStats: WindowStats | null;
  /** Of the incident window, to turn call counts into rates. */
  readonly windowSeconds: number | null;
  /** `14:02 – 14:31`: the window the values are of, '' when nothing has a time. */
  readonly windowText: string;
  /** `deployed 2.42.0 · 14:01:52`, above the cause. */
  readonly changeText: string | null;
  /** Entity changed since some time before the incident, with its key. */
  readonly changedEntities: readonly EntityRef[];
  readonly selectedKey: string | null;
  readonly hoveredKey: string | null;
  readonly onSelect: (entity: EntityRef | null) => void;
  readonly onHover: (entity: EntityRef | null) => void;
  /** Opens an entity's own view. */
  readonly onOpen: (entity: EntityRef) => void;
  readonly level: GraphLevel;
  readonly onLevelChange: (level: GraphLevel) => void;
  /** '' = the default scope. */
  readonly filterText: string;
  readonly onFilterChange: (text: string) => void;
  /** What detectors found wrong with entities and calls, in a few words. */
  readonly signs: Signs;
  readonly nameOf: (entity: EntityRef) => string;
  /** Whether `nameOf` gives pseudonyms now; exports then carry a masked file name. */
  readonly isMasked: boolean;
  /** Places by form and level of the picture (`UsedScene.placesKey`). */
  readonly places: PlacesByPicture;
  readonly onPlacesChange: (picture: string, places: KnownPlaces) => void;
  /** Everything in boxes with the Show panel beside it, instead of the default scope. */
  readonly isWhole: boolean;
  readonly onWholeChange: (isWhole: boolean) => void;
  readonly onSave: (name: string, bytes: Uint8Array<ArrayBuffer>, mediaType: string) => void;
  /** Strokes and text of a presenter's screen; 1 otherwise. */
  readonly scale?: number;
}
