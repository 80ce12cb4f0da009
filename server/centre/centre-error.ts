/** The centre's file can't be used; the message is one line: file, line, column, what was expected. */
export class CentreError extends Error {
  override readonly name = 'CentreError';
}
