/** What the sealed secret of a second factor is bound to: the user whom it lets in, and nobody else. */
export const totpBinding = (userId: string): string => `totp:${userId}`
