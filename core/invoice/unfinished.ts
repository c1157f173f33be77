/** The shape of a draft while somebody is still typing it: every field may be missing, at every depth. */
import type { Draft } from './draft.ts'

export type Unfinished<T> = T extends readonly (infer Item)[]
  ? readonly Unfinished<Item>[]
  : T extends object
    ? { readonly [K in keyof T]?: Unfinished<T[K]> | undefined }
    : T

export type UnfinishedDraft = Unfinished<Draft>
