/** A name for a new case that sorts by day: `incident-2026-11-18-1402.faultline`, in local time. */
export function suggestedCaseName(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return `incident-${day}-${two(now.getHours())}${two(now.getMinutes())}.faultline`;
}
