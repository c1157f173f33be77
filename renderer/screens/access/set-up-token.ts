/** The token behind `#setup=` in the link that the server prints: taken out of the address at once, so that no history keeps it. */

const inAddress = /^#setup=([\w-]+)$/

/** Read when the page is loaded, before anything else looks at the address. */
const taken = inAddress.exec(window.location.hash)?.[1] ?? ''
if (taken !== '') window.history.replaceState(null, '', window.location.pathname)

/** Empty when the page was opened without it. */
export const tokenFromAddress = taken
