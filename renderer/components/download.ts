/** Hands bytes or text to the browser as a file. */

export const download = (content: Uint8Array<ArrayBuffer> | string, fileName: string, type: string): void => {
  const address = URL.createObjectURL(new Blob([content], { type }))
  Object.assign(document.createElement('a'), { href: address, download: fileName }).click()
  URL.revokeObjectURL(address)
}
