/** The member that a record itself holds; names that somebody wrote, as `constructor`, must not find what every object has. */
export function findOwn<T>(record: Readonly<Record<string, T>> | undefined, name: string | undefined): T | undefined {
  return record !== undefined && name !== undefined && Object.hasOwn(record, name) ? record[name] : undefined
}
