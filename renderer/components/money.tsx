/** Amounts as an accountant reads them: grouped, two decimals, always left to right. */

/** `1234567.5` as `1,234,567.50`; text that is no plain decimal stays as it is. */
export const grouped = (amount: string): string => {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount)
  if (match === null) return amount
  const [, sign = '', whole = '', fraction = ''] = match
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction.padEnd(2, '0')}`
}

export function Money({ amount, currency }: { amount: string; currency?: string }) {
  return (
    <bdi className="money" dir="ltr">
      {grouped(amount)}
      {currency === undefined ? null : <span className="currency"> {currency}</span>}
    </bdi>
  )
}
