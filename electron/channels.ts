/** The two names that main process and preload share; the bridge has one call, one event, and never grows. */
export const callChannel = 'khatm:call'
export const eventChannel = 'khatm:event'
