/** Line icons on a 16 px grid, drawn by us. Decorative: the control around one carries the name. */
import type { ReactNode } from 'react';

const line = (d: string, width?: number): ReactNode => <path d={d} strokeWidth={width} />;
const solid = (d: string): ReactNode => <path d={d} fill="currentColor" stroke="none" />;
const ring = (cx: number, cy: number, r: number): ReactNode => <circle cx={cx} cy={cy} r={r} />;

const ICONS = {
  case: [
    ring(3, 8, 1.4),
    ring(8, 8, 1.7),
    ring(13, 3.6, 1.4),
    ring(13, 12.4, 1.4),
    line('M4.4 8h1.9M9.4 7l2.5-2.3M9.4 9l2.5 2.3'),
  ],
  incidents: [line('M2 3.5h12M2 8h8M2 12.5h5')],
  services: [line('M2.5 2.5H7V7H2.500zM9 2.500h4.500V7H9zM2.500 9H7v4.500H2.500zM9 9h4.500v4.500H9z')],
  traces: [line('M2 4h7', 2.4), line('M5 8h8', 2.4), line('M8 12h6', 2.4)],
  logs: [line('M2.5 3.5h11M2.500 6.500h7M2.500 9.500h10M2.500 12.500h5')],
  changes: [line('M8 2l6 6-6 6-6-6z')],
  notes: [line('M4 2h8.500v12H4zM2.300 5h3M2.300 8h3M2.300 11h3M7.500 5.500h3')],
  query: [line('M3 4l4 4-4 4M8.500 12.500H13')],
  sources: [
    <ellipse key="lid" cx="8" cy="4" rx="5.5" ry="2.1" />,
    line(
      'M2.500 4v8c0 1.200 2.500 2.100 5.500 2.100s5.500-.9 5.500-2.100V4M2.500 8c0 1.200 2.500 2.100 5.500 2.100s5.500-.9 5.500-2.100',
    ),
  ],
  metrics: [line('M2 12.500 5.500 6l3 3.500L12 4l2 3')],
  search: [ring(7, 7, 4.3), line('M10.300 10.300 14 14')],
  mask: [
    line(
      'M1.800 6C4 4.300 12 4.300 14.200 6c0 3.600-1.700 5.200-3.700 5.200-1.500 0-1.700-1.500-2.500-1.500s-1 1.500-2.500 1.500C3.500 11.200 1.800 9.600 1.800 6z',
    ),
  ],
  present: [line('M2 2.500h12v8H2zM8 10.500V14M5.500 14h5')],
  theme: [ring(8, 8, 5.6), solid('M8 2.400a5.600 5.600 0 0 1 0 11.200z')],
  people: [
    ring(6, 5.4, 2.4),
    line(
      'M1.800 13.600c.2-2.700 1.900-4.100 4.200-4.100s4 1.400 4.200 4.100M10.600 3.300a2.300 2.300 0 0 1 0 4.200M12 9.800c1.400.7 2.100 2 2.200 3.800',
    ),
  ],
  pin: [line('M5.800 2h4.400l-.6 4.300 2.200 2.200H4.200l2.200-2.200zM8 8.500V14')],
  copy: [line('M5.500 5.500h8v8h-8zM10.500 5.500v-3h-8v8h3')],
  back: [line('M10 3 5 8l5 5')],
  forward: [line('M6 3l5 5-5 5')],
  down: [line('M4 6l4 4 4-4')],
  up: [line('M4 10l4-4 4 4')],
  close: [line('M4 4l8 8M12 4l-8 8')],
  check: [line('M3 8.500 6.500 12 13 4.500')],
  undo: [line('M6 3 3 6l3 3M3 6h6a4 4 0 0 1 0 8H6')],
  redo: [line('M10 3l3 3-3 3M13 6H7a4 4 0 0 0 0 8h3')],
  offline: [
    line(
      'M2 2l12 12M8 12.800h.01M5.300 10.200a4 4 0 0 1 3-1M2.800 7.400A8 8 0 0 1 5.600 5.700M8.300 5a8 8 0 0 1 5 2.400',
    ),
  ],
  clock: [ring(8, 8, 5.8), line('M8 4.500V8l2.500 1.800')],
  lock: [line('M3.500 7h9v6.500h-9zM5.500 7V5a2.500 2.500 0 0 1 5 0v2')],
  unlock: [line('M3.500 7h9v6.500h-9zM5.500 7V5a2.500 2.500 0 0 1 4.800-.9')],
  eye: [
    line(
      'M1.500 8C3.300 4.800 5.500 3.500 8 3.500s4.700 1.300 6.500 4.500c-1.800 3.200-4 4.500-6.500 4.500S3.300 11.200 1.500 8z',
    ),
    ring(8, 8, 1.9),
  ],
  fit: [line('M2.500 6V2.500H6M10 2.500h3.500V6M13.500 10v3.500H10M6 13.500H2.500V10')],
  maximise: [line('M9.500 2.500h4v4M13.500 2.500 9 7M6.500 13.500h-4v-4M2.500 13.500 7 9')],
  focus: [ring(8, 8, 5.2), ring(8, 8, 1.6), line('M8 1v3M8 12v3M1 8h3M12 8h3')],
  table: [line('M2 2.500h12v11H2zM2 6h12M2 9.800h12M6.500 6v7.500')],
  filter: [line('M2 3.500h12L9.500 9v4l-3 1V9z')],
  link: [
    line(
      'M6.500 9.500l3-3M7 4.500l1.500-1.500a2.800 2.800 0 0 1 4 4L11 8.500M9 11.500 7.500 13a2.800 2.800 0 0 1-4-4L5 7.500',
    ),
  ],
  file: [line('M4 1.800h5l3.500 3.500v9H4zM9 1.800v3.500h3.500')],
  folder: [line('M1.800 12.800V3.500h4.400l1.500 1.800h6.500v7.500z')],
  archive: [line('M2 2.500h12V6H2zM3 6v7.500h10V6M6.500 8.500h3')],
  download: [line('M8 2v8M4.500 7 8 10.500 11.500 7M2.500 13.500h11')],
  upload: [line('M8 10.500v-8M4.500 6 8 2.500 11.500 6M2.500 13.500h11')],
  play: [solid('M5 3l8 5-8 5z')],
  pause: [line('M5.500 3v10M10.500 3v10', 2.2)],
  spotlight: [
    <circle key="dashes" cx="8" cy="8" r="5.800" strokeDasharray="2 2" />,
    solid('M8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4z'),
  ],
  freeze: [line('M8 1.500v13M2.400 4.800l11.200 6.400M13.600 4.800 2.400 11.200')],
  plus: [line('M8 3v10M3 8h10', 2)],
  minus: [line('M3 8h10', 2)],
  question: [line('M5.700 6a2.300 2.300 0 1 1 3.400 2c-.8.5-1.100.9-1.100 1.800M8 12.400v.1', 1.9)],
  more: [solid('M2.500 6.800h2.400v2.400H2.500zM6.800 6.800h2.400v2.400H6.800zM11.100 6.800h2.400v2.400h-2.400z')],
  wrap: [line('M2 3.500h12M2 8h9.500a2.300 2.300 0 0 1 0 4.600H8M9.800 10.700 8 12.600l1.800 1.900M2 12.600h3')],
  compare: [line('M3 3.500h4v9H3zM9 3.500h4v9H9z')],
  // Severity: octagon, triangle, diamond, dot.
  critical: [
    solid('M5 1.500h6L14.500 5v6L11 14.500H5L1.500 11V5z'),
    <path key="cut" d="M8 4.500v4.300M8 11v.2" className="icon-cut" strokeWidth={1.9} />,
  ],
  warning: [
    solid('M8 1.800 15 14H1z'),
    <path key="cut" d="M8 6.300v3.400M8 11.700v.2" className="icon-cut" strokeWidth={1.7} />,
  ],
  notice: [solid('M8 2l6 6-6 6-6-6z')],
  info: [solid('M8 4.800a3.200 3.200 0 1 0 0 6.400 3.200 3.200 0 0 0 0-6.400z')],
  healthy: [ring(8, 8, 6)],
  unknown: [
    <circle key="dashes" cx="8" cy="8" r="6" strokeDasharray="2.5 2.2" />,
    line('M6.400 6.600a1.700 1.700 0 1 1 2.400 1.500c-.6.3-.8.7-.8 1.200M8 11.200v.1'),
  ],
  // Signals.
  trace: [line('M1.500 4.500h8', 2.2), line('M5 8h9', 2.2), line('M8 11.500h5', 2.2)],
  metric: [line('M1.500 12l3.500-5 3 3 3-7 3.500 4')],
  log: [line('M2.500 4h11M2.500 8h7M2.500 12h9', 1.8)],
  alert: [line('M4 11V7a4 4 0 0 1 8 0v4l1.200 1.500H2.800zM6.800 14.500h2.400')],
  event: [line('M2.500 3h11v10.500h-11zM2.500 6.500h11M5.500 1.500v3M10.500 1.500v3')],
  change: [solid('M8 1.800 14.200 8 8 14.200 1.800 8z')],
  topology: [
    ring(4, 4, 1.8),
    ring(12, 8, 1.8),
    ring(4, 12, 1.8),
    line('M5.700 4.800 10.300 7.200M5.700 11.200 10.300 8.800'),
  ],
  // Kinds of change.
  deployment: [line('M8 12V3.500M4 7l4-4 4 4M3 14.300h10', 1.8)],
  configuration: [line('M2 5h4.800M10.800 5H14M2 11h2.200M8.200 11H14'), ring(8.8, 5, 1.9), ring(6.2, 11, 1.9)],
  flag: [line('M4 14.500V2h8l-2 3 2 3H4')],
  scaling: [line('M9 7l5-5M10.500 2H14v3.500M7 9l-5 5M2 10.500V14h3.500')],
  infrastructure: [line('M2 2.500h12V7H2zM2 9h12v4.500H2zM4.500 4.800h.1M4.500 11.200h.1')],
  certificate: [ring(8, 6, 4), line('M5.500 9.500v5L8 13l2.500 1.500v-5')],
  quota: [line('M2.200 11.500a6 6 0 1 1 11.600 0M8 10l3-4')],
  schedule: [ring(8, 8, 5.8), line('M8 4.500V8h3')],
} as const satisfies Readonly<Record<string, readonly ReactNode[]>>;

export type IconName = keyof typeof ICONS;

export function isIconName(name: string): name is IconName {
  return Object.hasOwn(ICONS, name);
}

export function Icon({
  name,
  size = 16,
  className = '',
}: {
  readonly name: IconName;
  readonly size?: number;
  readonly className?: string;
}) {
  return (
    <svg className={`icon ${className}`} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      {ICONS[name].map((shape, index) => (
        <g key={index}>{shape}</g>
      ))}
    </svg>
  );
}
