/** A database file belongs on a disk of its own computer: what each system says about a folder, and what is concluded from it. */
import { access, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openSqlite } from '#core/storage/sqlite.ts'
import { networkFileSystem, type PlaceReading, readPlace } from '#core/storage/sqlite-place.ts'

const EXT4 = 0xef53
const FUSE = 0x65735546

const linux = (magic: number, mounts = '', folder = '/data'): PlaceReading => ({
  platform: 'linux',
  folder,
  magic,
  mounts,
})
const mac = (mounts: string, folder: string): PlaceReading => ({ platform: 'darwin', folder, magic: 26, mounts })
const windows = (folder: string): PlaceReading => ({ platform: 'win32', folder, magic: undefined, mounts: '' })

const linuxMounts = [
  '21 1 254:0 / / rw,relatime - ext4 /dev/vda rw',
  '40 21 0:50 / /mnt/office rw,nosuid shared:9 - fuse.sshfs office:/books rw,user_id=0',
  '41 21 0:51 / /mnt/two\\040words rw - fuse.rclone drive: rw',
  '42 40 8:1 / /mnt/office/disk rw - fuseblk /dev/sdb1 rw',
].join('\n')

const macMounts = [
  '/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)',
  '//sara@server/books on /Volumes/books (smbfs, nodev, nosuid, mounted by sara)',
  'server:/export on /Volumes/nfs share (nfs, automounted)',
  '/dev/disk5s1 on /Volumes/usb (exfat, local, nodev, nosuid)',
].join('\n')

const shares: readonly [string, PlaceReading, string][] = [
  ['NFS', linux(0x6969), 'nfs'],
  ['CIFS, its number as a 32-bit integer with a sign', linux(0xff534d42 | 0), 'cifs'],
  ['SMB 2 and 3', linux(0xfe534d42), 'smb2'],
  ['9p', linux(0x01021997), '9p'],
  ['sshfs among the file systems in user space', linux(FUSE, linuxMounts, '/mnt/office/khatm'), 'sshfs'],
  ['a mount point with a blank', linux(FUSE, linuxMounts, '/mnt/two words'), 'rclone'],
  ['a Windows share on macOS', mac(macMounts, '/Volumes/books/khatm'), 'smbfs'],
  ['NFS on macOS', mac(macMounts, '/Volumes/nfs share'), 'nfs'],
  ['a share on Windows', windows('\\\\server\\books\\khatm'), 'unc'],
  ['a mapped drive on Windows, by its real path', windows('\\\\?\\UNC\\server\\books'), 'unc'],
]
test.each(shares)('refused: %s', (_title, reading, fileSystem) => {
  expect(networkFileSystem(reading)).toBe(fileSystem)
})

const disks: readonly [string, PlaceReading][] = [
  ['ext4', linux(EXT4, linuxMounts, '/data')],
  ['a disk mounted below a share', linux(FUSE, linuxMounts, '/mnt/office/disk/khatm')],
  ['a folder whose name only begins like that of a share', linux(EXT4, linuxMounts, '/mnt/office2')],
  ['APFS', mac(macMounts, '/Users/sara/khatm')],
  ['a USB disk on macOS', mac(macMounts, '/Volumes/usb')],
  ['C: on Windows', windows('C:\\Users\\sara\\khatm')],
  ['C: on Windows, as a long path', windows('\\\\?\\C:\\Users\\sara\\khatm')],
  ['a volume without a letter on Windows', windows('\\\\?\\Volume{b75e2c83}\\khatm')],
]
test.each(disks)('taken: %s', (_title, reading) => {
  expect(networkFileSystem(reading)).toBeUndefined()
})

test('this system tells where a folder lies', () => {
  const reading = readPlace(join(import.meta.dirname, 'any.sqlite'))
  expect(reading).toMatchObject({ platform: process.platform, folder: import.meta.dirname })
})

test('nothing is made on a share', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-place-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'khatm.sqlite')
  await expect(openSqlite({ file, place: () => linux(0x6969, '', folder) })).rejects.toMatchObject({
    code: 'storage/network-share',
    details: { folder, fileSystem: 'nfs' },
  })
  await expect(access(file)).rejects.toThrow('ENOENT')
})
