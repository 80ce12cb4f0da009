/** Says whether a value that came over the wire has this shape. Fields that it doesn't name may be there. */
export type Shape<T> = (value: unknown) => value is T;
export type Of<S> = S extends Shape<infer T> ? T : never;

export const string = ((value) => typeof value === 'string') as Shape<string>;
export const number = ((value) => typeof value === 'number') as Shape<number>;
export const boolean = ((value) => typeof value === 'boolean') as Shape<boolean>;

/** Ids and names that are only compared, sent back or shown: any text will do. */
export const branded = <T extends string>() => string as Shape<string> as unknown as Shape<T>;

export const oneOf = <const T>(...values: readonly T[]) =>
  ((value) => values.includes(value as T)) as Shape<T>;

export const nullable = <T>(shape: Shape<T>) =>
  ((value) => value === null || shape(value)) as Shape<T | null>;

export const optional = <T>(shape: Shape<T>) =>
  ((value) => value === undefined || shape(value)) as Shape<T | undefined>;

export const array = <T>(shape: Shape<T>) =>
  ((value) => Array.isArray(value) && value.every(shape)) as Shape<readonly T[]>;

export const record = <T>(shape: Shape<T>) =>
  ((value) => isObject(value) && Object.values(value).every(shape)) as Shape<
    Readonly<Record<string, T>>
  >;

export const object = <F extends Fields>(fields: F) =>
  ((value) =>
    isObject(value) &&
    Object.entries(fields).every(([name, shape]) => shape(value[name]))) as Shape<ObjectOf<F>>;

/** One of several objects, told apart by their `type`. */
export const variant = <C extends Readonly<Record<string, Fields>>>(cases: C) =>
  ((value) => {
    const type = typeOf(value);
    return Object.hasOwn(cases, type) && object(cases[type] ?? {})(value);
  }) as Shape<VariantOf<C>>;

export const typeOf = (value: unknown): string =>
  isObject(value) && string(value.type) ? value.type : '';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

type Fields = Readonly<Record<string, Shape<unknown>>>;
type ObjectOf<F extends Fields> = {
  readonly [N in keyof F as undefined extends Of<F[N]> ? never : N]: Of<F[N]>;
} & { readonly [N in keyof F as undefined extends Of<F[N]> ? N : never]?: Of<F[N]> };
type VariantOf<C extends Readonly<Record<string, Fields>>> = {
  [T in keyof C]: { readonly type: T } & ObjectOf<C[T]>;
}[keyof C];
