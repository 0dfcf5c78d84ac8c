/** The menu as data; tests read it and click its items. */

interface MenuItem {
  readonly id?: string;
  readonly label?: string;
  readonly role?: string;
  readonly type?: string;
  readonly accelerator?: string;
  readonly enabled?: boolean;
  readonly submenu?: readonly MenuItem[];
  readonly click?: () => void;
}
/** An item without its function, as it can be sent to a test. */
export type MenuItemData = Omit<MenuItem, 'click' | 'submenu'> & { readonly submenu?: readonly MenuItemData[] };

export class Menu {
  static #current: Menu | null = null;
  readonly #items: readonly MenuItem[];

  private constructor(items: readonly MenuItem[]) {
    this.#items = items;
  }

  static buildFromTemplate(items: readonly MenuItem[]): Menu {
    return new Menu(items);
  }
  static setApplicationMenu(menu: Menu | null): void {
    Menu.#current = menu;
  }
  static getApplicationMenu(): Menu | null {
    return Menu.#current;
  }

  get data(): readonly MenuItemData[] {
    return this.#items.map(dataOf);
  }

  /** Clicks the first item with this id or label; false when there is none or it is disabled. */
  click(name: string): boolean {
    const item = find(this.#items, name);
    if (!item?.click || item.enabled === false) return false;
    item.click();
    return true;
  }
}

function dataOf({ click: _click, submenu, ...item }: MenuItem): MenuItemData {
  return submenu ? { ...item, submenu: submenu.map(dataOf) } : item;
}

function find(items: readonly MenuItem[], name: string): MenuItem | undefined {
  for (const item of items) {
    if (item.id === name || item.label === name) return item;
    const inside = item.submenu && find(item.submenu, name);
    if (inside) return inside;
  }
  return undefined;
}
