/** Audit, backup, restore, reconcile, move and the verifier of archives, as IT staff type them, on both engines. */
import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join, relative } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { fileEncryption } from '#core/keys/providers.ts'
import { keyStore } from '#core/keys/store.ts'
import { databaseAt } from '#core/storage/databases.ts'
import { folderAnchors } from '#core/system/folder-anchors.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { anchorHeads } from '#core/workflow/proving/anchors.ts'
import { commandLineActor } from '../../cli/actor.ts'
import { main } from '../../cli/main.ts'
import { chainLinks, type FilledOffice, filledOffice, issue, issueAndSend } from '../backup/office.ts'
import { describeEngines, engines, type RunningEngine } from '../storage/engines.ts'
import { draft } from '../workflow/office.ts'
import { loadedBy, ofServerOrDatabase } from './loaded-modules.ts'

const run = async (...words: string[]) => {
  const out: string[] = []
  const err: string[] = []
  const exit = await main(words, {
    language: 'en',
    out: (line) => void out.push(line),
    bytes: () => undefined,
    err: (line) => void err.push(line),
  })
  return { exit, out: out.join('\n'), err: err.join('\n') }
}

const folderFor = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-cli-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** An address nobody has used, with a folder for what lies beside it. */
const newPlace = async (engine: RunningEngine) => {
  const folder = await folderFor()
  const { address } = await engine.create()
  return { folder, address: 'file' in address ? join(folder, 'khatm.sqlite') : address.url }
}

interface Place extends FilledOffice {
  readonly folder: string
  readonly address: string
  readonly passphraseFile: string
}

/** An office of a server: its key file beside the database, archive and anchors in its folder. */
const officeAt = async (engine: RunningEngine): Promise<Place> => {
  const { folder, address } = await newPlace(engine)
  vi.stubEnv('DATA_DIR', folder)
  onTestFinished(() => void vi.unstubAllEnvs())
  const encryption = await fileEncryption(join(folder, 'key-encryption.key'), { create: true })
  const filled = await filledOffice(engine, 4, { database: databaseAt(address), encryption })
  const passphraseFile = join(folder, 'passphrase')
  await writeFile(passphraseFile, 'a long passphrase of an office\n')
  return { ...filled, folder, address, passphraseFile }
}

const backedUp = async (place: Place): Promise<string> => {
  const { exit, err } = await run(
    'backup',
    ...['--database', place.address, '--out', place.folder, '--passphrase-file', place.passphraseFile],
  )
  expect([exit, err]).toEqual([0, ''])
  const written = await place.office.ports.storage.read.audit('backup')
  expect(written.map(({ actor }) => actor)).toEqual([commandLineActor()])
  const [name = ''] = (await readdir(place.folder)).filter((file) => file.endsWith('.khb'))
  return join(place.folder, name)
}

/** What a person with the database's own tools could do. */
const tamper = async (address: string, statement: string, trigger: string): Promise<void> => {
  const [, table = ''] = /^UPDATE (\w+)/.exec(statement) ?? []
  if (!address.includes('://')) {
    const connection = new Database(address)
    connection.exec(`DROP TRIGGER ${trigger}; ${statement}`)
    connection.close()
    return
  }
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  await client.query(`DROP TRIGGER ${trigger} ON ${table}; ${statement}`)
  await client.end()
}

