/** Times of the recording: seconds after its start to what the formats want. */
export class RecordingClock {
  /** Whole seconds since the Unix epoch at which the recording starts. */
  readonly startSeconds: number;

  constructor(startSeconds: number) {
    this.startSeconds = startSeconds;
  }
  /** Microseconds since the Unix epoch, exact as a number. */
  us(second: number): number {
    return Math.round((this.startSeconds + second) * 1_000_000);
  }
  nanoText(second: number): string {
    return `${this.us(second)}000`;
  }
  /** `2026-03-04T05:06:07Z` */
  iso(second: number): string {
    return `${new Date(Math.floor(this.startSeconds + second) * 1000).toISOString().slice(0, 19)}Z`;
  }
  /** `2026-03-04T05:06:07.890Z` */
  isoMillis(second: number): string {
    return new Date(Math.round((this.startSeconds + second) * 1000)).toISOString();
  }
  /** `2026-03-04T05:06:07.890123000Z` */
  isoNano(second: number): string {
    const us = this.us(second);
    return `${new Date(Math.floor(us / 1_000_000) * 1000).toISOString().slice(0, 19)}.${String(us % 1_000_000).padStart(6, '0')}000Z`;
  }
}
