/** What an ECS task definition may say, as far as ours does: any other key is refused (Amazon ECS API reference, RegisterTaskDefinition). */
import { z } from 'zod'

const arn = z.string().startsWith('arn:aws:')
const pair = z.strictObject({ name: z.string(), value: z.string() })

const container = z.strictObject({
  name: z.string(),
  image: z.string(),
  essential: z.boolean(),
  user: z.string(),
  readonlyRootFilesystem: z.boolean(),
  linuxParameters: z.strictObject({
    capabilities: z.strictObject({ drop: z.array(z.string()) }),
    initProcessEnabled: z.boolean(),
  }),
  // Fargate waits no longer than two minutes.
  stopTimeout: z.int().min(2).max(120),
  portMappings: z.array(
    z.strictObject({
      name: z.string(),
      containerPort: z.int(),
      protocol: z.enum(['tcp', 'udp']),
      appProtocol: z.enum(['http', 'http2', 'grpc']).optional(),
    }),
  ),
  environment: z.array(pair),
  secrets: z.array(z.strictObject({ name: z.string(), valueFrom: arn })),
  healthCheck: z.strictObject({
    command: z.tuple([z.literal('CMD')], z.string()),
    interval: z.int().min(5).max(300),
    timeout: z.int().min(2).max(60),
    retries: z.int().min(1).max(10),
    startPeriod: z.int().min(0).max(300),
  }),
  mountPoints: z.array(
    z.strictObject({ sourceVolume: z.string(), containerPath: z.string().startsWith('/'), readOnly: z.boolean() }),
  ),
  logConfiguration: z.strictObject({ logDriver: z.literal('awslogs'), options: z.record(z.string(), z.string()) }),
})

export const taskDefinition = z.strictObject({
  family: z.string(),
  requiresCompatibilities: z.tuple([z.literal('FARGATE')]),
  networkMode: z.literal('awsvpc'),
  cpu: z.enum(['256', '512', '1024', '2048', '4096']),
  memory: z.string().regex(/^\d+$/),
  runtimePlatform: z.strictObject({
    cpuArchitecture: z.enum(['X86_64', 'ARM64']),
    operatingSystemFamily: z.literal('LINUX'),
  }),
  executionRoleArn: arn,
  taskRoleArn: arn,
  containerDefinitions: z.array(container).length(1),
  volumes: z.array(
    z.strictObject({
      name: z.string(),
      efsVolumeConfiguration: z
        .strictObject({
          fileSystemId: z.string().startsWith('fs-'),
          transitEncryption: z.enum(['ENABLED', 'DISABLED']),
          authorizationConfig: z.strictObject({
            accessPointId: z.string().startsWith('fsap-'),
            iam: z.enum(['ENABLED', 'DISABLED']),
          }),
        })
        .optional(),
    }),
  ),
})
