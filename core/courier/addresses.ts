/** Which addresses of the internet a message may go to: public ones, and those that the operator of the server has allowed by name. */
import { BlockList, isIP, isIPv6 } from 'node:net'

/** IANA's special-purpose registries: what is not reachable from everywhere is inside somebody's network, perhaps ours. */
const special: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Link-local, and with it the metadata services of clouds
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  // Multicast, reserved, broadcast
  ['224.0.0.0', 3],
  // Of IPv6 only 2000::/3 is handed out; within it these lead elsewhere, or to an IPv4 address inside
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const handedOut = new BlockList()
handedOut.addSubnet('2000::', 3, 'ipv6')

const familyOf = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4')

const listOf = (subnets: readonly (readonly [string, number])[]): BlockList => {
  const list = new BlockList()
  for (const [address, prefix] of subnets) list.addSubnet(address, prefix, familyOf(address))
  return list
}

const refused = listOf(special)

export type Admits = (address: string) => boolean

/** `10.0.0.7`, `10.0.0.0/24`, `fd00::/8`; undefined for anything else. */
export const parseSubnet = (text: string): readonly [string, number] | undefined => {
  const [, address = '', prefix] = /^([\da-f.:]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? []
  if (isIP(address) === 0) return undefined
  const longest = isIPv6(address) ? 128 : 32
  const length = prefix === undefined ? longest : Number(prefix)
  return length <= longest ? [address, length] : undefined
}

/** Public addresses, and those in the allowed subnets although they are not. */
export const admitting = (allowed: readonly string[]): Admits => {
  const exceptions = listOf(allowed.flatMap((text) => [parseSubnet(text) ?? []].filter((found) => found.length === 2)))
  return (address) => {
    if (isIP(address) === 0) return false
    const family = familyOf(address)
    if (exceptions.check(address, family)) return true
    if (refused.check(address, family)) return false
    return family === 'ipv4' || handedOut.check(address, 'ipv6')
  }
}
