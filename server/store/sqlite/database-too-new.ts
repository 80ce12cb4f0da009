/** The database was written by a newer program. Opening it would guess at what it holds. */
export class DatabaseTooNew extends Error {
  override readonly name = 'DatabaseTooNew';
}
