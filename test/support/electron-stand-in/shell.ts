/** Whatever would leave the program is only written down. */
export const openedExternally: string[] = [];

export const shell = {
  openExternal(url: string): Promise<void> {
    openedExternally.push(url);
    return Promise.resolve();
  },
};
