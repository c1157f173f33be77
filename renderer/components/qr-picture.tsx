/** The QR code as it is printed: the base64 text itself is the payload (spec E1). Always dark on white, also in the dark theme. */
import { useMemo } from 'react'
import { encode } from 'uqr'

/** Modules of quiet zone around the symbol. */
const border = 2

/** One SVG path with a unit square for every dark module. */
export const qrPath = (payload: string): { readonly size: number; readonly path: string } => {
  const { size, data } = encode(payload, { ecc: 'L', border })
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return { size, path: squares.join('') }
}

export function QrPicture({ payload, label }: { payload: string; label: string }) {
  const { size, path } = useMemo(() => qrPath(payload), [payload])
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#0c1413" />
    </svg>
  )
}
