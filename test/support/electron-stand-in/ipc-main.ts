/** Messages from preload scripts by channel. `handle` is not offered: the program under test speaks through ports. */
import { EventEmitter } from 'node:events';

export const ipcMain = new EventEmitter();
