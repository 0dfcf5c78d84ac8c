/** Displays as tests say (`STAND_IN_DISPLAYS`: a JSON list of work areas, the primary one first). */

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
interface Display {
  readonly id: number;
  readonly bounds: Rectangle;
  readonly workArea: Rectangle;
}

const FULL_HD: Rectangle = { x: 0, y: 0, width: 1920, height: 1080 };
const stated = process.env['STAND_IN_DISPLAYS'];
const areas = stated === undefined ? [FULL_HD] : (JSON.parse(stated) as Rectangle[]);
const displays: Display[] = areas.map((area, index) => ({ id: index + 1, bounds: area, workArea: area }));

export const screen = {
  getAllDisplays: (): readonly Display[] => displays,
  getPrimaryDisplay: (): Display => displays[0]!,
  getDisplayMatching: ({ x, y }: Rectangle): Display =>
    displays.find(
      ({ bounds }) => x >= bounds.x && y >= bounds.y && x < bounds.x + bounds.width && y < bounds.y + bounds.height,
    ) ?? displays[0]!,
};
