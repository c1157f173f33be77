/** The import table: which folder may import what. A new row or a wider one is argued in ARCHITECTURE.md. */

export interface Wall {
  /** Folder (ends in `/`) or file; the longest match owns a file. */
  readonly owner: string
  /** Project folders or files that it may import, besides itself. */
  readonly own: readonly string[]
  /** Packages; `node:*` stands for every built-in, a single built-in is named. */
  readonly packages: readonly string[]
}

const invoice = ['core/invoice/', 'core/errors.ts']
const trade = [
  'core/assignment.ts',
  'core/audit-entry.ts',
  'core/errors.ts',
  'core/instant.ts',
  'core/memory.ts',
  'core/ports.ts',
  'core/turns.ts',
  'core/vocabulary.ts',
  'core/messages/',
  'core/invoice/',
  'core/zatca/',
]
const face = ['core/api/contract.ts', 'core/api/contract/', 'core/api/failure-body.ts']

export const walls: readonly Wall[] = [
  { owner: 'core/errors.ts', own: [], packages: [] },
  { owner: 'core/vocabulary.ts', own: [], packages: [] },
  // Storage and workflow both hold the thread for long.
  { owner: 'core/turns.ts', own: [], packages: [] },
  // Keys remember public halves, the workflow certificates.
  { owner: 'core/memory.ts', own: [], packages: [] },
  { owner: 'core/instant.ts', own: [], packages: [] },
  // The same for all who do something in somebody's name: what the log keeps of it, and for which companies he may.
  { owner: 'core/audit-entry.ts', own: ['core/instant.ts', 'core/ports.ts'], packages: [] },
  { owner: 'core/assignment.ts', own: ['core/errors.ts', 'core/ports.ts'], packages: [] },
  { owner: 'core/invoice/', own: ['core/errors.ts'], packages: [] },
  { owner: 'core/invoice/draft.ts', own: invoice, packages: ['zod'] },
  { owner: 'core/messages/', own: [...invoice, 'core/vocabulary.ts'], packages: [] },
  { owner: 'core/ecdsa.ts', own: ['core/errors.ts'], packages: ['tiny-secp256k1', '@noble/curves'] },
  {
    owner: 'core/zatca/',
    own: [...invoice, 'core/ecdsa.ts', 'core/vocabulary.ts'],
    packages: ['node-forge', 'libxml2-wasm'],
  },
  // SHA-256 is in every crypto, BoringSSL included, and five times faster there than in pure code.
  { owner: 'core/zatca/hash.ts', own: ['core/errors.ts', 'core/zatca/'], packages: ['node:crypto'] },
  {
    owner: 'core/ports.ts',
    own: [
      'core/gateway-port.ts',
      'core/program-port.ts',
      'core/program-records.ts',
      'core/records.ts',
      'core/zatca/',
      'core/vocabulary.ts',
    ],
    packages: [],
  },
  { owner: 'core/gateway-port.ts', own: ['core/records.ts', 'core/vocabulary.ts'], packages: [] },
  {
    owner: 'core/program-port.ts',
    own: ['core/program-records.ts', 'core/records.ts', 'core/vocabulary.ts'],
    packages: [],
  },
  { owner: 'core/program-records.ts', own: ['core/records.ts', 'core/vocabulary.ts'], packages: [] },
  {
    owner: 'core/records.ts',
    own: [...invoice, 'core/vocabulary.ts'],
    packages: [],
  },
  { owner: 'core/workflow/', own: trade, packages: ['node:crypto'] },
  // Whoever brings all that is sealed under another key has to know what the second factors of users are bound to.
  {
    owner: 'core/workflow/rewrap.ts',
    own: [...trade, 'core/workflow/', 'core/access/totp-binding.ts'],
    packages: [],
  },
  { owner: 'core/office/', own: trade, packages: [] },
  { owner: 'core/report/', own: trade, packages: [] },
  // What is told follows from the workflow's own log and waits as its outbox does; where keys are bound, the workflow says.
  { owner: 'core/notify/', own: [...trade, 'core/workflow/'], packages: ['node:crypto'] },
  // The second and last folder that opens sockets: never to ZATCA, only to addresses that it has judged.
  {
    owner: 'core/courier/',
    own: ['core/errors.ts', 'core/ports.ts', 'core/vocabulary.ts'],
    packages: ['node:dns', 'node:http', 'node:https', 'node:net'],
  },
  { owner: 'core/access/', own: trade, packages: ['node:crypto', 'node:util', 'hash-wasm', 'otpauth'] },
  {
    // A backup is good once the audit of the workflow has walked it; where keys are bound, the workflow says too.
    owner: 'core/backup/',
    own: [...trade, 'core/workflow/'],
    packages: ['node:crypto', 'node:fs', 'node:path', 'node:stream', 'node:zlib', 'zod'],
  },
  {
    owner: 'core/storage/',
    own: ['core/errors.ts', 'core/turns.ts', 'core/ports.ts', 'core/records.ts', 'core/vocabulary.ts', 'core/invoice/'],
    packages: ['node:*', 'better-sqlite3', 'pg', 'drizzle-orm'],
  },
  {
    owner: 'core/gateway/',
    own: ['core/errors.ts', 'core/ports.ts', 'core/records.ts', 'core/vocabulary.ts', 'core/invoice/'],
    packages: ['node:*'],
  },
  {
    owner: 'core/keys/',
    own: ['core/errors.ts', 'core/memory.ts', 'core/ports.ts', 'core/ecdsa.ts', 'core/vocabulary.ts'],
    packages: ['node:*', 'pkcs11js', '@aws-sdk/client-s3'],
  },
  // A thread of the signing pool does everything to a document that needs no neighbour: stamp, self-check, packing.
  {
    owner: 'core/keys/signing-pool-worker.ts',
    own: ['core/errors.ts', 'core/ports.ts', 'core/ecdsa.ts', 'core/keys/', 'core/zatca/', 'core/storage/xml.ts'],
    packages: ['node:worker_threads'],
  },
  {
    owner: 'core/system/',
    own: ['core/errors.ts', 'core/ports.ts', 'core/records.ts'],
    packages: ['node:*', 'pino', 'zod'],
  },
  { owner: 'core/compose.ts', own: ['core/'], packages: [] },
  { owner: 'core/api/contract.ts', own: face, packages: ['zod', '@orpc/contract'] },
  {
    owner: 'core/api/contract/',
    own: [...face, ...invoice, 'core/vocabulary.ts'],
    packages: ['zod', '@orpc/contract'],
  },
  { owner: 'core/api/failure-body.ts', own: ['core/errors.ts', 'core/messages/'], packages: ['zod'] },
  {
    owner: 'core/api/client.ts',
    own: [...face, 'core/errors.ts', 'core/messages/'],
    packages: ['@orpc/client', '@orpc/contract', '@orpc/openapi-client'],
  },
  {
    owner: 'core/api/',
    own: ['core/'],
    packages: ['zod', '@orpc/server', '@orpc/contract', '@orpc/openapi', '@orpc/zod'],
  },
  {
    owner: 'renderer/',
    own: [...face, 'core/api/client.ts', ...invoice, 'core/messages/', 'core/vocabulary.ts'],
    packages: [
      'react',
      'react-dom',
      '@mantine/core',
      '@mantine/hooks',
      '@tanstack/react-query',
      '@tanstack/react-virtual',
      '@orpc/client',
      '@orpc/contract',
      'react-hook-form',
      '@tabler/icons-react',
      '@fontsource/ibm-plex-sans-arabic',
      'uqr',
    ],
  },
  {
    owner: 'practice/',
    own: [],
    packages: ['node:*', '@noble/curves', 'node-forge', 'libxml2-wasm', 'xmlbuilder2', 'zod'],
  },
  {
    owner: 'server/',
    own: ['core/', 'practice/'],
    packages: [
      'node:*',
      'fastify',
      '@fastify/',
      'pino',
      'prom-client',
      'rate-limiter-flexible',
      'ioredis',
      'pg',
      'zod',
      'vite',
      '@orpc/openapi',
      '@orpc/server',
      'openid-client',
    ],
  },
  // Loaded only where a collector is named: nobody else may bring these libraries in.
  {
    owner: 'server/tracing.ts',
    own: ['core/errors.ts', 'core/ports.ts', 'core/system/', 'server/tracing-settings.ts'],
    packages: ['node:async_hooks', 'fastify', '@opentelemetry/'],
  },
  {
    owner: 'electron/',
    own: ['core/', 'practice/'],
    packages: ['node:*', 'electron', 'electron-updater', 'pino', 'vite'],
  },
  {
    owner: 'cli/',
    own: ['core/', 'practice/', 'server/main.ts', 'server/config.ts', 'server/database-settings.ts', 'server/keys.ts'],
    packages: ['node:*'],
  },
  // Runs beside the balancer, with nothing of the office in it.
  { owner: 'deploy/', own: [], packages: ['node:*'] },
]