await describeEngines('the command line', (engine, name) => {
  test('audit: a whole office, in both languages and for programs', async () => {
    const { address } = await officeAt(engine)
    const whole = await run('audit', '--database', address)
    expect([whole.exit, whole.err]).toEqual([0, ''])
    expect(whole.out).toMatch(/4 documents, whole\naudit log: whole$/)
    const arabic = await run('audit', '--database', address, '--lang', 'ar')
    expect(arabic.out).toMatch(/سليمة/)
    const json = JSON.parse((await run('audit', '--database', address, '--json')).out)
    expect(json).toMatchObject({ ok: true, documents: 4, chains: [{ problems: [] }] })
    expect((await run('audit', '--database', address, '--company', 'another')).out).toContain('There is no chain yet.')
  })

  test('audit: the first broken link by its name, when somebody got past the triggers', async () => {
    const { address, office, unit } = await officeAt(engine)
    const [, second] = await chainLinks(office, unit)
    await tamper(address, `UPDATE document SET pih = 'another' WHERE id = '${second?.id}'`, 'document_no_update')
    await tamper(address, `UPDATE audit SET actor = 'somebody else' WHERE seq = 2`, 'audit_no_update')
    const { exit, out } = await run('audit', '--database', address)
    expect(exit).toBe(1)
    expect(out).toContain(`at counter 2 (${second?.number}): it does not continue the document before [CHAIN/pih]`)
    expect(out).toContain('audit log: BROKEN; first entry that does not fit: 2')
  })

  test('audit compares with anchors', async () => {
    const place = await officeAt(engine)
    const [chain] = await place.office.ports.storage.read.chains(place.unit.id)
    const { id: chainId = '', unitId = '', epoch = 1 } = chain ?? {}
    const anchors = join(place.folder, 'anchors')
    await folderAnchors(anchors, place.office.clock).put([{ chainId, unitId, epoch, icv: 9, hash: 'later' }])
    const { exit, out } = await run('audit', '--database', place.address, '--anchors', anchors)
    expect([exit, out]).toEqual([1, expect.stringContaining('ANCHOR/behind')])
  })

  test('backup, drill, restore elsewhere, catch up, and go on with the same keys', async () => {
    const place = await officeAt(engine)
    const file = await backedUp(place)
    const { office, unit, folder } = place
    await issueAndSend(office, unit)
    await issue(office, unit)
    await anchorHeads({ ...office.ports, anchors: folderAnchors(join(folder, 'anchors'), office.clock) })

    const opening = ['--passphrase-file', place.passphraseFile]
    const drill = await run('restore', file, '--verify', ...opening)
    expect([drill.exit, drill.out]).toEqual([0, expect.stringContaining('4 documents, whole')])

    const other = await newPlace(engine)
    vi.stubEnv('DATA_DIR', other.folder)
    const restored = await run(
      'restore',
      ...[file, '--to', other.address, ...opening],
      ...['--archive', join(office.folder, 'archive'), '--anchors', join(folder, 'anchors')],
    )
    expect([restored.exit, restored.out]).toEqual([0, expect.stringContaining('4 -> 6')])

    const storage = await databaseAt(other.address).open()
    onTestFinished(() => storage.close())
    const keys = keyStore(await fileEncryption(join(other.folder, 'key-encryption.key'), { create: false }))
    const wanted = draft()
    const request = { unitId: unit.id, draft: wanted, idempotencyKey: wanted.number, actor: 'tester' }
    expect(await issueDocument({ ...office.ports, storage, keys }, request)).toMatchObject({ icv: 7 })
  })

  test('restore refuses a database that is not empty, another passphrase, and a damaged file', async () => {
    const place = await officeAt(engine)
    const file = await backedUp(place)
    const opening = ['--passphrase-file', place.passphraseFile]
    const used = await run('restore', file, '--to', place.address, ...opening)
    expect([used.exit, used.err]).toEqual([1, expect.stringContaining('storage/not-empty')])

    const wrong = join(place.folder, 'wrong')
    await writeFile(wrong, 'another long passphrase')
    const locked = await run('restore', file, '--verify', '--passphrase-file', wrong)
    expect([locked.exit, locked.err]).toEqual([2, expect.stringContaining('backup/wrong-key')])

    const bytes = await readFile(file)
    await writeFile(file, bytes.subarray(0, bytes.length - 1))
    const damaged = await run('restore', file, '--verify', ...opening)
    expect([damaged.exit, damaged.err]).toEqual([2, expect.stringContaining('backup/damaged')])
  })

  test('without anchors a restored chain waits for a word', async () => {
    const place = await officeAt(engine)
    const file = await backedUp(place)
    const other = await newPlace(engine)
    vi.stubEnv('DATA_DIR', other.folder)
    const archive = ['--archive', join(place.office.folder, 'archive')]
    const restored = await run(
      'restore',
      file,
      '--to',
      other.address,
      '--passphrase-file',
      place.passphraseFile,
      ...archive,
    )
    expect([restored.exit, restored.out]).toEqual([1, expect.stringContaining('--accept-head')])
    const accepted = await run('reconcile', '--database', other.address, '--accept-head', ...archive)
    expect([accepted.exit, accepted.out]).toEqual([0, expect.stringContaining('goes on behind the last counter')])
  })

  test.each(engines)('move to $name, and never twice', async ({ start }) => {
    const other = await start()
    if (other === undefined) throw new Error('the other engine cannot run here')
    onTestFinished(() => other.stop())
    const place = await officeAt(engine)
    const to = await newPlace(other)
    if (name === 'SQLite') vi.stubEnv('DATA_DIR', to.folder)
    const moved = await run('move', '--from', place.address, '--to', to.address)
    expect([moved.exit, moved.out]).toEqual([0, expect.stringContaining('4 documents moved')])
    expect((await run('audit', '--database', to.address)).out).toContain('4 documents, whole\n')
    expect((await run('audit', '--database', place.address)).out).toContain('frozen (moved)')
    const again = await run('move', '--from', place.address, '--to', (await newPlace(other)).address)
    expect([again.exit, again.err]).toEqual([1, expect.stringContaining('storage/moved')])
  })
})

