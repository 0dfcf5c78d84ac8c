/** Counts over time as small bars beside a row: one path, so that a hundred rows cost a hundred elements. */

export function SparkBars(properties: {
  readonly counts: readonly number[];
  readonly width?: number;
  readonly height?: number;
  readonly look: 'fail' | 'warn' | 'plain';
}) {
  const { counts, width = 84, height = 16, look } = properties;
  const fill = { fail: 'var(--fail-fill)', warn: 'var(--warn-fill)', plain: 'var(--series-2)' }[look];
  return (
    <svg className="spark-bars" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path d={sparkPath(counts, width, height)} style={{ fill }} />
    </svg>
  );
}

/** One bar per count over the full width; empty ones keep a foot of half a pixel. Pure. */
export function sparkPath(counts: readonly number[], width: number, height: number): string {
  const greatest = Math.max(1, ...counts);
  const step = width / Math.max(1, counts.length);
  return counts
    .map((count, index) => {
      const bar = Math.max(count > 0 ? 1.5 : 0.5, (count / greatest) * height);
      return `M${(index * step).toFixed(1)} ${height}v${(-bar).toFixed(1)}h${Math.max(1, step - 1).toFixed(1)}v${bar.toFixed(1)}z`;
    })
    .join('');
}
