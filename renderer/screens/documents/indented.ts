/** XML broken into indented lines for reading. Only for the screen: the bytes that are copied and downloaded stay as they are. */

const step = '  '

export const indented = (xml: string): string => {
  const lines: string[] = []
  let depth = 0
  for (const [token] of xml.replace(/>\s*</g, '>\n<').matchAll(/[^\n]+/g)) {
    if (token.startsWith('</')) depth -= 1
    lines.push(step.repeat(Math.max(0, depth)) + token)
    if (opensElement(token)) depth += 1
  }
  return lines.join('\n')
}

/** A start tag whose end tag is not on the same line. */
const opensElement = (token: string): boolean =>
  /^<[^!?/]/.test(token) && !token.endsWith('/>') && !token.includes('</')
