/** Companies of the office. */
import { asc, eq, getTableColumns } from 'drizzle-orm'
import type { Reader, Writer } from '#core/ports.ts'
import type { Db } from './db.ts'
import { selected } from './prepared.ts'
import { company } from './schema.postgres.ts'

const companyById = selected(getTableColumns(company), (rows, { id }: { id: string }) =>
  rows.from(company).where(eq(company.id, id)),
)

export const companyReader = (db: Db): Pick<Reader, 'companies' | 'company'> => ({
  companies: () => db.select().from(company).orderBy(asc(company.name), asc(company.id)),
  company: async (id) => (await companyById(db, { id }))[0],
})

export const companyWriter = (db: Db): Pick<Writer, 'addCompany' | 'updateCompany'> => ({
  addCompany: async (added) => {
    await db.insert(company).values(added)
  },
  updateCompany: async ({ id, name, vatNumber, party, industry }) => {
    await db.update(company).set({ name, vatNumber, party, industry }).where(eq(company.id, id))
  },
})
