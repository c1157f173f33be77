/** Where the server's key-encryption key comes from: a mounted file, a passphrase, or outside production a file that it makes itself. */
import { join } from 'node:path'
import { fileEncryption, passphraseEncryption } from '#core/keys/providers.ts'
import { keyStore } from '#core/keys/store.ts'
import type { KeyStore } from '#core/ports.ts'
import type { Config } from './config.ts'

export const openKeys = async (config: Config): Promise<KeyStore> => keyStore(await keyEncryption(config))

/** `readConfig` has made sure that production names one of the two. */
const keyEncryption = ({ keyFile, keyPassphrase, dataDir }: Config) => {
  if (keyPassphrase !== undefined) return passphraseEncryption(join(dataDir, 'passphrase.salt'), keyPassphrase)
  if (keyFile !== undefined) return fileEncryption(keyFile, { create: false })
  return fileEncryption(join(dataDir, 'key-encryption.key'), { create: true })
}
