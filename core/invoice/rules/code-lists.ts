/** Code lists of the rule pack that have no use outside of its rules. */

/** BR-CL-01: UNTDID 1001 as the EN 16931 stage knows it; BR-KSA-05 narrows it to four. */
export const invoiceTypeCodes: ReadonlySet<string> = new Set(
  `80 82 84 130 202 203 204 211 295 325 326 380 381 383 384 385 386 387 388 389 390 393 394 395 456 457 527 575 623 633
  751 780 935`.split(/\s+/),
)

/** BR-CL-18: UNCL 5305 as the EN 16931 stage knows it; BR-KSA-18 narrows it to four. */
export const vatCategoryCodes: ReadonlySet<string> = new Set('AE L M E S Z G O K B'.split(' '))
