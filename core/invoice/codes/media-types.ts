/** MIME types that an embedded document may have (BR-KSA-CL-03). */
export const mediaTypes = [
  'text/csv',
  'text/plain',
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/tiff',
  'application/acad',
  'application/dwg',
  'drawing/dwg',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.oasis.opendocument.spreadsheet',
] as const

export type MediaType = (typeof mediaTypes)[number]
