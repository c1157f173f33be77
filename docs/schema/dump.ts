/** The schema of a database as the database itself tells it: tables, constraints, indexes, functions and triggers, in an order that runs. */

/** Runs one statement; each row as an array of its columns in order. */
export type Sql = (statement: string) => Promise<unknown[][]>

export type EngineName = 'sqlite' | 'postgres'

/** Of each kind the statements that make it again, sorted by name, so that equal schemas give equal dumps. */
const parts: Readonly<Record<EngineName, readonly string[]>> = {
  sqlite: ['table', 'index', 'trigger', 'view'].map(
    (type) => `SELECT sql FROM sqlite_master WHERE type = '${type}' AND sql IS NOT NULL ORDER BY tbl_name, name`,
  ),
  postgres: [
    `SELECT format(E'CREATE TABLE %I (\\n%s\\n)', relname, string_agg(
      format(E'\\t%I %s', attname, format_type(atttypid, atttypmod))
        || CASE WHEN attcollation <> typcollation THEN format(' COLLATE %I', collname) ELSE '' END
        || coalesce(' DEFAULT ' || pg_get_expr(adbin, adrelid), '')
        || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END, E',\\n' ORDER BY attnum))
      FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
      JOIN pg_type ON pg_type.oid = atttypid LEFT JOIN pg_collation ON pg_collation.oid = attcollation
      LEFT JOIN pg_attrdef ON adrelid = pg_class.oid AND adnum = attnum
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' GROUP BY relname ORDER BY relname`,
    `SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 0 AND contype <> 'n'
      ORDER BY contype = 'f', conrelid::regclass::text, conname`,
    `SELECT pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
      WHERE relnamespace = 'public'::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
      ORDER BY relname`,
    `SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY proname`,
    `SELECT pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
      WHERE relnamespace = 'public'::regnamespace AND NOT tgisinternal ORDER BY relname, tgname`,
    `SELECT format(E'CREATE VIEW %I AS\\n%s', viewname, rtrim(definition, ';')) FROM pg_views WHERE schemaname = 'public' ORDER BY viewname`,
    `SELECT format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', relname) FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relrowsecurity ORDER BY relname`,
    `SELECT format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', relname) FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relforcerowsecurity ORDER BY relname`,
    `SELECT format('CREATE POLICY %I ON %I FOR %s', policyname, tablename, cmd)
        || coalesce(E'\\n\\tUSING (' || qual || ')', '') || coalesce(E'\\n\\tWITH CHECK (' || with_check || ')', '')
      FROM pg_policies WHERE schemaname = 'public' ORDER BY tablename, policyname`,
  ],
}

/** Statements without their semicolons; run in this order on an empty database they make the same schema. */
export const schemaStatements = async (engine: EngineName, sql: Sql): Promise<readonly string[]> => {
  const found: string[] = []
  for (const part of parts[engine]) found.push(...(await sql(part)).map(([statement]) => plain(String(statement))))
  return found
}

/** SQLite puts columns that were added later on the line of the last one: each gets its own. */
const plain = (statement: string): string =>
  statement
    .replaceAll(/\s*, (?=`\w+` \w)/g, ',\n\t')
    .replace(/^(CREATE TABLE.*[^\n])\)$/s, '$1\n)')
    .replaceAll(/[ \t]+$/gm, '')
    .trim()

/** The committed file, `docs/schema/<engine>.sql`. */
export const schemaText = async (engine: EngineName, sql: Sql): Promise<string> => {
  const head = `-- The ${engine === 'sqlite' ? 'SQLite' : 'Postgres'} schema that the migrations lead to. Written by npm run docs:schema, not by hand.`
  return `${[head, ...(await schemaStatements(engine, sql)).map((statement) => `${statement};`)].join('\n\n')}\n`
}
