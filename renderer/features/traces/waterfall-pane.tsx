/** Minimap, tools, waterfall and legend. */
import { TraceMinimap } from '../../charts/waterfall/trace-minimap.tsx';
import type { TraceModel } from '../../charts/waterfall/trace-model.ts';
import { Waterfall } from '../../charts/waterfall/waterfall.tsx';
import { countText, percentText } from '../../stores/time-format.ts';
import { Button, Segmented } from '../../ui/controls.tsx';
import { LEAST_SHARES } from './use-waterfall.ts';
import type { WaterfallState } from './use-waterfall.ts';
import { WaterfallLegend } from './waterfall-legend.tsx';

export function WaterfallPane(properties: {
  readonly model: TraceModel;
  readonly waterfall: WaterfallState;
  readonly logTimes: ReadonlyMap<number, readonly number[]>;
  readonly nameOf: (entityKey: string) => string;
  readonly textOf: (text: string) => string;
}) {
  const { model, waterfall } = properties;
  const { rows, stretch, setStretch } = waterfall;
  return (
    <div className="traces-main">
      <TraceMinimap model={model} rows={rows} stretch={stretch} onStretch={setStretch} />
      <WaterfallTools waterfall={waterfall} />
      <Waterfall
        model={model}
        rows={rows}
        stretch={stretch}
        onStretch={setStretch}
        activeRow={waterfall.activeRow}
        onActive={waterfall.activate}
        collapsed={waterfall.collapsed}
        onToggle={waterfall.toggle}
        hasPath={waterfall.hasPath}
        logTimes={properties.logTimes}
        nameOf={properties.nameOf}
        textOf={properties.textOf}
        handle={waterfall.handle}
      />
      <WaterfallLegend />
    </div>
  );
}

function WaterfallTools({ waterfall }: { readonly waterfall: WaterfallState }) {
  const { hasPath, isByService, activeSpan, root, rows, reroot } = waterfall;
  return (
    <div className="traces-tools">
      <Button isSmall look="quiet" isPressed={hasPath} shortcut="R" onClick={() => waterfall.setHasPath(!hasPath)}>
        Critical path
      </Button>
      <Button isSmall look="quiet" isPressed={isByService} onClick={() => waterfall.setByService(!isByService)}>
        By service
      </Button>
      <Segmented
        label="Least share of the trace"
        value={waterfall.leastShare}
        options={LEAST_SHARES.map((share) => ({
          value: share,
          label: share === '0' ? 'All' : `≥ ${percentText(Number(share))}`,
        }))}
        onChange={waterfall.setLeastShare}
      />
      {activeSpan >= 0 && root !== activeSpan && (
        <Button isSmall look="quiet" icon="focus" onClick={() => reroot(activeSpan)}>
          Root here
        </Button>
      )}
      {root >= 0 && (
        <Button isSmall look="quiet" icon="fit" shortcut="F" onClick={() => reroot(-1)}>
          Whole trace
        </Button>
      )}
      <span className="grow" />
      <span className="detail text-3">
        {rows.foldedCount > 0 ? `${countText(rows.foldedCount)} short spans folded` : ''}
      </span>
    </div>
  );
}
