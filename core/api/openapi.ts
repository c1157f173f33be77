/** The OpenAPI 3.1 document of the REST interface, generated from the contract. */
import { type OpenAPI, OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { contract } from './contract.ts'
import { failureBody } from './failure-body.ts'

const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })

export const openApiDocument = async (version: string): Promise<OpenAPI.Document> => {
  const document = await generator.generate(contract, {
    info: {
      title: 'Khatm',
      version,
      description:
        'ZATCA phase-2 e-invoices: issue, clear, report, correct, verify. Every failure has one body, in both languages.',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ key: [] }, { session: [] }],
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
        session: { type: 'http', scheme: 'bearer' },
      },
    },
    commonSchemas: { Failure: { schema: failureBody } },
  })
  return { ...document, paths: mapValues(document.paths ?? {}, withFailures) }
}

const anyFailure: OpenAPI.ResponseObject = {
  description: 'A failure, coded: `error` is stable, the texts are for people',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Failure' } } },
}

const methods = ['get', 'post', 'put', 'delete'] as const

/** Every operation may fail, and always with the same body. */
const withFailures = (item: OpenAPI.PathItemObject = {}): OpenAPI.PathItemObject => ({
  ...item,
  ...Object.fromEntries(
    methods.flatMap((method) => {
      const operation = item[method]
      return operation === undefined ? [] : [[method, { ...operation, responses: withFailure(operation) }]]
    }),
  ),
})

const withFailure = ({ responses }: OpenAPI.OperationObject) => ({ ...responses, default: anyFailure })

const mapValues = <In, Out>(values: Readonly<Record<string, In>>, change: (value: In) => Out): Record<string, Out> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]))