describe('who acts', () => {
  test.each([
    ['noura', {}, 'command-line/noura'],
    ['root', { SUDO_USER: 'noura' }, 'command-line/root (noura)'],
    ['root', { SUDO_USER: 'root' }, 'command-line/root'],
  ])('%s with %j is %s', (account, environment, actor) =>
    expect(commandLineActor(() => account, environment)).toBe(actor),
  )

  test('is the account of the operating system', () =>
    expect(commandLineActor(undefined, {})).toBe(`command-line/${userInfo().username}`))
})

describe('wrong use', () => {
  test.each([
    [['audit', '--database', '/does/not/exist.sqlite'], 'usage/unreadable-file'],
    [['backup', '--out', 'x.khb'], 'usage/missing-option'],
    [['backup', '--out', 'x.khb', '--passphrase-file', '/does/not/exist'], 'usage/unreadable-file'],
    [['restore', '/does/not/exist.khb', '--verify'], 'usage/unreadable-file'],
    [['move', '--from', '/does/not/exist.sqlite', '--to', 'x.sqlite'], 'usage/unreadable-file'],
    [['verify-archive', '/does/not/exist'], 'usage/unreadable-file'],
  ])('%j', async (words, code) => {
    const { exit, err } = await run(...words)
    expect([exit, err]).toEqual([2, expect.stringContaining(code)])
  })

  test('short passphrases and keys of another length are refused before anything is written', async () => {
    const folder = await folderFor()
    const [short, odd, good] = [join(folder, 'short'), join(folder, 'odd'), join(folder, 'good')]
    await writeFile(short, 'short')
    await writeFile(odd, randomBytes(16).toString('base64'))
    await writeFile(good, randomBytes(32).toString('base64'))
    const out = join(folder, 'x.khb')
    for (const options of [
      ['--passphrase-file', short],
      ['--key-file', odd],
    ]) {
      const { exit, err } = await run('backup', '--out', out, ...options)
      expect([exit, err]).toEqual([2, expect.stringContaining('key/malformed')])
    }
    const both = await run('backup', '--out', out, '--key-file', good, '--passphrase-file', good)
    expect([both.exit, both.err]).toEqual([2, expect.stringContaining('usage/missing-option')])
    await expect(stat(out)).rejects.toThrow()
  })
})

