/** What the key that a webhook's messages are signed with is bound to. */
export const webhookBinding = (id: string): string => `webhook/${id}`
