export type Path = readonly (string | number)[];

/** Something in the centre's file that can't be: where, and how the sentence ends. */
export type Complaint = {
  readonly path: Path;
  readonly says: string;
  /** The key itself is wrong, not what it holds. */
  readonly atKey?: boolean;
};
