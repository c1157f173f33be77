/** The manifest of a folder: the SHA-256 of each file, as `sha256sum` writes it and `sha256sum -c` checks it. */

export const manifestName = 'SHA256SUMS'

/** SHA-256 in hex by path, with `/`. */
export type Manifest = ReadonlyMap<string, string>

/** In the order of paths, so that the same folder has the same manifest. */
export const manifestText = (manifest: Manifest): string =>
  [...manifest]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([path, digest]) => `${digest}  ${path}\n`)
    .join('')

/** Lines of `digest  path`, or `digest *path` for a binary file; others are none. */
export const parseManifest = (text: string): Manifest =>
  new Map(
    text.split(/\r?\n/).flatMap((line): [string, string][] => {
      const [, digest, path] = /^([0-9a-f]{64}) [ *](?:\.\/)?(.+)$/.exec(line) ?? []
      return digest === undefined || path === undefined ? [] : [[path, digest]]
    }),
  )
