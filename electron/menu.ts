/** The application menu: only what the system expects (edit, view, window); everything else is in the page, where the keys are. */
import { Menu, type MenuItemConstructorOptions } from 'electron'

const roles = (...names: readonly NonNullable<MenuItemConstructorOptions['role']>[]): MenuItemConstructorOptions[] =>
  names.map((role) => ({ role }))

const menus = (language: 'ar' | 'en'): MenuItemConstructorOptions[] => {
  const text = (ar: string, en: string): string => (language === 'ar' ? ar : en)
  return [
    ...(process.platform === 'darwin' ? roles('appMenu') : []),
    { label: text('تحرير', 'Edit'), submenu: roles('undo', 'redo', 'cut', 'copy', 'paste', 'selectAll') },
    { label: text('عرض', 'View'), submenu: roles('resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen') },
    { label: text('نافذة', 'Window'), submenu: roles('minimize', 'close') },
  ]
}

export const installMenu = (locale: string): void =>
  Menu.setApplicationMenu(Menu.buildFromTemplate(menus(locale.startsWith('ar') ? 'ar' : 'en')))
