/** Dates, ages and clocks as text: Gregorian with Latin digits, Hijri beside it on request, always Riyadh time. */
import type { Texts } from '../i18n/en.ts'
import type { Language } from '../preferences.tsx'

const zone = 'Asia/Riyadh'

/** `2026-05-04 13:05`, Riyadh time, of an instant. */
export const riyadhTime = (instant: string): string => {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  return parts.format(new Date(instant))
}

export const riyadhDate = (instant: string): string => riyadhTime(instant).slice(0, 10)

/** `2026-05-04T13:05:22` now in Riyadh, as the rules want it. */
export const riyadhNow = (): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
    .format(new Date())
    .replace(' ', 'T')

/** The day in the Hijri calendar (Umm al-Qura), from `YYYY-MM-DD`. */
export const hijri = (date: string, language: Language): string =>
  new Intl.DateTimeFormat(`${language}-SA-u-ca-islamic-umalqura-nu-latn`, {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`))

const minute = 60_000

/** How long ago, in the largest unit that says enough: minutes, hours, days. */
export const age = (instant: string, texts: Texts, now = Date.now()): string => {
  const minutes = Math.max(0, Math.floor((now - Date.parse(instant)) / minute))
  if (minutes < 60) return texts.common.minutes(minutes)
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? texts.common.hours(hours) : texts.common.days(Math.floor(hours / 24))
}

/** `5:07` hours and minutes between now and an instant, and whether it has passed. */
export const clockTo = (instant: string, now = Date.now()): { readonly clock: string; readonly late: boolean } => {
  const left = Date.parse(instant) - now
  const minutes = Math.floor(Math.abs(left) / minute)
  return { clock: `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`, late: left < 0 }
}
