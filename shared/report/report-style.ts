/** The report's only style sheet. Light and dark follow the reader's system; print is always light. */

const LIGHT =
  '--surface-0:#eef1f5;--surface-1:#fff;--surface-2:#f5f7fa;--line-1:#dce2ea;--line-2:#7f8a99;--text-1:#141b25;--text-2:#3d4857;--text-3:#596575;--accent:#20489c;--change:#8b33ea;--change-fill:#a35cf5;--change-tint:#f6effe;--fail:#c5203f;--fail-fill:#d02e4a;--fail-tint:#fde8e6;--warn:#624300;--warn-fill:#bd7d00;--warn-tint:#fcf0d2;--ok:#007560;--ok-tint:#dcf3ee;--note:#666a80';
const DARK =
  '--surface-0:#0d1015;--surface-1:#13171d;--surface-2:#1a1f27;--line-1:#262d37;--line-2:#6b788a;--text-1:#e9edf3;--text-2:#b4becb;--text-3:#8f9aaa;--accent:#4598ff;--change:#d6b6ff;--change-fill:#d6b6ff;--change-tint:#2b2143;--fail:#ff8072;--fail-fill:#ff7261;--fail-tint:#3a1a18;--warn:#ffbb2e;--warn-fill:#f0ad20;--warn-tint:#352808;--ok:#22cfae;--ok-tint:#0e2d28;--note:#8b90a8';

