/** Where a database file lies: SQLite's locks and memory map hold on a disk of this computer, not on a drive shared over a network. */

import { spawnSync } from 'node:child_process'
import { readFileSync, realpathSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { Failure } from '#core/errors.ts'

/** What the system says about the folder of a file. */
export interface PlaceReading {
  readonly platform: NodeJS.Platform
  /** Real path of the folder; on Windows a mapped drive shows as the share behind it */
  readonly folder: string
  /** `f_type` of statfs(2); only Linux gives numbers that mean the same everywhere */
  readonly magic: number | undefined
  /** The table of mounts as the system words it: /proc/self/mountinfo on Linux, mount(8) on macOS */
  readonly mounts: string
}

/** Magic numbers of linux/magic.h and of the file systems' own sources. */
const networkMagic: Readonly<Record<number, string>> = {
  26985: 'nfs',
  20859: 'smb',
  4283649346: 'cifs',
  4266872130: 'smb2',
  22092: 'ncpfs',
  16914839: '9p',
  1397113167: 'afs',
  1799439955: 'kafs',
  1937076805: 'coda',
  12805120: 'ceph',
  198183888: 'lustre',
  1196443219: 'gpfs',
  18225520: 'gfs2',
  1952539503: 'ocfs2',
  428016422: 'beegfs',
  2020557398: 'vboxsf',
  3133910204: 'vmhgfs',
}

/** Names in tables of mounts: what macOS mounts, and Linux' file systems in user space, which share one magic number. */
const networkNames = [
  ...['smbfs', 'nfs', 'afpfs', 'webdav', 'ftp', 'cifs', 'macfuse', 'osxfuse'],
  ...['sshfs', 'glusterfs', 's3fs', 'gcsfuse', 'rclone', 'davfs', 'curlftpfs', 'smbnetfs', 'ceph', 'gvfsd-fuse'],
]

/** Throws `storage/network-share`, before anything is opened or made. */
export const refuseNetworkShare = (reading: PlaceReading): void => {
  const fileSystem = networkFileSystem(reading)
  if (fileSystem !== undefined)
    throw new Failure('storage/network-share', { details: { folder: reading.folder, fileSystem } })
}

/** Name of the network file system that the folder lies on; undefined on a disk of this computer. */
export const networkFileSystem = (reading: PlaceReading): string | undefined => {
  if (reading.platform === 'win32') return isShare(reading.folder) ? 'unc' : undefined
  if (reading.platform === 'linux' && reading.magic !== undefined) {
    const known = networkMagic[reading.magic >>> 0]
    if (known !== undefined) return known
  }
  const name = mountsOf(reading)
    .filter(({ point }) => contains(point, reading.folder))
    .toSorted((a, b) => b.point.length - a.point.length)[0]?.fileSystem
  return name !== undefined && networkNames.includes(name) ? name : undefined
}

/** `\\server\share`, also as `\\?\UNC\server\share`; but `\\?\C:\` and `\\.\` are this computer's. */
const isShare = (folder: string): boolean => /^\\\\(?:[?.]\\UNC\\|[^?.\\])/i.test(folder)

interface Mount {
  readonly point: string
  readonly fileSystem: string
}

/** `36 35 98:0 / /mnt rw - fuse.sshfs host:/ rw` on Linux, `//user@host/share on /Volumes/share (smbfs, nodev)` on macOS. */
const mountsOf = ({ platform, mounts }: PlaceReading): readonly Mount[] => {
  const line =
    platform === 'darwin'
      ? /^.* on (?<point>.+) \((?<name>\w+)/gm
      : /^(?:\S+ ){4}(?<point>\S+) .* - (?:fuse\.)?(?<name>\S+) /gm
  return [...mounts.matchAll(line)].map(({ groups }) => ({
    point: unescaped(groups?.['point'] ?? ''),
    fileSystem: groups?.['name'] ?? '',
  }))
}

/** Blanks are written as `\040` in mountinfo. */
const unescaped = (point: string): string =>
  point.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))

const contains = (point: string, folder: string): boolean =>
  folder === point || folder.startsWith(point.endsWith('/') ? point : `${point}/`)

/** Asks the system. Throws `storage/unavailable` when the folder cannot be reached. */
export const readPlace = (file: string): PlaceReading => {
  const { platform } = process
  try {
    const folder = realpathSync.native(dirname(file))
    const magic = platform === 'win32' ? undefined : statfsSync(folder).type
    return { platform, folder, magic, mounts: mountTable[platform]?.() ?? '' }
  } catch (cause) {
    throw new Failure('storage/unavailable', { reason: 'the folder of the database cannot be reached', cause })
  }
}

const mountTable: Partial<Record<NodeJS.Platform, () => string>> = {
  linux: () => readFileSync('/proc/self/mountinfo', 'utf8'),
  darwin: () => spawnSync('/sbin/mount', { encoding: 'utf8' }).stdout,
}