describe('verify-archive', () => {
  /** The archive of an office with two units, hence two chains, in a folder of its own. */
  const archive = async (): Promise<string> => (await archiveAndAuthorities()).folder
  const startSqlite = async (): Promise<RunningEngine> => {
    const [sqlite] = engines
    const engine = await sqlite?.start()
    if (engine === undefined) throw new Error('SQLite always runs')
    onTestFinished(() => engine.stop())
    return engine
  }
  const archiveAndAuthorities = async () => {
    const { office, unit } = await filledOffice(await startSqlite(), 3)
    const second = await office.readyUnit()
    for (let count = 0; count < 2; count += 1) await issueAndSend(office, second, { profile: 'simplified' })
    await issueAndSend(office, unit)
    const folder = await folderFor()
    await cp(join(office.folder, 'archive'), folder, { recursive: true })
    return { folder, authorities: await office.authorities() }
  }
  /** As `sha256sum -c` says it. */
  const sha256sum = (folder: string) =>
    spawnSync('sha256sum', ['-c', '--strict', '--quiet', 'SHA256SUMS'], { cwd: folder })

  const filesOf = async (folder: string, form: string): Promise<readonly string[]> =>
    (await readdir(folder, { recursive: true })).filter((file) => file.includes(form) && file.endsWith('.xml'))

  test('proves two chains and what ZATCA stamped, without database and key', async () => {
    const folder = await archive()
    const { exit, out } = await run('verify-archive', folder)
    expect([exit, out]).toEqual([0, expect.stringMatching(/^8 files, 2 stamped by ZATCA\n/)])
    expect(out).toContain('counters 1-4, whole')
    expect(out).toContain('counters 1-2, whole')
  })

  test('loads no server, no database and no key store', async () => {
    const folder = await archive()
    const { status, loaded } = loadedBy('verify-archive', folder)
    expect(status).toBe(0)
    expect(loaded).toContain('core/workflow/proving/verify-archive.ts')
    expect(loaded.filter((path) => ofServerOrDatabase.test(path))).toEqual([])
  })

  test('names a missing document, a changed one, and a file that is none', async () => {
    const folder = await archive()
    const signed = await filesOf(folder, '/signed/')
    const text = await Promise.all(signed.map((file) => readFile(join(folder, file), 'utf8')))
    const second = signed[text.findIndex((xml) => xml.includes('<cbc:UUID>2</cbc:UUID>'))] ?? ''
    await rm(join(folder, second))
    const gap = await run('verify-archive', folder, '--json')
    expect(gap.exit).toBe(1)
    expect(JSON.parse(gap.out).problems).toMatchObject([{ id: 'CHAIN/icv', found: expect.any(String) }])

    const [first = ''] = await filesOf(folder, '/cleared/')
    await writeFile(join(folder, first), (await readFile(join(folder, first), 'utf8')).replace('>300.00<', '>301.00<'))
    await writeFile(join(folder, 'stray.xml'), '<x/>')
    const { out } = await run('verify-archive', folder)
    expect(out).toContain('CLEARED/hash')
    expect(out).toContain('FILE/readable')
  })

  test('a period begins where it begins', async () => {
    const folder = await archive()
    for (const file of await filesOf(folder, '/signed/')) {
      const xml = await readFile(join(folder, file), 'utf8')
      if (xml.includes('<cbc:UUID>1</cbc:UUID>')) await rm(join(folder, file))
    }
    await rm(join(folder, 'PRACTICE', '310175397400003', 'cleared'), { recursive: true })
    expect((await run('verify-archive', folder)).exit).toBe(1)
    expect((await run('verify-archive', folder, '--partial')).exit).toBe(0)
  })

  test('compares with a manifest of sha256sum', async () => {
    const folder = await archive()
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const files = entries.flatMap((entry) =>
      entry.isFile() ? relative(folder, join(entry.parentPath, entry.name)) : [],
    )
    const lines = await Promise.all(
      files.map(async (file) => {
        const digest = createHash('sha256')
          .update(await readFile(join(folder, file)))
          .digest('hex')
        return `${digest}  ./${file}`
      }),
    )
    await writeFile(join(folder, 'SHA256SUMS'), `${lines.join('\n')}\n`)
    const whole = await run('verify-archive', folder)
    expect([whole.exit, whole.out]).toEqual([0, expect.stringContaining('compared with the manifest')])
    await writeFile(join(folder, 'extra.txt'), 'not listed')
    await rm(join(folder, files[0] ?? ''))
    const changed = await run('verify-archive', folder)
    expect(changed.exit).toBe(1)
    expect(changed.out).toContain('MANIFEST/missing')
    expect(changed.out).toContain('not listed')
  })

  test('an export is proved by sha256sum, by its manifest and by its chains', async () => {
    const { address, unit } = await officeAt(await startSqlite())
    const folder = join(await folderFor(), 'export')
    const done = await run('export-archive', folder, '--database', address)
    expect([done.exit, done.out]).toEqual([0, expect.stringContaining('4 documents, 6 files')])
    const { status, stderr } = sha256sum(folder)
    expect([status, stderr.toString()]).toEqual([0, ''])
    const whole = await run('verify-archive', folder)
    expect([whole.exit, whole.out]).toEqual([0, expect.stringMatching(/^6 files, 2 .*compared with the manifest\n/)])
    const [file = ''] = await filesOf(folder, '/signed/')
    await writeFile(join(folder, file), `${await readFile(join(folder, file), 'utf8')} `)
    expect(sha256sum(folder).status).toBe(1)
    expect((await run('verify-archive', folder)).out).toContain('MANIFEST/sha256')
    expect((await run('export-archive', folder, '--database', address)).exit).toBe(2)
    const empty = join(await folderFor(), 'nothing')
    const other = await run(
      'export-archive',
      empty,
      '--database',
      address,
      '--company',
      unit.companyId,
      '--to',
      '2020-01-01',
    )
    expect([other.exit, other.out]).toEqual([0, expect.stringContaining('0 documents, 0 files')])
  })

  test('certificates are checked up to the authorities that are named, and it is said when they were not', async () => {
    const { folder, authorities } = await archiveAndAuthorities()
    const unchecked = await run('verify-archive', folder)
    expect([unchecked.exit, unchecked.err]).toEqual([0, expect.stringContaining('NOT CHECKED')])
    const pem = join(await folderFor(), 'ca.pem')
    await writeFile(pem, `${authorities.production}\n${authorities.compliance}`)
    const checked = await run('verify-archive', folder, '--ca', pem)
    expect([checked.exit, checked.err]).toEqual([0, ''])
    expect(JSON.parse((await run('verify-archive', folder, '--ca', pem, '--json')).out).issuersChecked).toBe(true)
    // A root that has issued nothing here, and a certificate that may issue nothing.
    for (const other of [authorities.compliance, authorities.stamp]) {
      await writeFile(pem, other)
      const foreign = await run('verify-archive', folder, '--ca', pem)
      expect([foreign.exit, foreign.out]).toEqual([1, expect.stringContaining('[CERTIFICATE/issuer]')])
      expect(foreign.out.split('CERTIFICATE/issuer')).toHaveLength(4)
    }
    await writeFile(pem, 'no certificate')
    expect(await run('verify-archive', folder, '--ca', pem)).toMatchObject({
      exit: 2,
      err: expect.stringContaining('certificate/malformed'),
    })
  })

  test('an empty folder proves nothing', async () => {
    expect(await run('verify-archive', await folderFor())).toMatchObject({
      exit: 1,
      err: expect.stringContaining('no signed file'),
    })
  })
})
