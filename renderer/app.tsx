/** Decides what is shown: first account, sign-in, or the frame with the current screen. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { FailureNotice, failureOf } from './components/failure-notice.tsx'
import { Loading } from './components/loading.tsx'
import { Frame } from './frame/frame.tsx'
import { usePreferences } from './preferences.tsx'
import { infoQuery, meQuery } from './queries.ts'
import { FirstPassword } from './screens/access/change-password.tsx'
import { SetUp } from './screens/access/set-up.tsx'
import { SignIn } from './screens/access/sign-in.tsx'
import { WorkspaceProvider } from './workspace.tsx'

export function App() {
  const { texts } = usePreferences()
  const info = useQuery(infoQuery)
  const me = useQuery({ ...meQuery, enabled: info.data?.needsSetUp === false })
  const failed = info.error ?? (failureOf(me.error)?.error === 'access/unauthenticated' ? null : me.error)
  if (failed !== null) {
    return (
      <main className="alone">
        <FailureNotice error={failed} brief>
          <Button mt={8} onClick={() => void Promise.all([info.refetch(), me.refetch()])}>
            {texts.common.retry}
          </Button>
        </FailureNotice>
      </main>
    )
  }
  if (info.data?.needsSetUp) return <SetUp />
  if (me.data?.mustChangePassword === true) return <FirstPassword />
  if (me.data !== undefined) {
    return (
      <WorkspaceProvider>
        <Frame user={me.data} />
      </WorkspaceProvider>
    )
  }
  return me.isError ? <SignIn /> : <Loading />
}
