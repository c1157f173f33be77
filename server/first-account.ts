/** How the owner of a new server gets in: a token that is printed when it starts, or one in a file that the operator mounted. */
import { giveSetUpToken } from '#core/access/set-up.ts'
import { readPrivate } from '#core/keys/private-file.ts'
import type { Ports } from '#core/ports.ts'
import type { Config } from './config.ts'
import { settingsRefused } from './config-problem.ts'

/** Short ones can be guessed in a day. */
const SHORTEST = 16

/**
 * The token to print; undefined when there is an account, and when the operator knows it already. Throws `config/invalid` for a file
 * that cannot be used.
 */
export const openFirstDoor = async (
  ports: Pick<Ports, 'storage' | 'clock' | 'ids'>,
  { setUpTokenFile }: Pick<Config, 'setUpTokenFile'>,
): Promise<string | undefined> => {
  if (setUpTokenFile === undefined) return giveSetUpToken(ports)
  await giveSetUpToken(ports, await tokenIn(setUpTokenFile))
  return undefined
}

const tokenIn = async (file: string): Promise<string> => {
  const token = (await readPrivate(file)).trim()
  if (!/^[\w-]+$/.test(token) || token.length < SHORTEST) throw tokenRefused
  return token
}

const tokenRefused = settingsRefused({
  setting: 'SETUP_TOKEN_FILE',
  message: `The file named in SETUP_TOKEN_FILE has to hold at least ${SHORTEST} letters and digits, for example from: openssl rand -hex 32.`,
  message_ar: `يجب أن يحتوي الملف المذكور في SETUP_TOKEN_FILE على ${SHORTEST} حرفًا ورقمًا على الأقل، ومثال ذلك ناتج الأمر: openssl rand -hex 32.`,
})

/** To the terminal and never to the log. The token stands behind `#`, which no browser sends and no proxy writes down. */
export const printInvitation = (address: string, token: string | undefined): void => {
  if (token === undefined) return
  console.log(`
No account yet. Open this address to create the first one; it is valid for a day and shown only here:
لا يوجد حساب بعد. افتح هذا العنوان لإنشاء الحساب الأول؛ وهو صالح ليوم واحد ولا يظهر إلا هنا:

  ${address}/#setup=${token}
`)
}
