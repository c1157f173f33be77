/** The environments the gateway answers for: ZATCA's three under their own paths, and one under a short path. */

export interface Environment {
  readonly basePath: string
  /** Names of the certificate templates that it issues for (spec A1). */
  readonly templates: readonly string[]
  /** Like ZATCA's sandbox: any OTP, no compliance steps, one fixed production certificate (spec A9). */
  readonly isCanned: boolean
}

const PRODUCTION = 'ZATCA-Code-Signing'
const SIMULATION = 'PREZATCA-Code-Signing'
const SANDBOX = 'TSTZATCA-Code-Signing'

export const ENVIRONMENT_NAMES = ['practice', 'production', 'simulation', 'sandbox'] as const

export type EnvironmentName = (typeof ENVIRONMENT_NAMES)[number]

export const ENVIRONMENTS: Readonly<Record<EnvironmentName, Environment>> = {
  practice: { basePath: '/practice', templates: [PRODUCTION, SIMULATION, SANDBOX], isCanned: false },
  production: { basePath: '/e-invoicing/core', templates: [PRODUCTION], isCanned: false },
  simulation: { basePath: '/e-invoicing/simulation', templates: [SIMULATION], isCanned: false },
  // The published example for the sandbox carries the production template, so that both must pass.
  sandbox: { basePath: '/e-invoicing/developer-portal', templates: [SANDBOX, PRODUCTION], isCanned: true },
}

/** The public certificate of ZATCA's SDK, which its sandbox returns to everybody; its key is published too. */
export const SANDBOX_CERTIFICATE =
  'MIID3jCCA4SgAwIBAgITEQAAOAPF90Ajs/xcXwABAAA4AzAKBggqhkjOPQQDAjBiMRUwEwYKCZImiZPyLGQBGRYFbG9jYWwxEzARBgoJkiaJk/IsZAEZFgNnb3YxFzAVBgoJkiaJk/IsZAEZFgdleHRnYXp0MRswGQYDVQQDExJQUlpFSU5WT0lDRVNDQTQtQ0EwHhcNMjQwMTExMDkxOTMwWhcNMjkwMTA5MDkxOTMwWjB1MQswCQYDVQQGEwJTQTEmMCQGA1UEChMdTWF4aW11bSBTcGVlZCBUZWNoIFN1cHBseSBMVEQxFjAUBgNVBAsTDVJpeWFkaCBCcmFuY2gxJjAkBgNVBAMTHVRTVC04ODY0MzExNDUtMzk5OTk5OTk5OTAwMDAzMFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEoWCKa0Sa9FIErTOv0uAkC1VIKXxU9nPpx2vlf4yhMejy8c02XJblDq7tPydo8mq0ahOMmNo8gwni7Xt1KT9UeKOCAgcwggIDMIGtBgNVHREEgaUwgaKkgZ8wgZwxOzA5BgNVBAQMMjEtVFNUfDItVFNUfDMtZWQyMmYxZDgtZTZhMi0xMTE4LTliNTgtZDlhOGYxMWU0NDVmMR8wHQYKCZImiZPyLGQBAQwPMzk5OTk5OTk5OTAwMDAzMQ0wCwYDVQQMDAQxMTAwMREwDwYDVQQaDAhSUlJEMjkyOTEaMBgGA1UEDwwRU3VwcGx5IGFjdGl2aXRpZXMwHQYDVR0OBBYEFEX+YvmmtnYoDf9BGbKo7ocTKYK1MB8GA1UdIwQYMBaAFJvKqqLtmqwskIFzVvpP2PxT+9NnMHsGCCsGAQUFBwEBBG8wbTBrBggrBgEFBQcwAoZfaHR0cDovL2FpYTQuemF0Y2EuZ292LnNhL0NlcnRFbnJvbGwvUFJaRUludm9pY2VTQ0E0LmV4dGdhenQuZ292LmxvY2FsX1BSWkVJTlZPSUNFU0NBNC1DQSgxKS5jcnQwDgYDVR0PAQH/BAQDAgeAMDwGCSsGAQQBgjcVBwQvMC0GJSsGAQQBgjcVCIGGqB2E0PsShu2dJIfO+xnTwFVmh/qlZYXZhD4CAWQCARIwHQYDVR0lBBYwFAYIKwYBBQUHAwMGCCsGAQUFBwMCMCcGCSsGAQQBgjcVCgQaMBgwCgYIKwYBBQUHAwMwCgYIKwYBBQUHAwIwCgYIKoZIzj0EAwIDSAAwRQIhALE/ichmnWXCUKUbca3yci8oqwaLvFdHVjQrveI9uqAbAiA9hC4M8jgMBADPSzmd2uiPJA6gKR3LE03U75eqbC/rXA=='