export const REPORT_STYLE = `
:root{color-scheme:light dark;${LIGHT}}
@media screen and (prefers-color-scheme:dark){:root{${DARK}}}
*{box-sizing:border-box}
body{margin:0;background:var(--surface-0);color:var(--text-1);font:13px/18px "Inter","Segoe UI Variable Text","Segoe UI",-apple-system,BlinkMacSystemFont,"Roboto","Noto Sans","Ubuntu","DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1160px;margin:0 auto;padding:24px 24px 64px}
h1{font-size:18px;line-height:22px;font-weight:600;margin:0 0 4px}
h2{font-size:15px;line-height:20px;font-weight:600;margin:32px 0 8px}
h3{font-size:13px;line-height:18px;font-weight:600;margin:16px 0 6px}
p{margin:4px 0}
.quiet{color:var(--text-3)}
code,.mono,pre{font-family:ui-monospace,"SF Mono","Cascadia Mono","JetBrains Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-variant-ligatures:none;font-size:12px}
pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:0}
.panel{background:var(--surface-1);border:1px solid var(--line-1);border-radius:5px;padding:12px 16px;margin:12px 0}
.incident-head{display:flex;gap:24px;align-items:flex-start;justify-content:space-between;flex-wrap:wrap}
.figures{display:flex;gap:24px;flex-wrap:wrap;margin:8px 0 0}
.figures div{border-left:1px solid var(--line-1);padding-left:12px}
.figures b{display:block;font-size:15px;line-height:20px;font-weight:600}
.figures span{color:var(--text-3);font-size:12px}
.severity{font-weight:600}
.severity.critical{color:var(--fail)}.severity.warning{color:var(--warn)}.severity.info{color:var(--note)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:12px;line-height:16px}
th{text-align:left;font-weight:500;color:var(--text-3);padding:4px 8px 4px 0;border-bottom:1px solid var(--line-1);white-space:nowrap}
td{padding:5px 8px 5px 0;border-bottom:1px solid var(--line-1);vertical-align:top;overflow-wrap:anywhere}
td.number,th.number{text-align:right}
details>summary{cursor:pointer;list-style-position:outside;padding:3px 0}
summary:focus-visible,a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.cause{border-top:1px solid var(--line-1);padding:6px 0}
.cause>summary{display:grid;grid-template-columns:26px minmax(0,1fr) 128px 84px;gap:8px;align-items:center;list-style:none;padding:6px 4px}
.cause>summary::-webkit-details-marker{display:none}
.cause[open]>summary{background:var(--surface-2);border-radius:3px}
.cause .rank{font-weight:600;text-align:center}
.cause .sub{color:var(--text-3);font-size:12px}
.cause .share{text-align:right;font-weight:600}.cause .share span{display:block;font-weight:400;color:var(--text-3);font-size:12px}
.cause .detail{padding:8px 4px 8px 34px}
.meter{display:flex;gap:2px}.meter i{width:9px;height:14px;background:var(--line-1)}.meter i.on{background:var(--text-1)}
.claim{font-size:15px;line-height:20px;font-weight:500;margin:0 0 6px}
.change-line{border-left:3px solid var(--change-fill);background:var(--change-tint);padding:4px 10px;margin:6px 0}
.stance{display:flex;align-items:center;gap:8px;margin:14px 0 4px;font-weight:600}
.stance i{display:inline-grid;place-items:center;width:16px;height:16px;border-radius:3px;font-style:normal;font-size:12px;line-height:1}
.supports i{background:var(--ok-tint);color:var(--ok);border:1px solid var(--ok)}
.contradicts i{background:var(--warn-tint);color:var(--warn);border:1px solid var(--warn)}
.missing i{border:1px dashed var(--note);color:var(--note)}
.evidence{border-bottom:1px solid var(--line-1);padding:2px 0}
.evidence>summary,.evidence.flat{display:grid;grid-template-columns:64px minmax(0,1fr) 44px 64px;gap:8px}
.evidence .kind{color:var(--text-3)}.evidence .weight{text-align:right;color:var(--text-2)}.evidence .count{text-align:right;color:var(--accent)}
.evidence .rows{padding:6px 0 10px 72px}
.row{margin:6px 0}.row>summary{color:var(--text-2)}
.row dl{display:grid;grid-template-columns:minmax(110px,max-content) minmax(0,1fr);gap:2px 12px;margin:4px 0 8px}
.row dt{color:var(--text-3)}.row dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
.abstain{border-left:3px solid var(--warn-fill);padding-left:12px}
.legend{display:flex;gap:16px;flex-wrap:wrap;color:var(--text-3);font-size:12px;margin-top:4px}
svg.graph{max-width:none;display:block}
svg.series{max-width:100%;height:auto;display:block;margin:4px 0 8px}
.edge{fill:none;stroke:var(--line-2)}.edge.bad{stroke:var(--fail-fill)}.edge.inferred{stroke-dasharray:5 4}
.edge.cause{stroke:var(--change-fill);stroke-linecap:round}.edge.casing{stroke:var(--surface-1)}
.arrow{fill:var(--line-2)}
.node text{text-anchor:middle;fill:var(--text-1);paint-order:stroke;stroke:var(--surface-1);stroke-width:4px;stroke-linejoin:round}
.node .name{font-size:12px;font-weight:500}.node .value{font-size:11px;font-weight:600}
.node .body{fill:var(--surface-2);stroke:var(--line-2);stroke-width:1.5}
.node.on-path .body{fill:var(--change-fill);stroke:var(--change)}
.node .step{font-size:13px;font-weight:600;stroke:none;fill:var(--surface-1)}
.node .ring{fill:none;stroke-width:2.5}.node .ring.thin{stroke-width:1.5}
.node.failing .ring{stroke:var(--fail-fill)}.node.failing .mark{fill:var(--fail-fill)}.node.failing .value{fill:var(--fail)}
.node.degraded .ring{stroke:var(--warn-fill)}.node.degraded .mark{fill:var(--warn-fill)}.node.degraded .value{fill:var(--warn)}
.node .ring.dashed{stroke:var(--note);stroke-width:1.5;stroke-dasharray:3 3}
.node .sign{font-size:11px;font-weight:700;stroke:none;fill:var(--surface-1)}
.series .line{fill:none;stroke:var(--text-1);stroke-width:1.5}.series .axis{stroke:var(--line-2)}.series .ground{fill:var(--fail-tint)}
.series .tick{font-size:11px;fill:var(--text-3)}.series .end{text-anchor:end}
footer{color:var(--text-3);margin-top:32px}
@media (max-width:720px){.cause>summary{grid-template-columns:26px minmax(0,1fr) 84px}.meter{display:none}.evidence .rows{padding-left:0}}
@media print{body{background:#fff}details:not([open])>*:not(summary){display:block}.panel{break-inside:avoid-page}}
`;
