/**
 * What goes on the clipboard. Each rejects with a sentence where the browser keeps the clipboard back: from guests, who
 * come in over plain HTTP.
 */
import { ContractError } from '../../shared/contract/contract-error.ts';

export async function copyText(text: string): Promise<void> {
  refuseWithoutClipboard('Select the text and press Ctrl+C.');
  await navigator.clipboard.writeText(text);
}

/** A PNG, also one that is still being made. */
export async function copyPicture(picture: Promise<Blob>): Promise<void> {
  refuseWithoutClipboard('Save it as a file instead.');
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
}

function refuseWithoutClipboard(advice: string): void {
  if ('clipboard' in navigator) return;
  throw new ContractError('unimplemented', `Browsers let a page copy only on the machine that serves it. ${advice}`);
}
