/** A view with the raw rows it opens beside it. Put together here because features do not know each other. */
import type { ComponentType } from 'react';
import { RowsDrawer } from '../features/rows/rows-drawer.tsx';
import './case-view.css';

export function withRows(View: ComponentType): ComponentType {
  function ViewWithRows() {
    return (
      <div className="case-body">
        <View />
        <RowsDrawer />
      </div>
    );
  }
  return ViewWithRows;
}
