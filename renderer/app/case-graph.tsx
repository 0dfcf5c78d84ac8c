/** The Case view's graph. The feature reads case, stores and places itself, so there is nothing to compose but the name. */
export { CaseGraph } from '../features/graph/case-graph.tsx';
