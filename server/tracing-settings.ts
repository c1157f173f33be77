/** The settings of tracing, under the names that OpenTelemetry gives them; the exporter reads the rest of its own names by itself. */
import { z } from 'zod'

/** Which requests are traced: `parentbased_...` follow the caller that began the trace, when there is one. */
export const samplerNames = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const

export const tracingSettings = {
  /** The collector, to which `/v1/traces` is added; no traces without it */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** The same as a whole address; comes before the other */
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** Read by the exporter */
  OTEL_EXPORTER_OTLP_HEADERS: z.string().optional(),
  OTEL_SERVICE_NAME: z.string().optional(),
  OTEL_RESOURCE_ATTRIBUTES: z.string().optional(),
  OTEL_TRACES_SAMPLER: z.enum(samplerNames).default('parentbased_always_on'),
  /** The share that `traceidratio` keeps */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  OTEL_SDK_DISABLED: z.stringbool().default(false),
}

const schema = z.object(tracingSettings)
type TracingSettings = z.infer<typeof schema>

export interface TracingConfig {
  readonly sampler: (typeof samplerNames)[number]
  /** Between 0 and 1 */
  readonly share: number
}

/** Undefined while no collector is named, or tracing is switched off. */
export const tracingOf = (is: TracingSettings): TracingConfig | undefined => {
  const collector = is.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? is.OTEL_EXPORTER_OTLP_ENDPOINT
  if (collector === undefined || is.OTEL_SDK_DISABLED) return undefined
  return { sampler: is.OTEL_TRACES_SAMPLER, share: is.OTEL_TRACES_SAMPLER_ARG }
}
