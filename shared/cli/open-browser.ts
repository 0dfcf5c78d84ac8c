/** Hands a link to the browser of the desktop. */
import { spawn } from 'node:child_process';

/** The command that opens a link here; undefined on a machine without a desktop. */
export function browserCommand(
  link: string,
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): readonly [command: string, ...args: string[]] | undefined {
  if (platform === 'darwin') return ['open', link];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', link];
  const hasDesktop = Boolean(env['DISPLAY'] ?? '') || Boolean(env['WAYLAND_DISPLAY'] ?? '');
  return hasDesktop ? ['xdg-open', link] : undefined;
}

/** False when there is no desktop. One that cannot open links is no error: the link was printed as well. */
export function openBrowser(link: string): boolean {
  const found = browserCommand(link, process.platform, process.env);
  if (!found) return false;
  const [command, ...args] = found;
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
  return true;
}
