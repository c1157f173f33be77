/** Company and unit, search, queue, language, theme, account. */
import { ActionIcon, Menu, NativeSelect, Tooltip, UnstyledButton } from '@mantine/core'
import {
  IconLock,
  IconLogout,
  IconMoon,
  IconSearch,
  IconSelector,
  IconSun,
  IconUser,
  IconUsers,
} from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../api.ts'
import { Keys } from '../components/keys.tsx'
import { goTo } from '../place.ts'
import { usePreferences, useTexts } from '../preferences.tsx'
import type { User } from '../queries.ts'
import { useWorkspace } from '../workspace.tsx'
import type { PaletteMode } from './palette.tsx'
import { Queue } from './queue.tsx'

interface Props {
  readonly user: User
  readonly openPalette: (mode: PaletteMode) => void
}

export function TopBar({ user, openPalette }: Props) {
  const { texts, toggleLanguage, toggleTheme, dark } = usePreferences()
  return (
    <header className="top-bar">
      <CompanySwitch open={() => openPalette('companies')} />
      <UnitSwitch />
      <UnstyledButton className="search-button" onClick={() => openPalette('everything')}>
        <IconSearch size={16} stroke={1.6} aria-hidden />
        <span>{texts.frame.search}</span>
        <Keys keys="Mod+K" />
      </UnstyledButton>
      <Queue />
      <UnstyledButton className="quiet" onClick={toggleLanguage} aria-label={texts.frame.languageLabel}>
        {texts.frame.language}
      </UnstyledButton>
      <Tooltip label={dark ? texts.frame.light : texts.frame.dark}>
        <ActionIcon
          variant="subtle"
          color="gray"
          onClick={toggleTheme}
          aria-label={dark ? texts.frame.light : texts.frame.dark}
        >
          {dark ? <IconSun size={18} stroke={1.6} /> : <IconMoon size={18} stroke={1.6} />}
        </ActionIcon>
      </Tooltip>
      <Account user={user} />
    </header>
  )
}

function CompanySwitch({ open }: { open: () => void }) {
  const texts = useTexts()
  const { company } = useWorkspace()
  return (
    <Tooltip label={<Keys keys="Mod+Shift+C" />}>
      <UnstyledButton className="company-switch" onClick={open}>
        <span className="visually-hidden">{texts.frame.switchCompany}: </span>
        <span className="company-name">{company?.name ?? texts.frame.noCompany}</span>
        {company === undefined ? null : (
          <span className="dim">
            {texts.frame.vat} <bdi dir="ltr">{company.vatNumber}</bdi>
          </span>
        )}
        <IconSelector size={16} stroke={1.6} aria-hidden />
      </UnstyledButton>
    </Tooltip>
  )
}

/** Only where there is something to choose. */
function UnitSwitch() {
  const texts = useTexts()
  const { company, unit, unitsOf, choose } = useWorkspace()
  if (company === undefined || unit === undefined) return null
  const units = unitsOf(company.id)
  if (units.length < 2) return null
  const areMixed = units.some(({ environment }) => environment !== unit.environment)
  return (
    <NativeSelect
      className="unit-switch"
      aria-label={texts.frame.unit}
      value={unit.id}
      onChange={(event) => choose(company.id, event.currentTarget.value)}
      data={units.map(({ id, name, environment }) => ({
        value: id,
        label: areMixed ? `${name} · ${texts.environments[environment]}` : name,
      }))}
    />
  )
}

function Account({ user }: { user: User }) {
  const texts = useTexts()
  const client = useQueryClient()
  const signOut = useMutation({
    mutationFn: () => api.access.signOut(),
    onSuccess: () => {
      client.clear()
      window.location.reload()
    },
  })
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={texts.frame.user}>
          <IconUser size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.name}</Menu.Label>
        {user.role === 'owner' || user.role === 'admin' ? (
          <Menu.Item leftSection={<IconUsers size={16} stroke={1.6} />} onClick={() => goTo({ screen: 'people' })}>
            {texts.frame.people}
          </Menu.Item>
        ) : null}
        <Menu.Item
          leftSection={<IconLock size={16} stroke={1.6} />}
          onClick={() => goTo({ screen: 'people', id: 'me' })}
        >
          {texts.frame.ownPassword}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => signOut.mutate()}>
          {texts.access.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
